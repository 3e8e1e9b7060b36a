import EventLoop
import HTTPCore
import JSON
import JSONRPC
import MCPEras
import MCPProtocol
import Transports

extension Session {
  /// What a call met that another session can mend.
  enum Loss: Sendable {
    case session(method: String, status: Int)
    case process(method: String, TransportEnd)
  }

  func loss(by error: ClientError) -> Loss? {
    let method = error.context.method ?? ""
    if isSessionLoss(error) {
      return .session(method: method, status: error.context.refusal?.status ?? 0)
    }
    guard remake != nil, case .ended(let end) = error.reason, end.isOfProcess else { return nil }
    return .process(method: method, end)
  }

  /// Starts the server again where it has gone away since the last call.
  func revive(for call: ClientCall) async throws(ClientError) {
    guard remake != nil, let end = channel.end, end.isOfProcess else { return }
    try await reopen(unless: generation, after: .process(method: call.method ?? "", end))
  }

  /// Whether an error tells that the server has forgotten us. 404 says so by the rules; other codes say it in words.
  func isSessionLoss(_ error: ClientError) -> Bool {
    guard features.has(.sessionHeader), hasID else { return false }
    guard let refusal = error.context.refusal else { return error.speaksOfLostSession }
    if refusal.status == 404 { return true }
    guard [400, 401, 409, 410, 500].contains(refusal.status) else { return false }
    if refusal.headers.contains("www-authenticate") { return false }
    return refusal.speaksOfSession
  }

  /// Opens a new session in place of the lost one, once for all calls that meet the loss.
  func reopen(unless sentIn: Int, after loss: Loss) async throws(ClientError) {
    guard sentIn == generation else { return }
    if let reopening { return try await reopening.value.get() }
    find(loss.finding)
    let task = Task { await self.openAgain(after: loss) }
    reopening = task
    let outcome = await task.value
    reopening = nil
    try outcome.get()
  }

  private func openAgain(after loss: Loss) async -> Result<Void, ClientError> {
    move(to: .reopening)
    hasID = false
    do {
      if case .process = loss { try await startServer() }
      try await initialize()
      generation += 1
      move(to: .ready)
      await restore()
      return .success(())
    } catch {
      return .failure(error)
    }
  }

  private func startServer() async throws(ClientError) {
    guard let remake else { return }
    await channel.close()
    let made = Channel(
      remake(), codec: channel.codec, declared: channel.declared, clock: clock
    ) { [weak self] in self?.take($0) }
    do {
      try await made.start()
    } catch {
      throw ClientError(.transport(error))
    }
    channel = made
  }

  private func initialize() async throws(ClientError) {
    guard let opening = channel.codec.encode(.open, callContext(CallOptions())).value else {
      return
    }
    let limits = TimeLimits(idle: nil, total: settings.openLimit)
    let result = try await channel.request(opening, limits: limits).get()
    guard let card = channel.codec.card(from: result).value, let codec = codec(for: card.version)
    else {
      throw ClientError(.invalidResult([], raw: result), .init(method: opening.method))
    }
    channel.codec = codec
    adopt(card)
    await Handshake(channel: channel, settings: settings).finish(find: find)
  }

  /// What the server had been told in the lost session.
  private func restore() async {
    if features.has(.resourceSubscribe) {
      for uri in subscriptions.wanted.resourceSubscriptions ?? [] {
        await again(.subscribe(uri: uri))
      }
    }
    if let logLevel, features.has(.sessionLogLevel) { await again(.setLogLevel(logLevel)) }
    if features.has(.listen) { listenAnew() }
  }

  private func again(_ call: ClientCall) async {
    guard let encoded = channel.codec.encode(call, callContext(CallOptions())).value else { return }
    let outcome = await channel.request(encoded, limits: settings.limits)
    if case .failure(let error) = outcome { find(.notRestored(error)) }
  }
}

extension Session.Loss {
  fileprivate var finding: Finding {
    switch self {
    case .session(let method, let status): .sessionLost(method: method, status: status)
    case .process(let method, let end): .serverRestarted(method: method, end)
    }
  }
}

extension TransportEnd {
  /// Whether the peer itself went away.
  fileprivate var isOfProcess: Bool {
    switch self {
    case .process, .byPeer, .streamEnded: true
    case .byUs, .failed: false
    }
  }
}

extension HTTPRefusal {
  fileprivate var speaksOfSession: Bool {
    let words = rpcError?.message ?? String(decoding: body.prefix(2048), as: UTF8.self)
    return words.lowercased().contains("session")
  }
}

extension ClientError {
  /// Some servers say it with a success of HTTP and an error inside.
  fileprivate var speaksOfLostSession: Bool {
    guard case .rpc(let rpc) = reason, rpc.code?.rawValue == Self.sessionCode else { return false }
    return rpc.message.lowercased().contains("session")
  }

  private static let sessionCode = -32001
}
