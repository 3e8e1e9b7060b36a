import EventLoop

/// When the next frame may come: at once after a key, and never so often that painting keeps keys waiting.
struct PaintSchedule {
  enum Urgency: Sendable, Hashable {
    /// Somebody is waiting for what they typed.
    case input
    /// Something changed by itself.
    case news

    var interval: Duration {
      switch self {
      case .input: .milliseconds(8)
      case .news: .milliseconds(33)
      }
    }
  }

  private var last: LoopInstant?

  /// How long to wait before painting; nil is at once.
  func delay(_ urgency: Urgency, now: LoopInstant) -> Duration? {
    guard let last else { return nil }
    let rest = now.duration(to: last.advanced(by: urgency.interval))
    return rest > .zero ? rest : nil
  }

  mutating func painted(at now: LoopInstant) { last = now }
}
