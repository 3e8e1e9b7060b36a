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
  let desk: InputDesk
  let station: Station
  private(set) var connection: Connection?
  /// The last lines of the server's standard error.
  var stderr: [String] = []
  /// Small oddities, such as text where messages should be: told when they may be the cause.
  var oddities: [String] = []
  /// The one line that shows how far the running call is.
  let bar: ProgressLine
  /// The answers that are being given, by question.
  private var answering: [Int: Task<Void, Never>] = [:]
  /// Takes everything the connection tells, in place of standard error.
  private var onEvent: (@LoopActor (ConnectionEvent) -> Void)?

  static let stderrKept = 20
  static let odditiesKept = 5
  /// A command does not wait for a server to come back as long as a window may.
  private static let retries = 3

  init(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandFailure) {
    self.arguments = arguments
    self.context = context
    desk = try InputDesk(arguments, context)
    station = Station(.of(context), loop: LoopActor.loop)
    bar = ProgressLine(context.errors)
    desk.asker?.onTurn = { [bar] begins in bar.isPaused = begins }
  }

  var isVerbose: Bool { arguments.has(TargetRows.verbose) }
  var wantsJSON: Bool { arguments.has(.json) }
  var isSilent: Bool { onEvent != nil }

  /// Opens the connection, has the work done, and closes whatever happens.
  static func with(
    _ arguments: ParsedArguments, _ context: CommandContext, to given: ServerDefinition? = nil,
    telling onEvent: (@LoopActor (ConnectionEvent) -> Void)? = nil,
    _ work: @LoopActor (ServerRun, Connection) async throws(CommandFailure) -> ExitCode
  ) async throws(CommandFailure) -> ExitCode {
    let run = try ServerRun(arguments, context)
    run.onEvent = onEvent
    let reader = TargetReader(arguments: arguments, context: context)
    let definition = if let given { given } else { try reader.definition() }
    var outcome: Result<ExitCode, CommandFailure>
    do throws(CommandFailure) {
      let connection = try await run.connect(to: definition)
      outcome = .success(try await work(run, connection))
    } catch {
      outcome = .failure(run.withLastWords(error))
    }
    if let misfit = run.desk.misfit { outcome = .failure(misfit) }
    // What is known is read at once, however long the server takes to leave.
    context.output.flush()
    if case .failure = outcome { await run.station.hurryServers() }
    await run.close()
    return try outcome.mapError(run.explained).get()
  }

  private func connect(to definition: ServerDefinition) async throws(CommandFailure) -> Connection {
    station.openJournal()
    var options = ConnectionOptions()
    desk.prepare(&options)
    options.forgets = arguments.has(TargetRows.fresh)
    options.retries = Self.retries
    if arguments.has(SignInRows.underway) { options.signIn = signInOffer }
    options.listens = isSilent
    if definition.tls.isInsecure { say("certificates are not checked (--insecure)") }
    do throws(OperationFailure) {
      let opened = try await station.connect(to: definition, options) { [weak self] in
        self?.take($0)
      }
      connection = opened
      if isVerbose { for line in opened.facts.evidence { say(line) } }
      try await setLogLevel(of: opened)
      return opened
    } catch {
      throw CommandFailure(error)
    }
  }

  private var signInOffer: SignInOffer {
    let prompt = SignInPrompt(context, station)
    return SignInOffer(
      SignInOrder(),
      prompt.scene { [self] step in
        for line in isVerbose ? step.lines : [step.line] { say(line) }
      })
  }

  private func setLogLevel(of connection: Connection) async throws(OperationFailure) {
    guard let level = arguments[LogRows.level] else { return }
    if !connection.hasLogging { say("the server says nothing of a log; asked for all the same") }
    do throws(OperationFailure) {
      try await connection.setLogLevel(LogLevel(rawValue: level))
    } catch {
      guard error.kind == .protocolError else { throw error }
      say("the log level was refused: \(error.sentence)")
    }
  }

  private func close() async {
    await connection?.close()
    await station.close()
    guard isVerbose else { return }
    for warning in station.warnings { say(warning) }
  }

  // MARK: - Asking the server

  /// Asks something of the server, with its failure in this program's terms. Where the server wants a page opened
  /// first and somebody can do so, asks again.
  func asked<Value: Sendable>(
    _ question: @LoopActor () async throws(OperationFailure) -> Value
  ) async throws(CommandFailure) -> Value {
    var rounds = 0
    while true {
      do throws(OperationFailure) { return try await question() } catch {
        rounds += 1
        guard rounds <= Self.pageRounds, await areAnswered(error.questions) else {
          throw CommandFailure(error)
        }
      }
    }
  }

  private static let pageRounds = 3

  private func areAnswered(_ questions: [InputRequest]) async -> Bool {
    guard !questions.isEmpty, desk.canAnswer else { return false }
    for question in questions {
      let answer = await desk.answer(to: question, of: serverName, station)
      guard answer.result?["action"] == "accept" else { return false }
    }
    return true
  }

  // MARK: - Answering the server

  /// The server as a question to the user names it.
  private var serverName: String {
    let facts = connection?.facts
    return facts?.server.map { $0.title ?? $0.name } ?? facts?.target ?? "the server"
  }

  func answer(_ question: ConnectionEvent.Question) {
    answering[question.id] = Task { @LoopActor in
      let answer = await desk.answer(to: question.request, of: serverName, station)
      answering[question.id] = nil
      if desk.misfit == nil {
        connection?.answer(question.id, answer)
      } else {
        await connection?.close()
      }
    }
  }

  func withdraw(_ question: Int) {
    guard let task = answering.removeValue(forKey: question) else { return }
    task.cancel()
    // Whoever ends the program knows.
    guard LoopActor.loop.interruption == nil else { return }
    context.errors.line()
    say("the server does not wait for the answer any more")
  }

  private func take(_ event: ConnectionEvent) {
    onEvent?(event)
    tell(event)
  }
}
