import EventLoop
import JSON
import Transports

/// HTTP facts of the latest exchange, for the line that goes with an answer.
@LoopActor
final class TrafficFacts {
  private(set) var exchanges = 0
  private(set) var latest: HTTPExchangeFacts?
  private var subscription: TrafficSubscription?

  /// `forward` is told everything that passes, where somebody watches.
  init(_ tap: TrafficTap, forward: (@LoopActor @Sendable (WireNews) -> Void)? = nil) {
    subscription = tap.listen { [weak self] entry in
      self?.take(entry)
      if let forward, let news = WireNews(entry) { forward(news) }
    }
  }

  private func take(_ entry: TrafficEntry) {
    switch entry.content {
    case .http(let facts):
      exchanges += 1
      latest = facts
    default: break
    }
  }
}
