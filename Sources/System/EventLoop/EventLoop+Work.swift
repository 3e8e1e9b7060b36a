import Synchronization

extension EventLoop {
  private static let settlingTurns = 4

  /// Returns when everything that was set going on the loop so far has run until it waits for something else.
  /// For tests with a virtual clock: it waits for no descriptor, timer or other thread.
  package func settle() async {
    for _ in 0..<Self.settlingTurns { await nextTurn() }
  }

  /// Lets the jobs at hand and then the ready descriptors have their turn.
  package func nextTurn() async {
    var timer: LoopTimer?
    await withCheckedContinuation { continuation in
      timer = clock.timer(at: LoopInstant(nanoseconds: .min)) { continuation.resume() }
    }
    timer?.cancel()
  }

  /// Runs blocking work (a name look-up, a file read) on a thread of its own and comes back with its result.
  ///
  /// The work cannot be interrupted: a caller that gives up, by `within`, leaves it to end unheard.
  package nonisolated func blocking<Value: Sendable>(
    _ name: String = "work", _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      DetachedThread.start(named: name) { continuation.resume(with: Result(catching: work)) }
    }
  }
}

/// A limit that was reached before the work was done.
package struct TimeLimitReached: Error, Hashable, Sendable {
  package let limit: Duration

  package init(limit: Duration) { self.limit = limit }
}

extension LoopClock {
  /// Runs the work for that long at most. At the limit its task is cancelled and no longer waited for.
  package func within<Value: Sendable>(
    _ limit: Duration, _ work: @escaping @LoopActor () async throws -> Value
  ) async throws -> Value {
    let race = Race<Value>()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        race.start(continuation, work)
        race.timer = timer(after: limit) {
          race.end(.failure(TimeLimitReached(limit: limit)))
        }
      }
    } onCancel: {
      Task { @LoopActor in race.cancel() }
    }
  }
}

/// Work and its time limit: the first to end decides.
@LoopActor
private final class Race<Value: Sendable> {
  var timer: LoopTimer?
  private var continuation: CheckedContinuation<Value, any Error>?
  private var task: Task<Void, Never>?
  private var isCancelled = false

  func start(
    _ continuation: CheckedContinuation<Value, any Error>,
    _ work: @escaping @LoopActor () async throws -> Value
  ) {
    self.continuation = continuation
    task = Task {
      do { end(.success(try await work())) } catch { end(.failure(error)) }
    }
    if isCancelled { cancel() }
  }

  func cancel() {
    isCancelled = true
    if task != nil { end(.failure(CancellationError())) }
  }

  func end(_ result: Result<Value, any Error>) {
    timer?.cancel()
    timer = nil
    task?.cancel()
    continuation?.resume(with: result)
    continuation = nil
  }
}
