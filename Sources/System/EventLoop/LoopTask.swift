extension EventLoop {
  /// A task on the loop, for callers anywhere.
  @discardableResult
  package nonisolated static func task<Success: Sendable>(
    _ body: @escaping @LoopActor () async -> Success
  ) -> Task<Success, Never> {
    Task { @LoopActor in await body() }
  }
}
