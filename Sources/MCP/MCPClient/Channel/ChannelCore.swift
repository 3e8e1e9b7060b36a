import EventLoop
import JSON
import JSONRPC
import MCPEras
import MCPProtocol
import Transports

/// The state of a conversation at the level of messages: what is awaited from either side. Pure: every input
/// returns what is to be done.
struct ChannelCore: Sendable {
  var codec: any EraCodec
  /// What the server was told it may ask for.
  var declared: ClientFeatures
  /// Closing an answer's stream can cancel it; true over HTTP.
  let hasExchanges: Bool

  var calls = PendingCalls<PendingCall>()
  var asks = IncomingCalls<InputRequest>()
  var callByExchange: [ExchangeID: RPCID] = [:]
  var noticeByExchange: [ExchangeID: String] = [:]
  /// Calls that are over but whose progress goes on, because they became tasks.
  var lastingTokens: Set<RPCID> = []
  var pausedSince: LoopInstant?

  init(codec: any EraCodec, declared: ClientFeatures, hasExchanges: Bool) {
    self.codec = codec
    self.declared = declared
    self.hasExchanges = hasExchanges
  }

  // MARK: - Calling

  mutating func open(_ call: EncodedCall, limits: TimeLimits, now: LoopInstant) -> RPCID {
    calls.open(PendingCall(call, limits: limits, now: now))
  }

  /// A probe, under an id of its own; nil where that is taken.
  mutating func open(
    _ call: EncodedCall, as id: RPCID, limits: TimeLimits, now: LoopInstant
  ) -> RPCID? {
    var probe = PendingCall(call, limits: limits, now: now)
    probe.isCancellable = false
    return calls.open(probe, as: id) ? id : nil
  }

  mutating func bind(_ id: RPCID, to exchange: ExchangeID) {
    calls[id]?.exchange = exchange
    if calls[id] != nil { callByExchange[exchange] = id }
  }

  /// The frame could not even be handed over.
  mutating func unsent(_ id: RPCID, _ failure: TransportFailure) -> [ChannelStep] {
    guard let call = calls.abandon(id) else { return [] }
    return [.finish(id, .failure(error(.transport(failure), call, id)))]
  }

  /// Gives up a call and tells the server in its revision's way.
  mutating func cancel(_ id: RPCID, reason: String?) -> [ChannelStep] {
    guard let call = calls.abandon(id) else { return [] }
    return withdrawal(of: call, id, reason) + [.finish(id, .failure(error(.cancelled, call, id)))]
  }

  func withdrawal(of call: PendingCall, _ id: RPCID, _ reason: String?) -> [ChannelStep] {
    var steps: [ChannelStep] = []
    let closing = hasExchanges && codec.features.has(.cancelByClosing)
    if call.isCancellable, !closing,
      let notice = codec.encode(.cancelled(id: id.json, reason: reason)).value
    {
      steps.append(.send(.notification(notice)))
    }
    if let exchange = call.exchange { steps.append(.forget(exchange)) }
    return steps
  }

  // MARK: - Answering

  /// The user's answer to a request of the server; nothing is sent where it was withdrawn.
  mutating func answer(
    _ id: RPCID, _ answer: InputAnswer, now: LoopInstant
  ) -> [ChannelStep] {
    guard asks.finish(id) != nil else { return [] }
    resumeIfIdle(now)
    let outcome: RPCOutcome =
      switch answer {
      case .refused(let code, let message):
        .error(RPCError(code: RPCErrorCode(rawValue: code), message: message))
      default: .result(answer.result ?? .object(JSONObject()))
      }
    return [.send(.response(RPCResponse(id: id, outcome: outcome)))]
  }

  // MARK: - Time

  var nextDeadline: LoopInstant? {
    guard pausedSince == nil else { return nil }
    let earliest = calls.waiting.lazy.map(\.deadline).min()
    return earliest == .distantFuture ? nil : earliest
  }

  mutating func expire(_ now: LoopInstant) -> [ChannelStep] {
    guard pausedSince == nil else { return [] }
    return calls.ids.flatMap { id -> [ChannelStep] in
      guard let call = calls[id], let limit = call.overdue(now) else { return [] }
      if let steps = takeStray(id, call) { return steps }
      _ = calls.abandon(id)
      let failure = error(.timedOut(limit), call, id)
      return withdrawal(of: call, id, "timed out") + [.finish(id, .failure(failure))]
    }
  }

  mutating func pause(_ now: LoopInstant) {
    if pausedSince == nil { pausedSince = now }
  }

  mutating func resumeIfIdle(_ now: LoopInstant) {
    guard asks.ids.isEmpty, let since = pausedSince else { return }
    pausedSince = nil
    let pause = since.duration(to: now)
    for id in calls.ids { calls[id]?.excuse(pause) }
  }

  func error(
    _ reason: ClientError.Reason, _ call: PendingCall, _ id: RPCID, refusal: HTTPRefusal? = nil
  ) -> ClientError {
    ClientError(reason, .init(method: call.method, id: id, refusal: refusal))
  }
}
