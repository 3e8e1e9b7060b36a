import EventLoop
import HTTPCore
import JSON
import JSONRPC
import MCPEras
import MCPProtocol
import Transports

extension Session {
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
  func reopen(unless sentIn: Int, after error: ClientError) async throws(ClientError) {
    guard sentIn == generation else { return }
    if let reopening { return try await reopening.value.get() }
    find(
      .sessionLost(
        method: error.context.method ?? "", status: error.context.refusal?.status ?? 0))
    let task = Task { await self.openAgain() }
    reopening = task
    let outcome = await task.value
    reopening = nil
    try outcome.get()
  }

  private func openAgain() async -> Result<Void, ClientError> {
    move(to: .reopening)
    hasID = false
    do {
      try await initialize()
      generation += 1
      move(to: .ready)
      await restore()
      return .success(())
    } catch {
      return .failure(error)
    }
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
    await Handshake.finish(on: channel, find: find)
  }

  /// What the server had been told in the lost session.
  private func restore() async {
    for uri in subscriptions.wanted.resourceSubscriptions ?? [] {
      await again(.subscribe(uri: uri))
    }
    if let logLevel { await again(.setLogLevel(logLevel)) }
  }

  private func again(_ call: ClientCall) async {
    guard let encoded = channel.codec.encode(call, callContext(CallOptions())).value else { return }
    let outcome = await channel.request(encoded, limits: settings.limits)
    if case .failure(let error) = outcome { find(.notRestored(error)) }
  }
}

/// The end of the opening handshake, the same after the first `initialize` and after any later one.
@LoopActor
enum Handshake {
  /// Settles the transport, tells the server that we are ready, and waits until it knows: some servers refuse
  /// whatever comes earlier. Only then the standing stream is opened.
  static func finish(on channel: Channel, find: @LoopActor (Finding) -> Void) async {
    channel.transport.adopt(TransportProfile(channel.codec, pushStream: false))
    if let notice = channel.codec.encode(.initialized).value {
      let status = await channel.deliver(notice)
      if let status { find(.initializedRefused(status: status == 0 ? nil : status)) }
    }
    await openPushStream(on: channel)
  }

  /// A server that asks its questions on the standing stream drops those that it has no stream for: where it may ask,
  /// no call goes out before the stream is open or declined.
  private static func openPushStream(on channel: Channel) async {
    let profile = TransportProfile(channel.codec, pushStream: true)
    let isAwaited =
      profile.opensPushStream && channel.transport.kind == .streamableHTTP
      && channel.declared != ClientFeatures()
    let settled = isAwaited ? channel.expectPushStream() : nil
    channel.transport.adopt(profile)
    await channel.wait(for: settled, atMost: pushStreamPatience)
  }

  private static let pushStreamPatience = Duration.seconds(2)
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
