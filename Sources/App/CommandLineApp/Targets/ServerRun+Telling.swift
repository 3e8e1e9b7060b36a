import Arguments
import EventLoop
import JSON
import MCPProtocol
package import Operations
import SafeText

extension ServerRun {
  /// A line on standard error for whoever watches; never among the data. With `--json` only errors stand there, and
  /// with `--verbose` besides, notes as JSON.
  func say(_ sentence: String) {
    guard !wantsJSON || isVerbose else { return }
    bar.hide()
    let note: JSON = ["note": .string(sentence)]
    if wantsJSON {
      context.errors.document(note)
    } else {
      context.errors.line("alidade: \(SafeText(sentence).text)")
    }
    context.errors.flush()
  }

  func tell(_ event: ConnectionEvent) {
    switch event {
    case .stderr(let line):
      stderr.append(line)
      if stderr.count >= 2 * Self.stderrKept { stderr.removeFirst(Self.stderrKept) }
      if isVerbose, !isSilent { say("stderr: \(line)") }
    case .question(let question): answer(question)
    case .questionWithdrawn(let id): withdraw(id)
    case _ where isSilent: break
    case .finding(let sentence, let isMinor):
      if isVerbose || !isMinor { say(sentence) } else { keep(oddity: sentence) }
    case .serverLog(let level, let logger, let data):
      if isVerbose || arguments[LogRows.level] != nil || Self.alarming.contains(level) {
        say("server \(level)\(logger.map { " (\($0))" } ?? ""): \(data.string ?? data.compact)")
      }
    case .task(let task) where isVerbose:
      say("task \(task.id) \(task.status.rawValue)\(task.statusMessage.map { ": \($0)" } ?? "")")
    default: break
    }
  }

  private static let alarming: Set = ["error", "critical", "alert", "emergency"]

  private func keep(oddity sentence: String) {
    guard oddities.count < Self.odditiesKept, !oddities.contains(sentence) else { return }
    oddities.append(sentence)
  }

  private static let explainable: Set<ExitCode> = [.unreachable, .protocolError, .timedOut]

  /// The last words of a server that died are often the cause. Where another process was tried before, those of the
  /// one that failed; what it says when it is ended is no cause any more.
  func withLastWords(_ failure: CommandFailure) -> CommandFailure {
    var failure = failure
    let isExplained = failure.details["layer"] == "jsonrpc" || failure.details["stderr"] != nil
    guard Self.explainable.contains(failure.code), !isExplained, !stderr.isEmpty else {
      return failure
    }
    failure.details["stderr"] = .array(stderr.suffix(Self.stderrKept).map(JSON.string))
    return failure
  }

  /// Text where messages should be is a cause too; some of it comes to light only when the connection is closed.
  func explained(_ failure: CommandFailure) -> CommandFailure {
    var failure = failure
    bar.hide()
    tellData(of: failure)
    guard Self.explainable.contains(failure.code) else { return failure }
    if !oddities.isEmpty { failure.details["skipped"] = .array(oddities.map(JSON.string)) }
    guard !wantsJSON, !isVerbose else { return failure }
    for line in failure.details["stderr"]?.array ?? [] {
      context.errors.line("  | \(SafeText(line.string ?? "").text)")
    }
    for oddity in oddities { say(oddity) }
    return failure
  }

  private static let dataShown = 1000

  /// What a server's error says beside its sentence; as JSON it stands in the error itself.
  private func tellData(of failure: CommandFailure) {
    guard !wantsJSON, let data = failure.details["error"]?["data"], !data.isNull,
      data.string.map(failure.sentence.contains) != true
    else { return }
    say("the error's data: \(data.compact.prefix(Self.dataShown))")
  }

  /// A question of our own, on a terminal. Elsewhere it is refused in that sentence.
  func confirm(
    _ question: String, refusal: String, hint: String
  ) async throws(CommandFailure) -> Bool {
    guard let asker = desk.asker ?? (context.isAttended ? Asker(context) : nil) else {
      throw CommandFailure(.inputRequired, refusal, hint: hint)
    }
    let letter = await asker.inTurn {
      await asker.choice("\(SafeText(question).text) [y/N] ", ["n", "y"])
    }
    return letter == "y"
  }
}

extension Station.Settings {
  /// What every connection of this process is made with.
  package static func of(_ context: CommandContext) -> Station.Settings {
    Station.Settings(
      client: .init(name: "alidade", version: Release.version),
      environment: context.environment, directory: context.directory,
      stateFolder: StateFolder.path(in: context.environment), transports: context.transports)
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
