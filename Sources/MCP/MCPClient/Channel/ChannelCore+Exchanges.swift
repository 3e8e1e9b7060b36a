import EventLoop
import JSON
import JSONRPC
import MCPProtocol
import Transports

extension ChannelCore {
  /// A notification or response of ours is under way.
  mutating func bind(notice method: String, to exchange: ExchangeID) {
    if hasExchanges { noticeByExchange[exchange] = method }
  }

  /// A long answer on a slow way is no silence. Where one stream carries all answers it may be anyone's.
  mutating func arriving(on exchange: ExchangeID?, _ now: LoopInstant) {
    let ids = exchange.map { callByExchange[$0].map { [$0] } ?? [] } ?? calls.ids
    for id in ids { calls[id]?.heard = now }
  }

  mutating func ended(_ exchange: ExchangeID, _ end: ExchangeEnd) -> [ChannelStep] {
    if let method = noticeByExchange.removeValue(forKey: exchange) {
      return delivered(method, end)
    }
    guard let id = callByExchange[exchange], let call = calls[id] else { return [] }
    if case .accepted = end {
      let found = ChannelStep.find(.acceptedRequest(method: call.method))
      // An answer by another way needs a stream, which is there only when the conversation has begun.
      guard !call.isCancellable else { return [found] }
      callByExchange[exchange] = nil
      _ = calls.settle(id)
      return [found, .finish(id, .failure(error(.unanswered, call, id)))]
    }
    if case .complete = end, let steps = takeStray(id, call) { return steps }
    callByExchange[exchange] = nil
    _ = calls.settle(id)
    return [.finish(id, .failure(failure(of: end, call, id)))]
  }

  private func failure(of end: ExchangeEnd, _ call: PendingCall, _ id: RPCID) -> ClientError {
    switch end {
    case .complete, .accepted, .unanswered: error(.unanswered, call, id)
    case .failed(let failure): error(.transport(failure), call, id)
    case .refused(let refusal): refused(refusal, call, id)
    }
  }

  /// The peer's own error object says more than a status, unless credentials are asked for.
  private func refused(_ refusal: HTTPRefusal, _ call: PendingCall, _ id: RPCID) -> ClientError {
    if refusal.challenge == nil, let rpc = refusal.rpcError {
      return error(.rpc(rpc), call, id, refusal: refusal)
    }
    return error(.refused(refusal), call, id, refusal: refusal)
  }

  private func delivered(_ method: String, _ end: ExchangeEnd) -> [ChannelStep] {
    switch end {
    case .complete, .accepted, .unanswered: [.delivered(method: method, status: nil)]
    case .refused(let refusal):
      [
        .find(.noticeRefused(method: method, status: refusal.status)),
        .delivered(method: method, status: refusal.status),
      ]
    case .failed: [.delivered(method: method, status: 0)]
    }
  }

  /// The way is gone: nothing will be answered any more.
  mutating func closed(_ end: TransportEnd) -> [ChannelStep] {
    callByExchange = [:]
    noticeByExchange = [:]
    pausedSince = nil
    let withdrawn = asks.drain().keys.map { ChannelStep.withdraw($0) }
    return withdrawn
      + calls.drain().map { .finish($0.id, .failure(error(.ended(end), $0.call, $0.id))) }
  }
}
