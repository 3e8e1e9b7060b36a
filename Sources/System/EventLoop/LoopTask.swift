extension EventLoop {
  /// A task that stays on the loop's thread, its nonisolated parts and its structured children included.
  ///
  /// Prefer it to a plain `Task`: that one costs two thread switches each time it waits for something.
  @discardableResult
  package nonisolated static func task<Success: Sendable>(
    _ body: @escaping @LoopActor () async -> Success
  ) -> Task<Success, Never> {
    Task(executorPreference: LoopActor.executor, operation: body)
  }
}
