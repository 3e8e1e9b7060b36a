import EventLoop
import JSON
import JSONRPC
import MCPEras
import MCPProtocol

extension ChannelCore {
  /// A request of the server: answered at once, or handed on to the user.
  mutating func ask(_ request: RPCRequest, _ now: LoopInstant) -> [ChannelStep] {
    guard codec.features.has(.serverRequests) else {
      return [.find(.requestFromStatelessServer(method: request.method))]
    }
    switch codec.read(request) {
    case .ping: return [reply(request.id, .result(.object(JSONObject())))]
    case .unsupported:
      return [.find(.undeclared(method: request.method)), refuse(request.id, .methodNotFound)]
    case .input(let input): return hand(on: input, request, now)
    }
  }

  private mutating func hand(
    on input: InputRequest, _ request: RPCRequest, _ now: LoopInstant
  ) -> [ChannelStep] {
    if let code = refusal(of: input) {
      return [
        .find(.undeclared(method: request.method, question: input.summary)),
        refuse(request.id, code),
      ]
    }
    guard asks.begin(request.id, input) else { return [.find(.repeatedRequestID(request.id))] }
    pause(now)
    return [.ask(request.id, input)]
  }

  /// Nil where the request keeps to what was declared.
  func refusal(of input: InputRequest) -> RPCErrorCode? {
    switch input.kind {
    case .roots: declared.roots ? nil : .methodNotFound
    case .elicitation(let request): elicitationRefusal(request)
    case .sampling(let request): samplingRefusal(request)
    case .unknown: .methodNotFound
    }
  }

  private func elicitationRefusal(_ request: Decoded<ElicitationRequest>) -> RPCErrorCode? {
    guard declared.elicitationForm || declared.elicitationURL else { return .methodNotFound }
    switch request.value?.effectiveMode {
    case .form?: return declared.elicitationForm ? nil : .invalidParams
    case .url?: return declared.elicitationURL ? nil : .invalidParams
    default: return .invalidParams
    }
  }

  private func samplingRefusal(_ request: Decoded<SamplingRequest>) -> RPCErrorCode? {
    guard declared.sampling else { return .methodNotFound }
    let usesTools = request.value?.tools != nil || request.value?.toolChoice != nil
    return usesTools && !declared.samplingTools ? .invalidParams : nil
  }

  private func reply(_ id: RPCID, _ outcome: RPCOutcome) -> ChannelStep {
    .send(.response(RPCResponse(id: id, outcome: outcome)))
  }

  private func refuse(_ id: RPCID, _ code: RPCErrorCode) -> ChannelStep {
    let message = code == .methodNotFound ? "Method not found" : "Not declared by this client"
    return reply(id, .error(RPCError(code: code, message: message)))
  }
}
