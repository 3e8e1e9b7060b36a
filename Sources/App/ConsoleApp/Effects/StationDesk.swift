import Audit
package import EventLoop
package import JSON
import MCPProtocol
package import Operations
import SafeText
package import Settings

/// The desk of the real program: configuration files, and connections of one station.
@LoopActor
package final class StationDesk: Desk {
  private let places: ConfigPlaces
  private let station: Station
  private var isJournalOpen = false

  private let isDemo: Bool

  /// `isDemo` offers the systems of this program in the place of what files name.
  package init(places: ConfigPlaces, station: Station, isDemo: Bool = false) {
    self.isDemo = isDemo
    self.places = places
    self.station = station
  }

  /// A definition that was named on the command line, as the window lists it.
  package func row(of definition: ServerDefinition) -> ServerRow {
    var row = ServerFinder(places: places).row(of: definition)
    if row.source == ServerRow.commandLine { row.name = TargetName.of(definition) ?? row.name }
    return row
  }

  package func servers() async -> ServerReport {
    guard isDemo else { return ServerFinder(places: places).report() }
    let finder = ServerFinder(places: places)
    let (servers, problems) = await station.demoServers()
    return ServerReport(rows: servers.map { finder.row(of: $0) }, problems: problems)
  }

  /// Every server that files of this machine describe.
  var knownServers: [ServerDefinition] {
    isDemo ? [] : ServerFinder(places: places).report().rows.compactMap(\.definition)
  }

  package func server(named words: String) throws(TargetRefusal) -> ServerRow {
    do throws(TargetError) {
      let target =
        words.hasPrefix("-- ")
        ? try Target.parse(String(words.dropFirst(3))) : try Target.parse(words)
      let catalog = ServerCatalog(places: places).load().servers
      guard let definition = try target.definition(with: TargetOptions(), in: catalog) else {
        throw TargetError.unknownServer(words, known: catalog.map(\.name))
      }
      return row(of: definition)
    } catch {
      throw TargetRefusal([error.sentence, error.hint].compactMap(\.self).joined(separator: "; "))
    }
  }

  package func connect(
    to definition: ServerDefinition,
    onEvent: @escaping @LoopActor @Sendable (ConnectionEvent) -> Void,
    onTraffic: @escaping @LoopActor @Sendable (WireNews) -> Void
  ) async throws(OperationFailure) -> any OpenServer {
    if !isJournalOpen {
      isJournalOpen = true
      station.openJournal()
    }
    var options = ConnectionOptions()
    options.features = ClientFeatures(
      roots: true, sampling: true, elicitationForm: true, elicitationURL: true)
    options.onTraffic = onTraffic
    return try await station.connect(to: try expanded(definition), options, onEvent: onEvent)
  }

  private static let mostHistory = 500

  package func history(before: Int64) async throws(OperationFailure) -> [PastCall] {
    var query = HistoryQuery()
    query.limit = Self.mostHistory
    return try await station.calls(query).filter { $0.call.startedAt < before }.map(PastCall.init)
  }

  package func edit(_ text: EditorText) async throws(OperationFailure) -> String? {
    try await station.edit(text)
  }

  package func show(_ text: String, _ way: ShowWay) async throws(OperationFailure) {
    switch way {
    case .plainly: try await station.printPlainly(text)
    case .pager: try await station.page(text)
    }
  }

  package func write(_ bytes: [UInt8], to path: String) throws(OperationFailure) -> String {
    try station.write(bytes, to: path)
  }

  package func open(_ thing: Outside) throws(OperationFailure) -> String {
    guard station.hasBrowser else {
      throw OperationFailure(
        .usage, layer: "config", "there is no display to open anything on",
        hint: "write it to a file, or copy its address")
    }
    switch thing {
    case .page(let address):
      try station.open(WebPage(address))
      return "the browser has \(address)"
    case .file(let blob):
      let path = try station.open(blob.bytes, named: blob.outsideName)
      return "opened \(path), which goes when this window ends"
    }
  }

  package func kept() -> JSON {
    guard let bytes = station.kept() else { return .null }
    do throws(JSONError) { return try JSON.parse(bytes) } catch { return .null }
  }

  package func keep(_ json: JSON) { station.keep(Array(json.pretty.utf8) + [10]) }

  package func variable(_ name: String) async -> String? {
    guard name.hasPrefix(SecretReferences.tokenPrefix) else { return places.environment[name] }
    return await token(of: String(name.dropFirst(SecretReferences.tokenPrefix.count)))
  }

  /// The access token of the sign-in that is kept for a server; nil where there is none.
  private func token(of server: String) async -> String? {
    let known = ServerCatalog(places: places).load().servers
    do {
      let named =
        try known.first { $0.name == server }.map { $0 } ?? self.server(named: server).definition
      guard let named else { return nil }
      return try await station.signIn(for: named).token.reveal()
    } catch {
      return nil
    }
  }

  package func close() async { await station.close() }

  func expanded(
    _ definition: ServerDefinition
  ) throws(OperationFailure) -> ServerDefinition {
    let scope = VariableScope(
      environment: places.environment, home: places.home,
      workspace: definition.origin.project ?? places.directory)
    let expanded = definition.expanded(in: scope)
    guard let missing = expanded.unresolved.first else { return expanded.definition }
    throw OperationFailure(
      .usage, layer: "config", missing.sentence,
      hint: "set it in the environment that alidade is started from")
  }
}

/// Changing the catalog.
extension StationDesk {
  package func addServer(_ words: String) throws(TargetRefusal) {
    let parts = words.split(separator: " ", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
      throw TargetRefusal("write a name and how to reach it: demo https://host/mcp")
    }
    let row = try server(named: parts[1])
    guard var definition = row.definition else { throw TargetRefusal("that reaches nothing") }
    definition.name = parts[0]
    try put(definition)
  }

  package func importServer(_ definition: ServerDefinition) throws(TargetRefusal) {
    try put(definition)
  }

  private func put(_ definition: ServerDefinition) throws(TargetRefusal) {
    do throws(CatalogError) {
      _ = try ServerCatalog(places: places).set(definition)
    } catch {
      throw TargetRefusal("\(error)")
    }
  }
}

extension PastCall {
  fileprivate init(_ recorded: RecordedCall) {
    let call = recorded.call
    self.init(
      number: recorded.number, target: recorded.target, method: call.method, name: call.name,
      params: call.params, outcome: call.outcome.rawValue, isFine: call.outcome == .ok,
      answer: call.answer, at: call.startedAt, milliseconds: call.milliseconds, bytes: call.bytes)
  }
}
