import EventLoop
import Transports

/// Looks on while a process is asked something it may not know: once it has read the question and nothing of it has
/// moved for a while, no answer is to be expected. A process that is still starting has all the time there is.
@LoopActor
final class SilenceWatch {
  private(set) var hasFallen = false
  /// What was sent lay unread when it was last looked at.
  private(set) var isUnheard = false
  private let limit: Duration
  private let clock: any LoopClock
  private let attention: @LoopActor () -> PeerAttention?
  private let fallen: @LoopActor () -> Void
  private var restingSince: LoopInstant?
  private var timer: LoopTimer?

  private static let interval = Duration.milliseconds(50)

  init(
    _ limit: Duration, clock: any LoopClock, attention: @escaping @LoopActor () -> PeerAttention?,
    fallen: @escaping @LoopActor () -> Void
  ) {
    self.limit = limit
    self.clock = clock
    self.attention = attention
    self.fallen = fallen
    schedule()
  }

  func stop() { timer?.cancel() }

  private func schedule() {
    timer = clock.timer(after: Self.interval) { [weak self] in self?.look() }
  }

  private func look() {
    let attention = attention()
    isUnheard = attention == .unread
    guard attention == .atRest else {
      restingSince = nil
      return schedule()
    }
    let since = restingSince ?? clock.now
    restingSince = since
    guard since.duration(to: clock.now) >= limit else { return schedule() }
    hasFallen = true
    fallen()
  }
}
