package import EventLoop
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
    onEvent: @escaping @LoopActor @Sendable (ConnectionEvent) -> Void
  ) async throws(OperationFailure) -> any OpenServer
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
  func close() async
}

extension Connection: OpenServer {}
