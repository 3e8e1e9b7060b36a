import EventLoop
import JSON
import JSONRPC
import MCPEras
import MCPProtocol
import Transports

extension ChannelCore {
  /// One JSON text from the server.
  mutating func received(_ frame: IncomingFrame) -> [ChannelStep] {
    let now = frame.arrived.instant
    let read = RPCFrame(frame.json)
    var steps: [ChannelStep] = []
    if case .batch(let messages) = read, !codec.features.has(.batches) {
      steps.append(.find(.batch(count: messages.count)))
    }
    if !frame.findings.isEmpty { steps.append(.find(.oddText(frame.findings))) }
    if frame.lines > 1 { steps.append(.find(.spreadMessage(lines: frame.lines))) }
    if let id = frame.exchange.flatMap({ callByExchange[$0] }) { calls[id]?.heard = now }
    for message in read.messages {
      steps += take(message, frame.exchange, now)
    }
    return steps
  }

  private mutating func take(
    _ received: RPCReceived, _ exchange: ExchangeID?, _ now: LoopInstant
  ) -> [ChannelStep] {
    var steps: [ChannelStep] = []
    if !received.issues.isEmpty {
      steps.append(.find(.malformedMessage(received.issues, raw: received.raw)))
    }
    switch received.message {
    case .response(let response): steps += settle(response, on: exchange)
    case .request(let request): steps += ask(request, now)
    case .notification(let notification): steps += notice(notification, now)
    case nil: break
    }
    return steps
  }

  // MARK: - Finding the call

  private mutating func settle(
    _ response: RPCResponse, on exchange: ExchangeID?
  ) -> [ChannelStep] {
    guard let id = response.id else { return settleWithoutID(response, on: exchange) }
    switch calls.settle(id) {
    case .answered(let id, let call): return finish(id, call, response)
    case .loosely(let sent, let call):
      return [.find(.wrongID(sent: sent, got: id))] + finish(sent, call, response)
    case .late(let id):
      return byExchange(response, exchange) ?? [.find(.lateResponse(id))]
    case .duplicate:
      return byExchange(response, exchange) ?? [.find(.duplicateResponse(id))]
    case .unknown:
      return byExchange(response, exchange) ?? [.find(.unknownResponse(id))]
    }
  }

  private mutating func settleWithoutID(
    _ response: RPCResponse, on exchange: ExchangeID?
  ) -> [ChannelStep] {
    if let steps = byExchange(response, exchange) { return steps }
    if exchange == nil, let steps = byElimination(response) { return steps }
    if case .error(let error) = response.outcome { return [.find(.errorWithoutCall(error))] }
    return [.find(.unknownResponse(nil))]
  }

  /// What comes back on an exchange answers the call that opened it, whatever its id says.
  private mutating func byExchange(
    _ response: RPCResponse, _ exchange: ExchangeID?
  ) -> [ChannelStep]? {
    guard let sent = exchange.flatMap({ callByExchange[$0] }) else { return nil }
    return wrongly(sent, response)
  }

  /// An error to nobody, while one single call waits, answers that call: else it would wait for ever.
  private mutating func byElimination(_ response: RPCResponse) -> [ChannelStep]? {
    guard case .error = response.outcome, calls.count == 1, let sent = calls.ids.first else {
      return nil
    }
    return wrongly(sent, response)
  }

  private mutating func wrongly(_ sent: RPCID, _ response: RPCResponse) -> [ChannelStep]? {
    guard case .answered(_, let call) = calls.settle(sent) else { return nil }
    return [.find(.wrongID(sent: sent, got: response.id))] + finish(sent, call, response)
  }

  private mutating func finish(
    _ id: RPCID, _ call: PendingCall, _ response: RPCResponse
  ) -> [ChannelStep] {
    if let exchange = call.exchange { callByExchange[exchange] = nil }
    let result: Result<JSON, ClientError> =
      switch response.outcome {
      case .result(let json): .success(json)
      case .error(let rpc): .failure(error(.rpc(rpc), call, id))
      case .missing:
        .failure(
          error(
            .invalidResult([ModelIssue(pointer: "/result", problem: .missing)], raw: response.json),
            call, id))
      }
    return [.finish(id, result)]
  }
}
