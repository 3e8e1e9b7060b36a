import EventLoop
import JSON
import Transports

/// Sizes and HTTP facts of the latest exchange, for the line that goes with an answer.
@LoopActor
final class TrafficFacts {
  private(set) var exchanges = 0
  private(set) var latest: HTTPExchangeFacts?
  private(set) var sent = 0
  private(set) var received = 0
  private var subscription: TrafficSubscription?

  init(_ tap: TrafficTap) {
    subscription = tap.listen { [weak self] in self?.take($0) }
  }

  private func take(_ entry: TrafficEntry) {
    switch entry.content {
    case .frame(.sent, let bytes, _): sent += bytes.count
    case .frame(.received, let bytes, _): received += bytes.count
    case .http(let facts):
      exchanges += 1
      latest = facts
    default: break
    }
  }
}
