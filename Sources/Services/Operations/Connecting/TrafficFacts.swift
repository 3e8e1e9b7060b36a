import EventLoop
import JSON
import Transports

/// HTTP facts of the latest exchange, for the line that goes with an answer.
@LoopActor
final class TrafficFacts {
  private(set) var exchanges = 0
  private(set) var latest: HTTPExchangeFacts?
  private var subscription: TrafficSubscription?

  init(_ tap: TrafficTap) {
    subscription = tap.listen { [weak self] in self?.take($0) }
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
