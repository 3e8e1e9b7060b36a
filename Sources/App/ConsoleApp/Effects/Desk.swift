package import EventLoop
package import JSON
package import MCPProtocol
package import Operations
package import Settings

/// What the window asks of the world about servers; tests pass a scripted one.
@LoopActor
package protocol Desk: AnyObject, Sendable {
  /// All servers that configurations know; it bounds its own time.
  func servers() async -> ServerReport
  /// The server that words of a person mean.
  func server(named words: String) throws(TargetRefusal) -> ServerRow
  func connect(
    to definition: ServerDefinition,
    onEvent: @escaping @LoopActor @Sendable (ConnectionEvent) -> Void,
    onTraffic: @escaping @LoopActor @Sendable (WireNews) -> Void
  ) async throws(OperationFailure) -> any OpenServer
  /// Has a text changed in the person's editor; the terminal is theirs meanwhile. Nil where the editor ended in failure.
  func edit(_ text: EditorText) async throws(OperationFailure) -> String?
  /// Shows a text outside of the window until the person has read it.
  func show(_ text: String, _ way: ShowWay) async throws(OperationFailure)
  /// Writes a new file and answers with its whole path; an existing one is left alone.
  func write(_ bytes: [UInt8], to path: String) throws(OperationFailure) -> String
  /// Gives something to the program that the system has for it, and says what was done.
  func open(_ thing: Outside) throws(OperationFailure) -> String
  /// What the window kept when it was open last; null where there is nothing.
  func kept() -> JSON
  func keep(_ json: JSON)
  /// Adds a server to the catalog, `NAME TARGET` as a person writes it.
  func addServer(_ words: String) throws(TargetRefusal)
  /// Takes a server that another program knows over into the catalog.
  func importServer(_ definition: ServerDefinition) throws(TargetRefusal)
  /// The value of a variable of our environment, or of `token:SERVER`, the token that is kept for a server.
  func variable(_ name: String) async -> String?
  /// The calls of earlier runs, the newest first.
  func history(before: Int64) async throws(OperationFailure) -> [PastCall]
  /// Lets go of everything, in order.
  func close() async
}

/// Why words name no server, in a sentence.
package struct TargetRefusal: Error, Sendable, Hashable {
  package let sentence: String

  package init(_ sentence: String) { self.sentence = sentence }
}

/// An open connection, as far as the window uses it.
@LoopActor
package protocol OpenServer: AnyObject, Sendable {
  var facts: ConnectionFacts { get }
  func list(_ list: CatalogList) async throws(OperationFailure) -> ListReport
  func callTool(
    _ name: String, _ arguments: JSON?, schema: JSON?, _ wish: CallWish
  ) async throws(OperationFailure) -> CallReport
  func readResource(_ uri: String, _ wish: CallWish) async throws(OperationFailure) -> CallReport
  func getPrompt(
    _ name: String, _ arguments: JSONObject?, _ wish: CallWish
  ) async throws(OperationFailure) -> CallReport
  func raw(
    _ method: String, _ params: JSON?, _ wish: CallWish
  ) async throws(OperationFailure) -> CallReport
  func complete(_ question: CompletionQuestion) async throws(OperationFailure) -> CallReport
  func subscribe(to uri: String) async throws(OperationFailure)
  func unsubscribe(from uri: String) async throws(OperationFailure)
  /// Bytes of memory that the server's process and its children hold; nil where it is none of ours.
  var residentBytes: Int? { get }
  @discardableResult
  func answer(_ question: Int, _ answer: InputAnswer) -> Bool
  func close() async
}

extension OpenServer {
  /// What was ordered, whatever it is.
  func carryOut(
    _ order: CallRecord.Order, _ wish: CallWish
  ) async throws(OperationFailure) -> CallReport {
    switch order {
    case .tool(let name, let arguments, let schema):
      try await callTool(name, arguments, schema: schema, wish)
    case .resource(let uri): try await readResource(uri, wish)
    case .prompt(let name, let arguments): try await getPrompt(name, arguments, wish)
    case .raw(let method, let params): try await raw(method, params, wish)
    }
  }
}

extension Connection: OpenServer {}
