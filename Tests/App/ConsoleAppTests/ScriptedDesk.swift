import EventLoop
import JSON
import MCPProtocol
import Settings

@testable import ConsoleApp
@testable import Operations

/// A world of servers that a test sets up and looks at.
@LoopActor
final class ScriptedDesk: Desk {
  let rows: [ServerRow]
  /// What a connection attempt gives, by the name of the server.
  var outcomes: [String: Result<ScriptedServer, OperationFailure>] = [:]
  private(set) var log: [String] = []

  init(rows: [ServerRow]) { self.rows = rows }

  func servers() async -> ServerReport { ServerReport(rows: rows) }

  func server(named words: String) throws(TargetRefusal) -> ServerRow {
    guard let row = rows.first(where: { $0.target == words }) else {
      throw TargetRefusal("nothing is at \(words)")
    }
    return row
  }

  func connect(
    to definition: ServerDefinition,
    onEvent: @escaping @LoopActor @Sendable (ConnectionEvent) -> Void,
    onTraffic: @escaping @LoopActor @Sendable (WireNews) -> Void
  ) async throws(OperationFailure) -> any OpenServer {
    log.append("connect \(definition.name)")
    guard let outcome = outcomes[definition.name] else {
      throw OperationFailure(.unreachable, layer: "spawn", "nobody is there")
    }
    let server = try outcome.get()
    server.tell = onEvent
    return server
  }

  /// What the editor makes of a text; nil is an editor that ends in failure.
  var editor: (String) -> String? = { $0 }

  func edit(_ text: EditorText) async throws(OperationFailure) -> String? {
    log.append("edit \(text.suffix)")
    return editor(text.text)
  }

  func show(_ text: String, _ way: ShowWay) async throws(OperationFailure) {
    log.append("show \(way) \(text.prefix(40))")
  }

  private(set) var files: [String: [UInt8]] = [:]

  func write(_ bytes: [UInt8], to path: String) throws(OperationFailure) -> String {
    guard files[path] == nil else {
      throw OperationFailure(.usage, layer: "config", "\(path) cannot be written: File exists")
    }
    files[path] = bytes
    return path
  }

  func open(_ thing: Outside) throws(OperationFailure) -> String {
    log.append("open \(thing.title)")
    return "opened"
  }

  var memory = JSON.null

  func kept() -> JSON { memory }
  func keep(_ json: JSON) { memory = json }
  func addServer(_ words: String) throws(TargetRefusal) { log.append("add \(words)") }

  func importServer(_ definition: ServerDefinition) throws(TargetRefusal) {
    log.append("import \(definition.name)")
  }

  var variables: [String: String] = [:]

  func variable(_ name: String) -> String? { variables[name] }

  var past: [PastCall] = []

  func history(before: Int64) async throws(OperationFailure) -> [PastCall] { past }

  func close() async { log.append("close") }
}

/// A connection that answers what a test has prepared.
@LoopActor
final class ScriptedServer: OpenServer {
  var lists: [CatalogList: [JSON]]
  var tell: (@LoopActor @Sendable (ConnectionEvent) -> Void)?
  private(set) var log: [String] = []

  init(tools: [JSON] = Sample.tools) { lists = [.tools: tools] }

  /// What calls are answered with; a name without one never ends by itself.
  var answers: [String: JSON] = [:]
  private(set) var answered: [(question: Int, answer: InputAnswer)] = []
  private(set) var asked: [(name: String, arguments: JSON?)] = []

  var facts: ConnectionFacts { Sample.facts }

  func callTool(
    _ name: String, _ arguments: JSON?, schema: JSON?, _ wish: CallWish
  ) async throws(OperationFailure) -> CallReport {
    try await answer(name, arguments, wish)
  }

  func readResource(_ uri: String, _ wish: CallWish) async throws(OperationFailure) -> CallReport {
    try await answer(uri, nil, wish)
  }

  func getPrompt(
    _ name: String, _ arguments: JSONObject?, _ wish: CallWish
  ) async throws(OperationFailure) -> CallReport {
    try await answer(name, arguments.map { .object($0) }, wish)
  }

  func raw(
    _ method: String, _ params: JSON?, _ wish: CallWish
  ) async throws(OperationFailure) -> CallReport {
    try await answer(method, params, wish)
  }

  var completions: [String] = []

  func complete(_ question: CompletionQuestion) async throws(OperationFailure) -> CallReport {
    log.append("complete \(question.reference) \(question.argument)=\(question.prefix)")
    let values = completions.filter { $0.hasPrefix(question.prefix) }
    return Sample.answer(["completion": ["values": .array(values.map(JSON.string))]])
  }

  func subscribe(to uri: String) async throws(OperationFailure) { log.append("subscribe \(uri)") }

  func unsubscribe(from uri: String) async throws(OperationFailure) {
    log.append("unsubscribe \(uri)")
  }

  var residentBytes: Int? { 42 << 20 }

  func answer(_ question: Int, _ answer: InputAnswer) -> Bool {
    answered.append((question, answer))
    return true
  }

  private func answer(
    _ name: String, _ arguments: JSON?, _ wish: CallWish
  ) async throws(OperationFailure) -> CallReport {
    asked.append((name, arguments))
    var update = ProgressUpdate()
    (update.progress, update.total, update.message) = (4, 10, "working")
    wish.onProgress?(update)
    guard let result = answers[name] else {
      do { try await LoopActor.loop.clock.sleep(for: .seconds(3600)) } catch {
        log.append("cancelled \(name)")
      }
      throw OperationFailure(.interrupted, layer: "cancelled", "it was cancelled")
    }
    return Sample.answer(result)
  }

  func list(_ list: CatalogList) async throws(OperationFailure) -> ListReport {
    log.append("list \(list.rawValue)")
    guard let items = lists[list] else {
      throw OperationFailure(.protocolError, layer: "jsonrpc", "method not found")
    }
    return Sample.report(items, list)
  }

  func close() async { log.append("close") }
}
