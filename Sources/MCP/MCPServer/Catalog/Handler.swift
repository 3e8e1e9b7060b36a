import EventLoop

/// What an item of a catalog does when it is asked. An immediate one costs no task and holds the loop while it runs.
package enum Handler<Output: Sendable>: Sendable {
  case immediate(@LoopActor (Invocation) throws -> Output)
  case suspending(@LoopActor (Invocation) async throws -> Output)
  /// At once where the first one gives something, else as the second one says.
  case either(
    @LoopActor (Invocation) throws -> Output?,
    otherwise: @LoopActor (Invocation) async throws -> Output)
}
