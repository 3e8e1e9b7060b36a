import EventLoop
import HTTPCore
import JSON
import JSONRPC
import MCPEras
import MCPProtocol
import Transports

/// A transport with the state of the conversation on it: calls become functions that wait, the rest becomes events.
@LoopActor
final class Channel {
  typealias Listener = @LoopActor (ChannelEvent) -> Void
  typealias Outcome = Result<JSON, ClientError>

  /// How a call ended, with the frame that brought it; an empty one where nothing came.
  struct Ending: Sendable {
    let outcome: Outcome
    var frame: [UInt8] = []
  }

  let transport: any Transport
  var tell: Listener
  private var core: ChannelCore
  private let clock: any LoopClock
  private var waiting: [RPCID: CheckedContinuation<Ending, Never>] = [:]
  /// The frame that is being read.
  private var frame: [UInt8] = []
  private var deliveries: [(method: String, continuation: CheckedContinuation<Int?, Never>)] = []
  private var timer: LoopTimer?
  private var timerDeadline = LoopInstant.distantFuture
  private(set) var end: TransportEnd?
  private var lateProfile: LoopTimer?
  /// Set once the standing stream is open or declined.
  private var pushStreamSettled = Latch()

  init(
    _ transport: any Transport, codec: any EraCodec, declared: ClientFeatures,
    clock: any LoopClock, tell: @escaping Listener
  ) {
    self.transport = transport
    self.clock = clock
    self.tell = tell
    core = ChannelCore(
      codec: codec, declared: declared, hasExchanges: transport.kind.hasExchanges)
  }

  var codec: any EraCodec {
    get { core.codec }
    set { core.codec = newValue }
  }

  /// The id the next request will have, and with it its progress token.
  var upcoming: RPCID { core.calls.upcoming }
  var declared: ClientFeatures { core.declared }

  func start() async throws(TransportFailure) {
    try await transport.start { [weak self] event in self?.take(event) }
  }

  func close() async {
    lateProfile = nil
    await transport.close()
  }

  func attention() -> PeerAttention? { transport.attention() }

  /// Takes a profile over, at once or when the conversation has lived for so long.
  func adopt(_ profile: TransportProfile, after delay: Duration) {
    guard delay > .zero else { return transport.adopt(profile) }
    lateProfile = clock.timer(after: delay) { [weak self] in self?.transport.adopt(profile) }
  }

  /// What the next standing stream settles.
  func expectPushStream() -> Latch {
    pushStreamSettled = Latch()
    return pushStreamSettled
  }

  func wait(for latch: Latch?, atMost limit: Duration) async {
    _ = await latch?.wait(within: limit, on: clock)
  }

  // MARK: - Calling

  /// Sends a request and waits for its end, whatever it is. Cancelling the task cancels the call.
  func request(_ call: EncodedCall, as chosen: RPCID? = nil, limits: TimeLimits) async -> Outcome {
    await exchange(call, as: chosen, limits: limits).outcome
  }

  func exchange(
    _ call: EncodedCall, as chosen: RPCID? = nil, limits: TimeLimits
  ) async -> Ending {
    func failed(_ reason: ClientError.Reason) -> Ending {
      Ending(outcome: .failure(ClientError(reason, .init(method: call.method))))
    }
    if let end { return failed(.ended(end)) }
    if Task.isCancelled { return failed(.cancelled) }
    guard let id = open(call, as: chosen, limits) else { return failed(.transport(.notOpen)) }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        waiting[id] = continuation
        transmit(call, id)
      }
    } onCancel: {
      Task { @LoopActor in self.cancel(id, reason: "cancelled by the user") }
    }
  }

  private func open(_ call: EncodedCall, as chosen: RPCID?, _ limits: TimeLimits) -> RPCID? {
    guard let chosen else { return core.open(call, limits: limits, now: clock.now) }
    return core.open(call, as: chosen, limits: limits, now: clock.now)
  }

  private func transmit(_ call: EncodedCall, _ id: RPCID) {
    if call.opens { lateProfile = nil }
    let message = RPCMessage.request(RPCRequest(id: id, method: call.method, params: call.params))
    var frame = OutgoingFrame(
      bytes: message.json.compactBytes, purpose: call.opens ? .opening : .request,
      method: call.method, id: id.json)
    frame.headers = HTTPFields(call.headers.map { HTTPField($0.name, $0.value) })
    do {
      core.bind(id, to: try transport.send(frame))
    } catch {
      perform(core.unsent(id, error))
    }
    reschedule()
  }

  func cancel(_ id: RPCID, reason: String?) { perform(core.cancel(id, reason: reason)) }

  /// Progress under this id goes on after its answer.
  func keepToken(_ id: RPCID) { core.lastingTokens.insert(id) }
  func dropToken(_ id: RPCID) { core.lastingTokens.remove(id) }

  func refusal(of input: InputRequest) -> RPCErrorCode? { core.refusal(of: input) }

  // MARK: - Telling and answering

  func notify(_ notification: RPCNotification) { send(.notification(notification)) }

  /// Sends a notification and waits until it was taken, over ways that tell; the status where it was refused.
  func deliver(_ notification: RPCNotification) async -> Int? {
    guard core.hasExchanges, end == nil else {
      notify(notification)
      return nil
    }
    return await withCheckedContinuation { continuation in
      deliveries.append((notification.method, continuation))
      notify(notification)
    }
  }

  func answer(_ id: RPCID, _ answer: InputAnswer) {
    perform(core.answer(id, answer, now: clock.now))
    reschedule()
  }

  private func send(_ message: RPCMessage) {
    let frame = OutgoingFrame(
      bytes: message.json.compactBytes, purpose: .oneWay, method: message.method)
    let name = message.method ?? "a response"
    do {
      core.bind(notice: name, to: try transport.send(frame))
    } catch {
      perform([.delivered(method: name, status: 0)])
    }
  }

  // MARK: - Events

  private func take(_ event: TransportEvent) {
    switch event {
    case .frame(let frame):
      self.frame = frame.bytes
      perform(core.received(frame))
      self.frame = []
    case .arriving(let exchange): return core.arriving(on: exchange, clock.now)
    case .noise(let noise): perform(core.unreadable(noise))
    case .log(let line): return tell(.log(line))
    case .ended(let exchange, let end):
      frame = core.strayFrame(on: exchange)
      perform(core.ended(exchange, end))
      frame = []
    case .session(.unusableID): return tell(.find(.unusableSessionID))
    case .session(let event):
      if case .pushStream = event { pushStreamSettled.set() }
      return tell(.transport(event))
    case .closed(let end): close(with: end)
    }
    reschedule()
  }

  private func close(with end: TransportEnd) {
    self.end = end
    lateProfile = nil
    perform(core.closed(end))
    for delivery in deliveries { delivery.continuation.resume(returning: 0) }
    deliveries = []
    tell(.closed(end))
  }

  private func perform(_ steps: [ChannelStep]) {
    for step in steps {
      switch step {
      case .send(let message): send(message)
      case .forget(let exchange): transport.cancel(exchange)
      case .finish(let id, let outcome):
        waiting.removeValue(forKey: id)?.resume(returning: Ending(outcome: outcome, frame: frame))
      case .progress(let id, let update): tell(.progress(id, update))
      case .notice(let notice): tell(.notice(notice))
      case .ask(let id, let request): tell(.ask(id, request))
      case .withdraw(let id): tell(.withdraw(id))
      case .find(let finding): tell(.find(finding))
      case .delivered(let method, let status): delivered(method, status)
      }
    }
  }

  private func delivered(_ method: String, _ status: Int?) {
    guard let index = deliveries.firstIndex(where: { $0.method == method }) else { return }
    deliveries.remove(at: index).continuation.resume(returning: status)
  }

  /// A timer that is set early enough stays, and looks again when it fires.
  private func reschedule() {
    guard let deadline = core.nextDeadline else {
      timer = nil
      return
    }
    guard timer == nil || deadline < timerDeadline else { return }
    timerDeadline = deadline
    timer = clock.timer(at: deadline) { [weak self] in
      guard let self else { return }
      timer = nil
      perform(core.expire(clock.now))
      reschedule()
    }
  }
}

extension TransportKind {
  /// Whether an answer comes back on the exchange that carried the question.
  fileprivate var hasExchanges: Bool {
    switch self {
    case .streamableHTTP, .legacySSE: true
    case .stdio, .memory: false
    }
  }
}
