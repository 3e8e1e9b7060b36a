import EventLoop
import JSON
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
    onEvent: @escaping @LoopActor @Sendable (ConnectionEvent) -> Void
  ) async throws(OperationFailure) -> any OpenServer {
    log.append("connect \(definition.name)")
    guard let outcome = outcomes[definition.name] else {
      throw OperationFailure(.unreachable, layer: "spawn", "nobody is there")
    }
    let server = try outcome.get()
    server.tell = onEvent
    return server
  }

  func close() async { log.append("close") }
}

/// A connection that answers what a test has prepared.
@LoopActor
final class ScriptedServer: OpenServer {
  var lists: [CatalogList: [JSON]]
  var tell: (@LoopActor @Sendable (ConnectionEvent) -> Void)?
  private(set) var log: [String] = []

  init(tools: [JSON] = Sample.tools) { lists = [.tools: tools] }

  var facts: ConnectionFacts { Sample.facts }

  func list(_ list: CatalogList) async throws(OperationFailure) -> ListReport {
    log.append("list \(list.rawValue)")
    guard let items = lists[list] else {
      throw OperationFailure(.protocolError, layer: "jsonrpc", "method not found")
    }
    return Sample.report(items, list)
  }

  func close() async { log.append("close") }
}
