import JSON
import Transports

extension TransportEvent {
  /// `1 {"a":1}`, `1 complete`, `session assigned`: a test's view of what was told.
  var line: String {
    switch self {
    case .frame(let frame): "\(frame.exchange.map { "\($0.number)" } ?? "–") \(frame.json.compact)"
    case .noise(let noise): "noise \(noise.size)"
    case .log(let line): "log \(line.text)"
    case .ended(let exchange, let end): "\(exchange.number) \(end.line)"
    case .arriving(let exchange): "\(exchange?.number ?? 0) arriving"
    case .session(.assigned): "session assigned"
    case .session(.unusableID): "session id unusable"
    case .session(.pushStream(.open)): "push open"
    case .session(.pushStream(.refused(let status))): "push refused \(status)"
    case .session(.pushStream(.lost)): "push lost"
    case .session(.pushStream(.givenUp)): "push given up"
    case .closed: "closed"
    }
  }
}

extension ExchangeEnd {
  fileprivate var line: String {
    switch self {
    case .complete: "complete"
    case .accepted: "accepted"
    case .refused(let refusal): "refused \(refusal.status) \(refusal.json?.compact ?? "–")"
    case .unanswered: "unanswered"
    case .failed(.network(let failure)): "failed: \(failure.layer.rawValue): \(failure.cause)"
    case .failed(let failure): "failed: \(failure)"
    }
  }
}
