import EventLoop
import Operations

/// What a connection tells, in line for whoever shows it.
@LoopActor
final class EventFeed {
  enum Next {
    case event(ConnectionEvent, at: WallTime)
    case timedOut
    case cancelled
  }

  private let clock: any LoopClock
  private var waiting: [(event: ConnectionEvent, time: WallTime)] = []
  private var taker: CheckedContinuation<Next?, Never>?

  init(clock: any LoopClock) { self.clock = clock }

  func put(_ event: ConnectionEvent) {
    waiting.append((event, clock.wallTime))
    wake(nil)
  }

  /// The next event, or why none came.
  func next(within limit: Duration?) async -> Next {
    if let first = takeFirst() { return first }
    if Task.isCancelled { return .cancelled }
    let timer = limit.map { clock.timer(after: $0) { [self] in wake(.timedOut) } }
    defer { timer?.cancel() }
    let woken = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if waiting.isEmpty { taker = continuation } else { continuation.resume(returning: nil) }
      }
    } onCancel: {
      Task { @LoopActor in self.wake(.cancelled) }
    }
    return woken ?? takeFirst() ?? .cancelled
  }

  private func takeFirst() -> Next? {
    guard !waiting.isEmpty else { return nil }
    let first = waiting.removeFirst()
    return .event(first.event, at: first.time)
  }

  private func wake(_ reason: Next?) {
    taker?.resume(returning: reason)
    taker = nil
  }
}
