import Arguments
import Audit
import EventLoop
import JSON
import Operations
import SafeText
import Settings

extension Command {
  static let historyReplay = Command(
    onLoop: CommandRow(
      "history replay", in: .servers, summary: "Make a call of the past once more",
      details: [
        "The call goes to the target it went to, unless another is named. Credentials are not kept: those of the "
          + "catalog are taken from there, others are given again with -H or -e.",
        "A call that may change something is asked about first; where nobody can be asked it needs --yes.",
      ],
      positionals: [
        HistoryRows.number,
        PositionalRow(
          TargetRows.target.value, .optional, yieldsToRest: true,
          help: "Another target than the one it went to"),
      ],
      options: [ReplayRows.yes, ServerRun.output] + InputRows.options + TargetRows.reaching,
      rest: TargetRows.command,
      examples: [
        .init("alidade history replay 12", "To the same server"),
        .init("alidade history replay 12 --yes --json -- python server.py", "To another one"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    let recorded = try await History.call(try HistoryRows.number(arguments), context)
    let replay = Replay(recorded: recorded, arguments: arguments, context: context)
    let definition = try replay.definition()
    try replay.checkParameters()
    return try await ServerRun.with(arguments, context, to: definition) {
      run, connection async throws(CommandFailure) in
      try await replay.run(run, connection)
    }
  }
}

enum ReplayRows {
  static let yes = OptionRow("yes", short: "y", help: "Do not ask, even if it may change something")
}

/// One call of the past on its way to be made again.
struct Replay {
  let recorded: RecordedCall
  let arguments: ParsedArguments
  let context: CommandContext

  // MARK: - Where to

  func definition() throws(CommandFailure) -> ServerDefinition {
    let named = arguments[TargetRows.target] != nil || !arguments.rest.isEmpty
    let definition = try TargetReader(
      arguments: named ? arguments : recordedArguments(), context: context
    ).definition()
    let values =
      definition.words + [definition.url ?? ""] + definition.headers.map(\.value)
      + definition.environment.map(\.value)
    guard !values.contains(where: { $0.contains(Secret.mask) }) else {
      throw CommandFailure(
        .usage, "call #\(recorded.number) was made with secrets, which the history does not keep",
        hint: "give them again with -H or -e, or name the target: \(recorded.targetWords)")
    }
    return definition
  }

  /// The recorded words as if they stood here, with the options that do stand here after them.
  private func recordedArguments() throws(CommandFailure) -> ParsedArguments {
    var options = recorded.words
    var rest: [String] = []
    if let dashes = options.firstIndex(of: "--") {
      rest = Array(options[dashes...])
      options.removeSubrange(dashes...)
    }
    options += arguments.all(TargetRows.header).flatMap { ["-H", $0] }
    options += arguments.all(TargetRows.variable).flatMap { ["-e", $0] }
    let words = [Command.ping.row.name] + options + rest
    guard !recorded.words.isEmpty else {
      throw CommandFailure(
        .usage, "the history does not say where call #\(recorded.number) went to",
        hint: "name the target: \(ShellWords.join([recorded.target]))")
    }
    do throws(ArgumentError) {
      if case .run(let parsed) = try Grammar.alidade.parse(words) { return parsed }
    } catch {
      throw CommandFailure(error, program: Grammar.alidade.program)
    }
    throw CommandFailure(.usage, "the target of call #\(recorded.number) cannot be read")
  }

  // MARK: - What

  func checkParameters() throws(CommandFailure) {
    guard recorded.call.params.compact.contains(Secret.mask) else { return }
    throw CommandFailure(
      .usage,
      "call #\(recorded.number) had secrets among its parameters, which the history does not keep",
      hint: "make the call anew with `alidade call`")
  }

  @LoopActor
  func run(_ run: ServerRun, _ connection: Connection) async throws(CommandFailure) -> ExitCode {
    let call = recorded.call
    if call.params.isNull, let list = CatalogList(method: call.method) {
      return try await self.list(list, run, connection)
    }
    let schema = try await consent(run, connection)
    let report = try await run.asked { () async throws(OperationFailure) in
      call.method == Self.toolCall
        ? try await connection.callTool(
          call.name, call.params["arguments"], schema: schema, run.wish)
        : try await connection.raw(call.method, call.params, run.wish)
    }
    try run.show(report, ResultText.lines(for: call.method))
    run.say(comparison(report.result))
    return report.isError ? .failedAnswer : .ok
  }

  /// A whole list, as it was asked for.
  @LoopActor
  private func list(
    _ list: CatalogList, _ run: ServerRun, _ connection: Connection
  ) async throws(CommandFailure) -> ExitCode {
    let report = try await run.asked { () async throws(OperationFailure) in
      try await connection.recordedList(list)
    }
    ListRows.show(report, run)
    if let failure = report.failure { throw CommandFailure(failure) }
    run.say(comparison(report.json))
    return .ok
  }

  private static let toolCall = "tools/call"

  /// The tool's schema, once it is settled that the call may be made.
  @LoopActor
  private func consent(
    _ run: ServerRun, _ connection: Connection
  ) async throws(CommandFailure) -> JSON? {
    let call = recorded.call
    if KnownMethods.isIdempotent(call.method) { return nil }
    var tool: JSON?
    if call.method == Self.toolCall {
      tool = try await run.asked { () async throws(OperationFailure) in
        try await connection.list(.tools).items.first { $0["name"]?.string == call.name }
      }
    }
    if tool?["annotations"]?["readOnlyHint"] == true || arguments.has(ReplayRows.yes) {
      return tool?["inputSchema"]
    }
    let what = call.name.isEmpty ? call.method : "'\(call.name)'"
    let isSure = try await run.confirm(
      "\(what) is not marked as read-only. Call it again with \(call.params.compact)?",
      refusal: "\(what) may change something, and there is nobody to ask", hint: "--yes replays it")
    guard isSure else { throw CommandFailure(.interrupted, "nothing was sent") }
    return tool?["inputSchema"]
  }

  private func comparison(_ answer: JSON) -> String {
    let before = recorded.call.answer
    if before["notKept"] != nil { return "the earlier answer was too large to be kept" }
    let changes = before.diff(to: answer.masked).changes
    guard let first = changes.first else { return "the same answer as #\(recorded.number)" }
    let rest = changes.count == 1 ? "" : ", and \(changes.count - 1) more differences"
    return "another answer than #\(recorded.number): \(first)\(rest)"
  }
}
