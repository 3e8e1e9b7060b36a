import EventLoop

/// How long a task that is followed may say nothing new; its own progress counts as something new.
@LoopActor
final class TaskPatience {
  private let limit: Duration?
  private let clock: any LoopClock
  private var lastWord: LoopInstant

  init(_ limit: Duration?, clock: any LoopClock) {
    self.limit = limit
    self.clock = clock
    lastWord = clock.now
  }

  func renew() { lastWord = clock.now }

  /// What ran out, if it did; nobody waits longer for the next question than is left.
  var spent: TimeLimit? {
    guard let limit, lastWord.duration(to: clock.now) >= limit else { return nil }
    return .task(limit)
  }

  func shortened(_ pause: Duration) -> Duration {
    guard let limit else { return pause }
    return max(.zero, min(pause, limit - lastWord.duration(to: clock.now)))
  }
}
