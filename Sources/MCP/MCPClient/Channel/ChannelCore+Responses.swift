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
    if let type = frame.eventType { steps.append(.find(.foreignEvent(type: type))) }
    for message in read.messages {
      steps += take(message, frame, now)
    }
    return steps
  }

  private mutating func take(
    _ received: RPCReceived, _ frame: IncomingFrame, _ now: LoopInstant
  ) -> [ChannelStep] {
    var steps: [ChannelStep] = []
    if !received.issues.isEmpty {
      steps.append(.find(.malformedMessage(received.issues, raw: received.raw)))
    }
    switch received.message {
    case .response(let response): steps += settle(response, frame)
    case .request(let request):
      if let echoed = echo(received, of: request.id) { return steps + settle(echoed, frame) }
      steps += ask(request, now)
    case .notification(let notification): steps += notice(notification, now)
    case nil: break
    }
    return steps
  }

  /// An answer that repeats its question: with a result and a method, under an id that we asked under.
  private func echo(_ received: RPCReceived, of id: RPCID) -> RPCResponse? {
    guard received.issues.contains(.methodBesideResult), calls.ids.contains(where: id.resembles),
      var object = received.raw.object
    else { return nil }
    object["method"] = nil
    guard case .response(let response)? = RPCReceived(.object(object)).message else { return nil }
    return response
  }

  // MARK: - Finding the call

  private mutating func settle(_ response: RPCResponse, _ frame: IncomingFrame) -> [ChannelStep] {
    guard let id = response.id else { return settleWithoutID(response, on: frame.exchange) }
    switch calls.settle(id) {
    case .answered(let id, let call): return finish(id, call, response)
    case .loosely(let sent, let call):
      return [.find(.wrongID(sent: sent, got: id))] + finish(sent, call, response)
    case .late(let id):
      return keep(response, frame) ?? [.find(.lateResponse(id))]
    case .duplicate:
      return keep(response, frame) ?? [.find(.duplicateResponse(id))]
    case .unknown:
      return keep(response, frame) ?? [.find(.unknownResponse(id))]
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

  /// What comes back on an exchange under a foreign id may be somebody else's: it waits for a better one.
  private mutating func keep(
    _ response: RPCResponse, _ frame: IncomingFrame
  ) -> [ChannelStep]? {
    guard let id = frame.exchange.flatMap({ callByExchange[$0] }), calls[id]?.stray == nil else {
      return nil
    }
    calls[id]?.stray = (response, frame.bytes)
    return []
  }

  /// No better answer came: it can only be meant for this call.
  mutating func takeStray(_ id: RPCID, _ call: PendingCall) -> [ChannelStep]? {
    call.stray.flatMap { wrongly(id, $0.response) }
  }

  func strayFrame(on exchange: ExchangeID) -> [UInt8] {
    callByExchange[exchange].flatMap { calls[$0]?.stray?.frame } ?? []
  }

  /// What comes back on an exchange without an id answers the call that opened it.
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
    let strays = superseded(by: response, call)
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
    return strays + [.finish(id, result)]
  }

  private func superseded(by response: RPCResponse, _ call: PendingCall) -> [ChannelStep] {
    guard let stray = call.stray, stray.response.id != response.id else { return [] }
    return [.find(.unknownResponse(stray.response.id))]
  }
}
