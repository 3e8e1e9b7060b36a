import EventLoop
import JSON
import JSONRPC
import MCPEras
import MCPProtocol

/// A call that goes on after its first answer. It belongs to its caller, not to a connection.
@LoopActor
final class TaskRecord {
  let id: String
  let exchange: Exchange
  private(set) var state: TaskState
  /// What the call came to.
  private(set) var outcome: Result<JSONObject, RPCError>?
  /// Questions that wait for `tasks/update`, by keys that are used once in a task's life.
  private var open: [OpenQuestion] = []
  private var usedKeys: Set<String> = []
  /// Requests that wait for the outcome.
  private var waiters: [Exchange] = []
  private var onWaiter: [CheckedContinuation<Exchange?, Never>] = []
  var expiry: LoopTimer?

  private struct OpenQuestion {
    let key: String
    let question: ServerQuestion
    let pending: PendingAsk
  }

  init(id: String, _ exchange: Exchange) {
    self.id = id
    self.exchange = exchange
    state = TaskState()
    state.id = id
    let settings = exchange.server.settings
    var wished: Int?
    if case .callTool(let call)? = exchange.call?.call { wished = call.task?.ttl }
    state.ttl = min(max(wished ?? settings.taskLifetime, 1), settings.taskLifetime)
    state.pollInterval = settings.taskPollInterval
    state.createdAt = exchange.server.clock.wallTime.description
    state.lastUpdatedAt = state.createdAt
  }

  var owner: String { exchange.caller.owner }
  private var codec: any EraCodec { exchange.codec }

  // MARK: - From the handler

  func say(_ text: String) {
    state.statusMessage = text
    touch()
  }

  /// Where the revision says which task a message belongs to; elsewhere tasks are silent.
  func tell(_ notification: RPCNotification) {
    guard let mark = codec.taskMark(id), let push = exchange.session?.push else { return }
    var marked = notification
    var params = notification.params?.object ?? JSONObject()
    params["_meta"] = .object(mark)
    marked.params = .object(params)
    push(marked.json.compactBytes)
  }

  func finish(_ result: ToolResult, schema: JSON?) {
    guard outcome == nil else { return }
    let body = codec.body(of: result, schema: schema)
    outcome = .success(body)
    state.result = .object(body)
    let isFailure = codec.features.taskShape == .core && result.isError == true
    end(isFailure ? .failed : .completed)
  }

  func stop(_ error: any Error) {
    guard outcome == nil else { return }
    if let fault = ServerFault(thrown: error) { return fail(fault.error(in: codec.features)) }
    switch error {
    case let failure as ToolFailure: finish(.failure(failure.text), schema: nil)
    case is CancellationError: cancel()
    default: finish(.failure("\(error)"), schema: nil)
    }
  }

  private func fail(_ error: RPCError) {
    outcome = .failure(error)
    state.error = error.json
    state.statusMessage = error.message
    end(.failed)
  }

  func cancel() {
    guard outcome == nil else { return }
    outcome = .failure(RPCError(code: .invalidRequest, message: "the task was cancelled"))
    exchange.work?.cancel()
    end(.cancelled)
  }

  private func end(_ status: TaskStatus) {
    state.status = status
    state.inputRequests = nil
    for question in open { question.pending.end(throwing: CancellationError()) }
    open = []
    touch()
    for continuation in onWaiter { continuation.resume(returning: nil) }
    onWaiter = []
    for waiter in waiters { answer(waiter) }
    waiters = []
  }

  private func touch() {
    state.lastUpdatedAt = exchange.server.clock.wallTime.description
    exchange.server.tell(of: self)
  }

  // MARK: - Questions

  func ask(_ questions: [(key: String, question: ServerQuestion)]) async throws -> [JSON] {
    if codec.features.has(.serverRequests) {
      var answers: [JSON] = []
      for entry in questions { answers.append(try await askInSession(entry.question)) }
      return answers
    }
    let asked = questions.map {
      OpenQuestion(key: unused($0.key), question: $0.question, pending: PendingAsk($0.question))
    }
    open += asked
    showQuestions()
    var answers: [JSON] = []
    for question in asked { answers.append(try await question.pending.answer()) }
    return answers
  }

  /// Takes what is usable among the answers; the other questions stay open.
  func update(_ answers: JSONObject) {
    for member in answers.members {
      guard let index = open.firstIndex(where: { $0.key == member.key }) else { continue }
      guard !open[index].question.rejects(member.value) else { continue }
      open.remove(at: index).pending.end(.result(member.value))
    }
    if outcome == nil { showQuestions() }
  }

  private func showQuestions() {
    state.status = open.isEmpty ? .working : .inputRequired
    let entries = open.map { ($0.key, codec.entry(of: $0.question)) }
    state.inputRequests = entries.isEmpty ? nil : JSONObject(entries)
    touch()
  }

  private func unused(_ key: String) -> String {
    var candidate = key
    var number = 2
    while !usedKeys.insert(candidate).inserted {
      candidate = "\(key)-\(number)"
      number += 1
    }
    return candidate
  }

  /// Goes to the client on the way of whoever waits for the outcome.
  private func askInSession(_ question: ServerQuestion) async throws -> JSON {
    guard let session = exchange.session else {
      throw ServerFault.internalError("there is no session to ask in")
    }
    state.status = .inputRequired
    touch()
    guard let waiter = await nextWaiter() else { throw CancellationError() }
    let answer = try await session.ask(
      question, mark: codec.taskMark(id), for: exchange, send: { waiter.sink.tell($0) })
    state.status = .working
    touch()
    return answer
  }

  private func nextWaiter() async -> Exchange? {
    if let waiter = waiters.first { return waiter }
    return await withCheckedContinuation { onWaiter.append($0) }
  }

  // MARK: - Waiting for the outcome

  /// Answers as the call itself would have been answered, as soon as that is known.
  func wait(_ exchange: Exchange) {
    guard outcome == nil else { return answer(exchange) }
    waiters.append(exchange)
    exchange.onEnd = { [weak self, weak exchange, after = exchange.onEnd] in
      after?()
      self?.waiters.removeAll { $0 === exchange }
    }
    for continuation in onWaiter { continuation.resume(returning: exchange) }
    onWaiter = []
  }

  private func answer(_ waiter: Exchange) {
    switch outcome {
    case .success(var body):
      var meta = body["_meta"]?.object ?? JSONObject()
      for member in codec.taskMark(id)?.members ?? [] { meta[member.key] = member.value }
      if !meta.isEmpty { body["_meta"] = .object(meta) }
      waiter.answer(body: body)
    case .failure(let error): waiter.fail(.own(error))
    case nil: return
    }
  }
}
