import EventLoop
import JSON
import JSONRPC
import MCPEras
import MCPProtocol

/// One request under way: who asked, in which words, and where the answer goes.
@LoopActor
final class Exchange {
  let server: Server
  let request: RPCRequest
  let codec: any EraCodec
  let caller: Caller
  let sink: any AnswerSink
  /// Of the handshake era; a request that stands alone has none.
  let session: ServerSession?
  /// The headers the request came with; nil on a byte stream.
  let headers: HeaderCheck?
  var call: ServedCall?
  var inputs = InputLedger()
  /// The handler, where it does not answer at once.
  var work: Task<Void, Never>?
  /// Set once the call goes on as a task: its answer has left, its result goes there.
  var task: TaskRecord?
  var invocation: InvocationRecord?
  /// Shows a waiting HTTP client that the answer takes its time.
  var patience: LoopTimer?
  private var lastProgress = -Double.infinity
  /// Our own questions to the client that wait for this exchange.
  var questions: [RPCID] = []
  /// Called once when it is over.
  var onEnd: (@LoopActor () -> Void)?
  private(set) var isOver = false

  init(
    _ server: Server, _ request: RPCRequest, codec: any EraCodec, caller: Caller,
    sink: any AnswerSink, session: ServerSession? = nil, headers: HeaderCheck? = nil
  ) {
    self.server = server
    self.request = request
    self.codec = codec
    self.caller = caller
    self.sink = sink
    self.session = session
    self.headers = headers
  }

  /// What the request says of its sender, or the opening of its session.
  var client: ClientFacts { call?.client ?? session?.client ?? ClientFacts() }
  /// The same without a copy of all the rest.
  var clientName: String? {
    if let call, let client = call.client { return client.info?.name }
    return session?.client.info?.name
  }
  var features: WireFeatures { codec.features }
  var abilities: ClientFeatures { codec.abilities(of: client) }
  private var idBytes: [UInt8] { request.id.json.compactBytes }

  // MARK: - Answers

  /// A body as the revision wraps it.
  func answer(body: JSONObject, hints: CachingHints? = nil) {
    answer(codec.wrap(body, by: server.signature, hints: hints))
  }

  func answer(_ result: JSON, _ outcome: InvocationOutcome = .succeeded) {
    end(MessageText.result(idBytes, result.compactBytes), AnswerFrame(), outcome)
  }

  /// A result that was encoded before.
  func answer(encoded result: [UInt8]) {
    end(MessageText.result(idBytes, result), AnswerFrame(), .succeeded)
  }

  func fail(_ fault: ServerFault) {
    let error = fault.error(in: features)
    end(
      MessageText.error(idBytes, error.json.compactBytes),
      AnswerFrame(status: fault.status(in: features)),
      .failed(code: error.code?.rawValue ?? 0, message: error.message))
  }

  /// Over HTTP a status and a challenge; elsewhere a tool says in its result what is missing.
  func deny(_ refusal: AccessRefusal) {
    if sink.isHTTP || invocation?.kind != .tool {
      let error = ServerFault.denied(refusal.text).error(in: features)
      let frame = AnswerFrame(status: refusal.status, fields: refusal.fields)
      return end(
        MessageText.error(idBytes, error.json.compactBytes), frame, .denied(refusal.text))
    }
    let body = codec.body(of: .failure(refusal.text), schema: nil)
    answer(codec.wrap(body, by: server.signature), .denied(refusal.text))
  }

  /// Stops what is under way; the client gets no answer.
  func cancel() {
    guard !isOver else { return }
    isOver = true
    work?.cancel()
    session?.drop(questions: questions)
    log(.cancelled) { [sink] _ in sink.abandon() }
    close()
  }

  private func end(_ message: [UInt8], _ frame: AnswerFrame, _ outcome: InvocationOutcome) {
    guard !isOver else { return }
    isOver = true
    log(outcome) { [self] recording in
      switch recording {
      case .kept: sink.answer(message, frame)
      case .lost(let reason): sink.answer(lost(reason), AnswerFrame())
      }
    }
    close()
  }

  private func close() {
    patience?.cancel()
    patience = nil
    onEnd?()
    onEnd = nil
  }

  private func lost(_ reason: String) -> [UInt8] {
    let fault = ServerFault.internalError("the call cannot be written down: \(reason)")
    return MessageText.error(idBytes, fault.error(in: features).json.compactBytes)
  }

  private func log(
    _ outcome: InvocationOutcome, then: @escaping @LoopActor (Recording) -> Void
  ) {
    guard let invocation else { return then(.kept) }
    server.log.record(invocation.event(of: self, outcome), then: then)
  }

  // MARK: - Words on the way

  func tell(_ word: ServerWord) {
    guard !isOver || task != nil, isWorthTelling(word), let notification = codec.encode(word)
    else { return }
    if let task { return task.tell(notification) }
    sink.tell(notification.json.compactBytes)
  }

  /// Progress only goes forward, and a client that does not keep up is spared what it can do without.
  private func isWorthTelling(_ word: ServerWord) -> Bool {
    switch word {
    case .progress(let update):
      guard update.progress > lastProgress, !sink.isCongested else { return false }
      lastProgress = update.progress
      return true
    case .log: return !sink.isCongested
    default: return true
    }
  }
}

/// What an audit wants to know of an invocation, noted when it begins.
struct InvocationRecord {
  let kind: InvocationKind
  let name: String
  var isMutating: Bool
  let arguments: JSON?
  let began: LoopInstant
  let time: WallTime

  @LoopActor
  func event(of exchange: Exchange, _ outcome: InvocationOutcome) -> InvocationEvent {
    InvocationEvent(
      time: time, caller: exchange.caller, kind: kind, name: name, isMutating: isMutating,
      arguments: arguments, outcome: outcome,
      duration: began.duration(to: exchange.server.clock.now),
      requestID: exchange.request.id.description, session: exchange.session?.id,
      traceparent: exchange.call?.meta["traceparent"]?.string,
      client: exchange.clientName, version: exchange.codec.version.rawValue)
  }
}
