import EventLoop
import JSON
import JSONRPC
import MCPEras
import MCPProtocol

extension ChannelCore {
  mutating func notice(_ notification: RPCNotification, _ now: LoopInstant) -> [ChannelStep] {
    let received = codec.read(notification)
    let found = oddities(of: received).map(ChannelStep.find)
    switch received.notice {
    case .progress(let update): return found + progress(update, received, now)
    case .cancelled(let id, _): return found + cancelled(id, now)
    default: return found + [.notice(received)]
    }
  }

  private func oddities(of received: ReceivedNotice) -> [Finding] {
    if case .unknown = received.notice { return [.unknownNotification(received.method)] }
    let era: [Finding] =
      received.isInEra ? [] : [.notInEra(method: received.method, codec.version)]
    let issues =
      switch received.notice {
      case .progress(let update): update.issues
      case .log(let message): message.issues
      case .task(_, let issues): issues
      default: [ModelIssue]()
      }
    return era + (issues.isEmpty ? [] : [.model(method: received.method, issues)])
  }

  private mutating func progress(
    _ decoded: Decoded<ProgressUpdate>, _ received: ReceivedNotice, _ now: LoopInstant
  ) -> [ChannelStep] {
    guard let update = decoded.value else { return [] }
    guard let token = update.token.flatMap(RPCID.init), let id = waiting(for: token) else {
      return [.find(.unknownProgressToken(update.token)), .notice(received)]
    }
    let steps = [ChannelStep.progress(id, update)]
    guard let call = calls[id] else { return steps }
    calls[id]?.heard = now
    calls[id]?.lastProgress = update.progress
    guard let before = call.lastProgress, update.progress < before else { return steps }
    return [.find(.progressWentBack(method: call.method, from: before, to: update.progress))]
      + steps
  }

  /// A call's id is its progress token too.
  private func waiting(for token: RPCID) -> RPCID? {
    if calls[token] != nil || lastingTokens.contains(token) { return token }
    return calls.ids.first(where: token.resembles)
      ?? lastingTokens.first(where: token.resembles)
  }

  /// The server gives up its own request, or ends a subscription of ours.
  private mutating func cancelled(_ json: JSON?, _ now: LoopInstant) -> [ChannelStep] {
    guard let id = json.flatMap(RPCID.init) else { return [] }
    if asks.cancel(id) != nil {
      resumeIfIdle(now)
      return [.withdraw(id)]
    }
    guard calls[id]?.method == Self.listenMethod, calls.abandon(id) != nil else { return [] }
    return [.finish(id, .success(.object(JSONObject())))]
  }

  static let listenMethod = "subscriptions/listen"
}
