/// Time as the loop's code sees it, passed in so that a test can hold it still.
@LoopActor
package protocol LoopClock: AnyObject, Sendable {
  nonisolated var now: LoopInstant { get }
  nonisolated var wallTime: WallTime { get }
  /// Calls `action` once at the deadline, unless the timer is cancelled or dropped before.
  func timer(at deadline: LoopInstant, _ action: @escaping @LoopActor () -> Void) -> LoopTimer
}

extension LoopClock {
  package func timer(
    after delay: Duration, _ action: @escaping @LoopActor () -> Void
  ) -> LoopTimer {
    timer(at: now.advanced(by: delay), action)
  }

  /// Suspends until then; throws `CancellationError` as soon as the task is cancelled.
  package func sleep(until deadline: LoopInstant) async throws {
    let sleeper = Sleeper()
    try await withTaskCancellationHandler {
      try await sleeper.sleep(until: deadline, on: self)
    } onCancel: {
      Task { @LoopActor in sleeper.wake(throwing: CancellationError()) }
    }
  }

  package func sleep(for duration: Duration) async throws {
    try await sleep(until: now.advanced(by: duration))
  }
}

/// A timer that has been set; dropping it cancels it.
@LoopActor
package final class LoopTimer {
  private var cancelAction: (@LoopActor () -> Void)?

  package init(cancel: @escaping @LoopActor () -> Void) { cancelAction = cancel }

  isolated deinit { cancelAction?() }

  package func cancel() {
    cancelAction?()
    cancelAction = nil
  }
}

/// One suspended sleep: woken once, by its timer or by cancellation, whichever comes first.
@LoopActor
private final class Sleeper {
  private var continuation: CheckedContinuation<Void, any Error>?
  private var timer: LoopTimer?
  private var isOver = false

  func sleep(until deadline: LoopInstant, on clock: any LoopClock) async throws {
    try Task.checkCancellation()
    try await withCheckedThrowingContinuation { continuation in
      self.continuation = continuation
      if isOver {
        wake(throwing: CancellationError())
      } else {
        timer = clock.timer(at: deadline) { [self] in wake(throwing: nil) }
      }
    }
  }

  func wake(throwing error: (any Error)?) {
    isOver = true
    timer?.cancel()
    timer = nil
    guard let continuation else { return }
    self.continuation = nil
    if let error { continuation.resume(throwing: error) } else { continuation.resume() }
  }
}
