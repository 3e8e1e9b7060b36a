import Audit
package import EventLoop
import MCPProtocol
package import Operations
package import Settings

/// The desk of the real program: configuration files, and connections of one station.
@LoopActor
package final class StationDesk: Desk {
  private let places: ConfigPlaces
  private let station: Station
  private var isJournalOpen = false

  package init(places: ConfigPlaces, station: Station) {
    self.places = places
    self.station = station
  }

  /// A definition that was named on the command line, as the window lists it.
  package func row(of definition: ServerDefinition) -> ServerRow {
    ServerFinder(places: places).row(of: definition)
  }

  package func servers() async -> ServerReport { ServerFinder(places: places).report() }

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
    options.features = ClientFeatures(sampling: true, elicitationForm: true, elicitationURL: true)
    options.onTraffic = onTraffic
    return try await station.connect(to: try expanded(definition), options, onEvent: onEvent)
  }

  private static let mostHistory = 500

  package func history(before: Int64) async throws(OperationFailure) -> [PastCall] {
    var query = HistoryQuery()
    query.limit = Self.mostHistory
    return try await station.calls(query).filter { $0.call.startedAt < before }.map(PastCall.init)
  }

  package func edit(
    _ text: String, suffix: String
  ) async throws(OperationFailure) -> String? {
    try await station.edit(text, suffix: suffix)
  }

  package func close() async { await station.close() }

  private func expanded(
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

extension PastCall {
  fileprivate init(_ recorded: RecordedCall) {
    let call = recorded.call
    self.init(
      number: recorded.number, target: recorded.target, method: call.method, name: call.name,
      params: call.params, outcome: call.outcome.rawValue, isFine: call.outcome == .ok,
      answer: call.answer, at: call.startedAt, milliseconds: call.milliseconds, bytes: call.bytes)
  }
}
