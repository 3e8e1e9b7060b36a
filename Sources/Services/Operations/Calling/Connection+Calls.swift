import Audit
import Authorization
import EventLoop
package import JSON
import MCPClient
import MCPEras
package import MCPProtocol
import Transports

/// How one call is made.
package struct CallWish: Sendable {
  package var onProgress: (@LoopActor @Sendable (ProgressUpdate) -> Void)?
  /// Hands a task over instead of following it to its end.
  package var detaches = false
  /// Asks for a task where the revision lets the client decide.
  package var asTask = false
  package var meta: JSONObject = [:]
  /// The arguments as the history is to keep them, where they hold what it must not.
  package var kept: JSON?

  package init() {}
}

/// The answer to a call with what is worth knowing of it.
package struct CallReport: Sendable, Hashable {
  /// As received, numbers and order included.
  package var result: JSON
  /// The same as it was written; nil where no message holds it by itself.
  package var text: JSONText?
  package var isError: Bool
  package var duration: Duration
  package var task: TaskState?
  /// How many times the server asked for input first.
  package var rounds: Int
  /// What was out of order in this answer.
  package var issues: [String]
  /// Size of the answer on the wire, of all rounds together.
  package var bytes: Int

  package init(
    result: JSON, text: JSONText? = nil, isError: Bool, duration: Duration, task: TaskState?,
    rounds: Int, issues: [String], bytes: Int
  ) {
    self.result = result
    self.text = text
    self.isError = isError
    self.duration = duration
    self.task = task
    self.rounds = rounds
    self.issues = issues
    self.bytes = bytes
  }
}

extension Connection {
  package func callTool(
    _ name: String, _ arguments: JSON?, schema: JSON? = nil, _ wish: CallWish = CallWish()
  ) async throws(OperationFailure) -> CallReport {
    var tool = ToolCall(name: name, arguments: arguments, inputSchema: schema)
    if wish.asTask { tool.task = TaskWish() }
    return try await run(.callTool(tool), name: name, wish)
  }

  package func readResource(
    _ uri: String, _ wish: CallWish = CallWish()
  ) async throws(OperationFailure) -> CallReport {
    try await run(.readResource(uri: uri), name: uri, wish)
  }

  package func getPrompt(
    _ name: String, _ arguments: JSONObject?, _ wish: CallWish = CallWish()
  ) async throws(OperationFailure) -> CallReport {
    try await run(.getPrompt(name: name, arguments: arguments), name: name, wish)
  }

  package func complete(
    _ question: CompletionQuestion
  ) async throws(OperationFailure) -> CallReport {
    try await run(.complete(question.call), name: question.argument, CallWish())
  }

  package func raw(
    _ method: String, _ params: JSON?, _ wish: CallWish = CallWish()
  ) async throws(OperationFailure) -> CallReport {
    try await run(.raw(method: method, params: params), name: "", wish)
  }

  /// How long a sign of life takes.
  package func ping() async throws(OperationFailure) -> Duration {
    let start = clock.now
    do { try await session.ping() } catch { throw failure(error) }
    return start.duration(to: clock.now)
  }

  package func setLogLevel(_ level: LogLevel) async throws(OperationFailure) {
    do { try await session.setLogLevel(level) } catch { throw failure(error) }
  }

  // MARK: - One way for all

  private func run(
    _ call: ClientCall, name: String, _ wish: CallWish
  ) async throws(OperationFailure) -> CallReport {
    var options = CallOptions(tasks: wish.detaches ? .handOver : .wait, meta: wish.meta)
    options.onProgress = wish.onProgress
    links.inbox.forgetRefusals()
    let (start, startedAt) = (clock.now, clock.wallTime)
    do {
      let answer = try await session.call(call, options)
      let report = report(answer, since: start)
      note(call, name, report, startedAt, wish.kept)
      return report
    } catch {
      note(call, name, error, startedAt, since: start, wish.kept)
      learn(from: error, of: call)
      throw failure(error)
    }
  }

  private func learn(from error: ClientError, of call: ClientCall) {
    guard case .refused(let refusal) = error.reason, case .callTool(let tool) = call else { return }
    links.scopes?.note(
      AuthorizationChallenge(status: refusal.status, fields: refusal.headers), of: tool.name)
  }

  private func report(_ answer: Answer, since start: LoopInstant) -> CallReport {
    CallReport(
      result: answer.result, text: answer.text, isError: answer.result.saysError,
      duration: start.duration(to: clock.now), task: answer.task, rounds: answer.rounds,
      issues: answer.issues.map(\.description), bytes: answer.bytes)
  }

  func failure(_ error: ClientError) -> OperationFailure {
    OperationFailure(error, target: target.label)
  }

  /// What the server asked while this call ran and could not be answered: the reason of many a failed call.
  package var unansweredQuestions: [String] { links.inbox.refusedQuestions }

  private func note(
    _ call: ClientCall, _ name: String, _ report: CallReport, _ at: WallTime, _ kept: JSON? = nil
  ) {
    note(
      call, name, at, report.duration, report.isError ? .toolError : .ok, answer: report.result,
      bytes: report.bytes, kept)
  }

  func note(
    _ call: ClientCall, _ name: String, _ error: ClientError, _ at: WallTime,
    since start: LoopInstant, _ kept: JSON? = nil
  ) {
    let outcome: JournalCall.Outcome =
      switch error.layer {
      case .timeout: .timedOut
      case .cancelled: .cancelled
      default: .failed
      }
    note(
      call, name, at, start.duration(to: clock.now), outcome,
      answer: ["error": .string(error.description)], bytes: 0, kept)
  }

  func note(
    _ call: ClientCall, _ name: String, _ at: WallTime, _ duration: Duration,
    _ outcome: JournalCall.Outcome, answer: JSON, bytes: Int, _ kept: JSON? = nil
  ) {
    guard let journal = links.journal else { return }
    journal.note(
      .call(
        JournalCall(
          session: links.session, startedAt: at.microseconds / 1000,
          milliseconds: duration.milliseconds, method: call.method ?? "", name: name,
          params: call.journalParams(keeping: kept), outcome: outcome, answer: answer,
          bytes: bytes)))
  }
}

extension ClientCall {
  /// What a replay needs.
  fileprivate func journalParams(keeping kept: JSON?) -> JSON {
    switch self {
    case .callTool(let tool): Self.object(name: tool.name, arguments: kept ?? tool.arguments)
    case .getPrompt(let name, let arguments):
      Self.object(name: name, arguments: arguments.map { .object($0) })
    case .readResource(let uri): ["uri": .string(uri)]
    case .complete(let call): ["argument": .string(call.argument), "value": .string(call.value)]
    case .raw(_, let params): params ?? .null
    default: .null
    }
  }

  private static func object(name: String, arguments: JSON?) -> JSON {
    var object: JSONObject = ["name": .string(name)]
    object["arguments"] = arguments
    return .object(object)
  }
}
