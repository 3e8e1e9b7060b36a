import Arguments
import EventLoop
import JSON
import MCPProtocol
import Operations
import SafeText
import Settings

/// One command with one server: connects, does the work, tells what is worth telling, and closes in order.
@LoopActor
final class ServerRun {
  let arguments: ParsedArguments
  let context: CommandContext
  private(set) var answers: AnswerSheet
  private var station: Station?
  private(set) var connection: Connection?
  private var stderr: [String] = []
  /// Further takers of what the connection tells, after this run has had its look.
  var onEvent: (@LoopActor (ConnectionEvent) -> Void)?

  static let stderrKept = 20

  init(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandFailure) {
    self.arguments = arguments
    self.context = context
    answers = try AnswerSheet(arguments, context)
  }

  var isVerbose: Bool { arguments.has(TargetRows.verbose) }
  var wantsJSON: Bool { arguments.has(.json) }

  /// Opens the connection, has the work done, and closes whatever happens.
  static func with(
    _ arguments: ParsedArguments, _ context: CommandContext,
    _ work: @LoopActor (ServerRun, Connection) async throws(CommandFailure) -> ExitCode
  ) async throws(CommandFailure) -> ExitCode {
    let run = try ServerRun(arguments, context)
    let definition = try TargetReader(arguments: arguments, context: context).definition()
    let outcome: Result<ExitCode, CommandFailure>
    do throws(CommandFailure) {
      let connection = try await run.connect(to: definition)
      outcome = .success(try await work(run, connection))
    } catch {
      outcome = .failure(run.explained(error))
    }
    await run.close()
    return try outcome.get()
  }

  private func connect(to definition: ServerDefinition) async throws(CommandFailure) -> Connection {
    let station = Station(.of(context), loop: LoopActor.loop)
    self.station = station
    await station.openJournal()
    var options = ConnectionOptions()
    options.features = answers.features
    options.forgets = arguments.has(TargetRows.fresh)
    if definition.tls.isInsecure { say("certificates are not checked (--insecure)") }
    do {
      let opened = try await station.connect(to: definition, options) { [weak self] in
        self?.take($0)
      }
      connection = opened
      if isVerbose { tell(opened.facts) }
      return opened
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Asks something of the server, with its failure in this program's terms.
  func asked<Value: Sendable>(
    _ question: @LoopActor () async throws(OperationFailure) -> Value
  ) async throws(CommandFailure) -> Value {
    do throws(OperationFailure) { return try await question() } catch {
      throw CommandFailure(error)
    }
  }

  private func close() async {
    await connection?.close()
    await station?.close()
    guard isVerbose else { return }
    for warning in station?.warnings ?? [] { say(warning) }
  }

  // MARK: - Telling

  /// A line on standard error for whoever watches; never among the data. With `--json` only errors stand there.
  func say(_ sentence: String) {
    guard !wantsJSON || isVerbose else { return }
    context.errors.line("alidade: \(SafeText(sentence).text)")
    context.errors.flush()
  }

  private func tell(_ facts: ConnectionFacts) {
    for line in facts.evidence { say(line) }
  }

  private func take(_ event: ConnectionEvent) {
    switch event {
    case .stderr(let line):
      stderr = stderr.suffix(Self.stderrKept - 1) + [line]
      if isVerbose { say("stderr: \(line)") }
    case .finding(let sentence, let isMinor): if isVerbose || !isMinor { say(sentence) }
    case .serverLog(let level, let logger, let data):
      if isVerbose || Self.alarming.contains(level) {
        say("server \(level)\(logger.map { " (\($0))" } ?? ""): \(data.string ?? data.compact)")
      }
    case .reopening: say("the server had forgotten the session; opening a new one")
    case .question(let question): answer(question)
    default: break
    }
    onEvent?(event)
  }

  private static let alarming: Set = ["error", "critical", "alert", "emergency"]

  private func answer(_ question: ConnectionEvent.Question) {
    Task { @LoopActor in
      let answer = await answers.answer(to: question.request)
      connection?.answer(question.id, answer)
    }
  }

  /// The last words of a server that died are often the cause.
  private func explained(_ failure: CommandFailure) -> CommandFailure {
    var failure = failure
    guard !stderr.isEmpty, [.unreachable, .protocolError, .timedOut].contains(failure.code) else {
      return failure
    }
    if failure.details["stderr"] == nil {
      failure.details["stderr"] = .array(stderr.map(JSON.string))
    }
    if !wantsJSON, !isVerbose {
      for line in stderr { context.errors.line("  | \(SafeText(line).text)") }
    }
    return failure
  }
}

extension Station.Settings {
  static func of(_ context: CommandContext) -> Station.Settings {
    Station.Settings(
      client: Implementation(name: "alidade", version: Release.version),
      environment: context.environment, directory: context.directory,
      stateFolder: StateFolder.path(in: context.environment))
  }
}

extension CommandFailure {
  private static let codes: [OperationFailure.Kind: ExitCode] = [
    .usage: .usage, .unauthorized: .unauthorized, .unreachable: .unreachable,
    .protocolError: .protocolError, .inputRequired: .inputRequired, .timedOut: .timedOut,
    .interrupted: .interrupted,
  ]

  init(_ failure: OperationFailure) {
    self.init(
      Self.codes[failure.kind] ?? .protocolError, failure.sentence, hint: failure.hint,
      details: failure.details)
  }
}
