package import EventLoop
import JSON
import JSONRPC
import MCPEras
import MCPProtocol
import Transports

/// Carries out a negotiation and hands over the session it ends in.
@LoopActor
package final class Connector {
  package typealias Listener = @LoopActor @Sendable (ClientEvent) -> Void

  private let settings: SessionSettings
  private let plan: ConnectionPlan
  private let clock: any LoopClock
  private let listener: Listener
  private var negotiation: Negotiation
  private var channel: Channel?
  private var lanes = 0
  private var probes = 0
  private var signIns = 0
  private var hasSessionID = false

  static let signInLimit = 3

  package init(
    _ plan: ConnectionPlan, settings: SessionSettings, clock: any LoopClock,
    listener: @escaping Listener
  ) {
    self.plan = plan
    self.settings = settings
    self.clock = clock
    self.listener = listener
    negotiation = Negotiation(
      offer: plan.offer, wish: plan.wish, route: plan.route, remembered: plan.remembered)
  }

  package func connect() async throws(ClientError) -> Session {
    do {
      return try await negotiate()
    } catch {
      await channel?.close()
      var error = error
      error.context.evidence = negotiation.evidence
      throw error
    }
  }

  private func negotiate() async throws(ClientError) -> Session {
    while true {
      if Task.isCancelled { throw ClientError(.cancelled) }
      switch negotiation.step {
      case .discover(let version, let way):
        negotiation.observe(await ask(version, on: way, isProbe: true))
      case .initialize(let version, let way):
        negotiation.observe(await ask(version, on: way, isProbe: false))
      case .authorize(let challenge): try await signIn(challenge)
      case .settled(let verdict): return try await open(verdict)
      case .failed(let failure): throw ClientError(.negotiation(failure))
      }
    }
  }

  private func signIn(_ challenge: NegotiationChallenge) async throws(ClientError) {
    signIns += 1
    guard let authorize = plan.authorize, signIns <= Self.signInLimit else {
      throw ClientError(.signInRequired(challenge))
    }
    try await authorize(challenge)
    negotiation.resume()
  }

  // MARK: - Questions

  private func ask(
    _ version: ProtocolVersion, on way: NegotiationWay, isProbe: Bool
  ) async -> NegotiationObservation {
    guard let codec = codec(for: version),
      let opening = codec.encode(.open, openingContext).value
    else { return .unusable }
    let channel: Channel
    do {
      channel = try await self.channel(for: way, codec, version)
    } catch {
      return .failed(error)
    }
    channel.codec = codec
    // A name that no later number can be taken for.
    let id = isProbe ? RPCID.string("probe-\(nextProbe())") : channel.upcoming
    return await put(opening, as: id, isProbe: isProbe, on: channel)
  }

  /// Silence is an answer where there is another way to go on; else the peer has all the time that is allowed.
  private func put(
    _ opening: EncodedCall, as id: RPCID, isProbe: Bool, on channel: Channel
  ) async -> NegotiationObservation {
    let mayFallSilent = negotiation.takesSilenceForAnswer
    let tells = channel.attention() != nil && settings.silenceLimit != nil
    let limit = mayFallSilent && !tells ? settings.probeLimit : settings.openLimit
    let watch = mayFallSilent ? silenceWatch(over: id, on: channel) : nil
    defer { watch?.stop() }
    let outcome = await channel.request(
      opening, as: isProbe ? id : nil, limits: TimeLimits(idle: nil, total: limit))
    if let watch, watch.hasFallen { return .silent(settings.silenceLimit ?? .zero) }
    if case .failure(let error) = outcome, case .timedOut = error.reason {
      return watch?.isUnheard == true ? .unheard(limit) : .timedOut(limit)
    }
    return NegotiationObservation(outcome)
  }

  private func silenceWatch(over id: RPCID, on channel: Channel) -> SilenceWatch? {
    guard let limit = settings.silenceLimit, channel.attention() != nil else { return nil }
    return SilenceWatch(limit, clock: clock, attention: { channel.attention() }) {
      channel.cancel(id, reason: nil)
    }
  }

  private var openingContext: CallContext {
    CallContext(client: settings.client, features: settings.features)
  }

  private func nextProbe() -> Int {
    probes += 1
    return probes
  }

  private func channel(
    for way: NegotiationWay, _ codec: any EraCodec, _ version: ProtocolVersion
  ) async throws(TransportFailure) -> Channel {
    if way == .current, let channel, channel.end == nil { return channel }
    await channel?.close()
    lanes += 1
    let made = Channel(
      plan.makeTransport(way, "\(lanes)"), codec: codec, declared: settings.features,
      clock: clock
    ) { [weak self] in self?.take($0) }
    channel = made
    try await made.start()
    return made
  }

  /// What happens before there is a session.
  private func take(_ event: ChannelEvent) {
    switch event {
    case .find(let finding): listener(.finding(finding))
    case .log(let line): listener(.stderr(line))
    case .transport(.assigned): hasSessionID = true
    case .transport(.pushStream(let state)): listener(.pushStream(state))
    case .notice, .ask, .withdraw, .progress, .closed, .transport(.unusableID): break
    }
  }

  // MARK: - The session

  private func open(_ verdict: NegotiationVerdict) async throws(ClientError) -> Session {
    guard let channel, let codec = codec(for: verdict.version) else {
      throw ClientError(.negotiation(.unknownVersion(verdict.version)))
    }
    channel.codec = codec
    let session = Session(
      channel: channel, settings: settings, verdict: verdict, evidence: negotiation.evidence,
      card: card(verdict, codec), clock: clock, authorize: plan.authorize, remake: remake(channel),
      listener: listener)
    session.hasID = hasSessionID
    channel.tell = { [weak session] in session?.take($0) }
    await settle(session, verdict)
    if let end = channel.end { throw ClientError(.ended(end)) }
    return session
  }

  private func remake(_ channel: Channel) -> Session.Remake? {
    guard channel.transport.kind == .stdio else { return nil }
    var lane = lanes
    return { [plan] in
      lane += 1
      return plan.makeTransport(.freshProcess, "\(lane)")
    }
  }

  private func card(_ verdict: NegotiationVerdict, _ codec: any EraCodec) -> ServerCard {
    switch codec.card(from: verdict.opening) {
    case .ok(let card): card
    case .invalid(let issues) where verdict.opening != .null || verdict.era == .handshake:
      ServerCard(version: verdict.version, issues: issues)
    case .invalid, .notInEra: ServerCard(version: verdict.version)
    }
  }

  private func settle(_ session: Session, _ verdict: NegotiationVerdict) async {
    session.find(
      session.card.issues, in: verdict.era == .handshake ? "initialize" : "server/discover")
    await Handshake(channel: session.channel, settings: settings).finish(find: session.find)
    session.move(to: .ready)
  }
}

extension NegotiationObservation {
  init(_ outcome: Result<JSON, ClientError>) {
    switch outcome {
    case .success(let result): self = .result(result)
    case .failure(let error): self = Self.of(error)
    }
  }

  private static func of(_ error: ClientError) -> NegotiationObservation {
    if let refusal = error.context.refusal { return .refused(refusal) }
    return switch error.reason {
    case .rpc(let rpc): .rejected(rpc)
    case .timedOut(let limit): .timedOut(limit.duration)
    case .ended(let end): .ended(end)
    case .transport(let failure): .failed(failure)
    default: .unusable
    }
  }
}
