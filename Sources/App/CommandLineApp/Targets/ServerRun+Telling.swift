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
    context.errors.line(wantsJSON ? note.compact : "alidade: \(SafeText(sentence).text)")
    context.errors.flush()
  }

  func tell(_ event: ConnectionEvent) {
    switch event {
    case .stderr(let line):
      stderr = stderr.suffix(Self.stderrKept - 1) + [line]
      if isVerbose, !isSilent { say("stderr: \(line)") }
    case .question(let question): answer(question)
    case .questionWithdrawn(let id): withdraw(id)
    case _ where isSilent: break
    case .finding(let sentence, let isMinor): if isVerbose || !isMinor { say(sentence) }
    case .serverLog(let level, let logger, let data):
      if isVerbose || arguments[LogRows.level] != nil || Self.alarming.contains(level) {
        say("server \(level)\(logger.map { " (\($0))" } ?? ""): \(data.string ?? data.compact)")
      }
    case .reopening: say("the server had forgotten the session; opening a new one")
    default: break
    }
  }

  private static let alarming: Set = ["error", "critical", "alert", "emergency"]

  /// The last words of a server that died are often the cause.
  func explained(_ failure: CommandFailure) -> CommandFailure {
    var failure = failure
    bar.hide()
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
