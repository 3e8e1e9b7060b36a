import EventLoop
import JSON
import JSONRPC
import MCPEras
import MCPProtocol

/// A conversation of the handshake era, from `initialize` on. It belongs to the caller who opened it.
@LoopActor
final class ServerSession {
  let id: String
  let caller: Caller
  let codec: any EraCodec
  let client: ClientFacts
  private unowned let server: Server
  /// The parameters of its `initialize`, for whoever has to open it again.
  var opening: JSON?
  var logLevel: LogLevel?
  var subscriptions: Set<String> = []
  /// Called when the client has asked for something that lasts.
  var onNote: (@LoopActor () -> Void)?
  /// Our questions to the client, of whatever exchange.
  private var asked = PendingCalls<PendingAsk>()
  /// The client's requests under way.
  private(set) var exchanges = InFlight()
  var isInitialized = false
  private(set) var isClosed = false
  /// Takes what belongs to no request; nil where the client listens to nothing of that kind.
  var push: (@LoopActor ([UInt8]) -> Void)?
  var lastUse: LoopInstant

  init(_ server: Server, id: String, caller: Caller, codec: any EraCodec, client: ClientFacts) {
    self.server = server
    self.id = id
    self.caller = caller
    self.codec = codec
    self.client = client
    lastUse = server.clock.now
  }

  // MARK: - From the client

  /// Serves a request of this session. `caller` is who it is by now: rights may have changed since the opening.
  func receive(
    _ request: RPCRequest, from caller: Caller? = nil, sink: any AnswerSink,
    headers: HeaderCheck? = nil
  ) {
    lastUse = server.clock.now
    let exchange = Exchange(
      server, request, codec: codec, caller: caller ?? self.caller, sink: sink, session: self,
      headers: headers)
    guard exchanges[request.id] == nil else {
      return exchange.fail(.invalidRequest("the id \(request.id) is in use already"))
    }
    exchanges[request.id] = exchange
    exchange.onEnd = { [weak self] in self?.exchanges[request.id] = nil }
    server.serve(exchange)
  }

  func receive(_ notification: RPCNotification) {
    lastUse = server.clock.now
    switch notification.method {
    case "notifications/initialized": isInitialized = true
    case "notifications/cancelled":
      guard let id = notification.params?["requestId"].flatMap({ RPCID($0) }) else { return }
      exchanges[id]?.cancel()
    default: return
    }
  }

  func receive(_ response: RPCResponse) {
    lastUse = server.clock.now
    guard let id = response.id else { return }
    switch asked.settle(id) {
    case .answered(_, let ask), .loosely(_, let ask): ask.end(response.outcome)
    case .late, .duplicate, .unknown: return
    }
  }

  // MARK: - To the client

  /// Sends what no request waits for, once the client is ready for it.
  func tell(_ word: ServerWord) {
    guard isInitialized, let notification = codec.encode(word) else { return }
    push?(notification.json.compactBytes)
  }

  /// Asks the client on the way of the exchange that wants to know, and waits.
  func ask(_ question: ServerQuestion, for exchange: Exchange) async throws -> JSON {
    try await ask(question, mark: nil, for: exchange) { exchange.sink.tell($0) }
  }

  /// `mark` says which task the question belongs to.
  func ask(
    _ question: ServerQuestion, mark: JSONObject?, for exchange: Exchange,
    send: @LoopActor ([UInt8]) -> Void
  ) async throws -> JSON {
    var params = codec.params(of: question)
    if let mark { params["_meta"] = .object(mark) }
    let ask = PendingAsk(question)
    let id = asked.open(ask)
    exchange.questions.append(id)
    ask.timer = server.clock.timer(after: server.settings.askLimit) { [weak self] in
      self?.give(up: id, ToolFailure("The client did not answer in time."))
    }
    let request = RPCRequest(
      id: id, method: question.method, params: params.isEmpty ? nil : .object(params))
    send(request.json.compactBytes)
    return try await withTaskCancellationHandler {
      try await ask.answer()
    } onCancel: {
      Task { @LoopActor in self.give(up: id, CancellationError()) }
    }
  }

  /// Withdraws questions that nobody waits for any more.
  func drop(questions: [RPCID]) {
    for id in questions { give(up: id, CancellationError()) }
  }

  private func give(up id: RPCID, _ error: any Error) {
    guard let ask = asked.abandon(id) else { return }
    tell(.cancelled(id: id, reason: nil))
    ask.end(throwing: error)
  }

  /// Ends everything that is under way.
  func close() {
    isClosed = true
    for exchange in exchanges.all { exchange.cancel() }
    for (_, ask) in asked.drain() { ask.end(throwing: CancellationError()) }
    push = nil
  }
}

/// A question that waits for its answer; answered once.
@LoopActor
final class PendingAsk {
  private let question: ServerQuestion
  private var outcome: Result<JSON, any Error>?
  private var continuation: CheckedContinuation<JSON, any Error>?
  var timer: LoopTimer?

  init(_ question: ServerQuestion) { self.question = question }

  func answer() async throws -> JSON {
    if let outcome { return try outcome.get() }
    return try await withCheckedThrowingContinuation { continuation = $0 }
  }

  func end(_ reply: RPCOutcome) {
    switch reply {
    case .result(let result):
      if let fault = question.fault(of: result) {
        settle(.failure(ToolFailure("The client's answer cannot be used: \(fault).")))
      } else {
        settle(.success(result))
      }
    case .error(let error):
      settle(.failure(ToolFailure("The client refused to answer: \(error.message)")))
    case .missing: settle(.failure(ToolFailure("The client's answer is empty.")))
    }
  }

  func end(throwing error: any Error) { settle(.failure(error)) }

  private func settle(_ result: Result<JSON, any Error>) {
    guard outcome == nil else { return }
    outcome = result
    timer?.cancel()
    timer = nil
    continuation?.resume(with: result)
    continuation = nil
  }
}
