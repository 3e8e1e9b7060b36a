import EventLoop

/// The limits that libcurl does not keep: silence, and the whole time.
@LoopActor
final class TransferTimers {
  /// Silence counts only once the connection stands.
  var isConnected = false
  /// The reader is the one who is slow.
  var isHeld = false

  private let clock: any LoopClock
  private let expire: @LoopActor (HTTPFailure) -> Void
  private var lastActivity: LoopInstant
  private var idle: LoopTimer?
  private var total: LoopTimer?

  init(
    _ limits: HTTPLimits, clock: any LoopClock, expire: @escaping @LoopActor (HTTPFailure) -> Void
  ) {
    self.clock = clock
    self.expire = expire
    lastActivity = clock.now
    if let limit = limits.total {
      total = clock.timer(after: limit) { expire(.totalTimeout(limit)) }
    }
    if let limit = limits.idle { watchSilence(limit) }
  }

  func noteActivity() {
    lastActivity = clock.now
    isHeld = false
  }

  /// The timer is set once per period and looks back, so that a busy stream costs no timers.
  private func watchSilence(_ limit: Duration) {
    idle = clock.timer(at: lastActivity.advanced(by: limit)) { [weak self] in self?.look(limit) }
  }

  private func look(_ limit: Duration) {
    if isHeld || !isConnected { lastActivity = clock.now }
    guard lastActivity.duration(to: clock.now) < limit else {
      expire(.idleTimeout(limit))
      return
    }
    watchSilence(limit)
  }
}
