import Arguments
import EventLoop
import JSON
import JSONSchema
import MCPProtocol
import Operations

extension Command {
  static let call = Command(
    onLoop: CommandRow(
      "call", in: .servers, summary: "Call a tool",
      details: [
        "Arguments are words: key=value is read as the tool's schema wants it, key:=JSON is sent as it stands, "
          + "and a key that comes again fills an array. They are checked against the schema before they are sent.",
        "A call that becomes a task is followed to its end, unless --detach is given.",
        "The exit code is 2 when the tool answers that it failed.",
      ],
      positionals: [TargetRows.target, CallRows.tool, CallArguments.words],
      options: [
        CallArguments.args, CallArguments.noValidate, ServerRun.output, CallRows.asTask,
        CallRows.detach, LogRows.level,
      ]
        + InputRows.options + TargetRows.reaching,
      rest: TargetRows.command,
      examples: [
        .init(
          "alidade call https://mcp.example.com/mcp search q=invoice limit=5", "Typed by the schema"
        ),
        .init("alidade call --args @call.json search -- python server.py", "Arguments from a file"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    try await ServerRun.with(arguments, context) { run, connection async throws(CommandFailure) in
      try await CallRows.call(run, connection)
    }
  }
}

enum CallRows {
  static let tool = PositionalRow(ValueRow("TOOL", .known("tools")), help: "The tool's name")

  static let asTask = OptionRow(
    "task", help: "Ask for a task where the server leaves that to its clients")
  static let detach = OptionRow(
    "detach", help: "Name a task that the call becomes instead of following it")

  @LoopActor
  static func call(
    _ run: ServerRun, _ connection: Connection
  ) async throws(CommandFailure) -> ExitCode {
    let name = run.arguments[tool] ?? ""
    let descriptor = try await descriptor(of: name, run, connection)
    let schema = descriptor?["inputSchema"]
    let reader = CallArguments(arguments: run.arguments, context: run.context)
    let given = try reader.object(schema: schema)
    try reader.check(given, against: schema, of: "'\(name)'", tell: run.say)
    let wish = wish(run, descriptor)
    let report = try await run.asked { () async throws(OperationFailure) in
      try await connection.callTool(name, .object(given ?? [:]), schema: schema, wish)
    }
    if wish.detaches, let task = report.task {
      run.say("task \(task.id) goes on; tasks/get with taskId=\(task.id) tells of it")
      try run.show(report, ResultText.any)
      return .ok
    }
    checkOutput(report.result, against: descriptor?["outputSchema"], run)
    try run.show(report, ResultText.tool)
    guard report.isError else { return .ok }
    return try verdict(run, connection)
  }

  /// A tool may want to be called as a task and no other way.
  @LoopActor
  private static func wish(_ run: ServerRun, _ descriptor: JSON?) -> CallWish {
    var wish = run.wish
    let support = descriptor?["execution"]?["taskSupport"]?.string.map(TaskSupport.init(rawValue:))
    wish.asTask = run.arguments.has(asTask) || support == .required
    wish.detaches = run.arguments.has(detach)
    return wish
  }

  /// The tool as listed. A server that keeps no list is taken at the user's word.
  @LoopActor
  private static func descriptor(
    of name: String, _ run: ServerRun, _ connection: Connection
  ) async throws(CommandFailure) -> JSON? {
    let report: ListReport
    do { report = try await connection.list(.tools) } catch {
      guard error.kind == .protocolError else { throw CommandFailure(error) }
      run.say("the tools cannot be listed, so nothing is checked: \(error.sentence)")
      return nil
    }
    let isForced = run.arguments.has(CallArguments.noValidate)
    if let index = report.items.firstIndex(where: { $0["name"]?.string == name }) {
      guard let why = report.rejections[index], !isForced else { return report.items[index] }
      throw CommandFailure(
        .protocolError, "'\(name)' must not be called over HTTP: \(why)",
        hint: "--no-validate calls it all the same")
    }
    if isForced { return nil }
    let near = Spelling.nearest(to: name, in: report.items.compactMap { $0["name"]?.string })
    throw CommandFailure(
      .usage, "the server has no tool '\(name)'",
      hint: near.isEmpty
        ? "--no-validate calls it all the same"
        : "did you mean \(near.map { "'\($0)'" }.joined(separator: ", "))?")
  }

  @LoopActor
  private static func checkOutput(_ result: JSON, against schema: JSON?, _ run: ServerRun) {
    guard let schema, !result.saysError else { return }
    guard let structured = result["structuredContent"] else {
      run.say("the tool declares an output schema and answers without structured content")
      return
    }
    let check = SchemaValidator(schema, options: .ofServers).validate(structured)
    let what =
      check.isUndecided
      ? "the tool's output schema is broken" : "the answer breaks the tool's output schema"
    for violation in check.violations.prefix(5) { run.say("\(what): \(violation.sentence)") }
  }

  /// A call that failed because a question went unanswered needs other means than one that failed by itself.
  @LoopActor
  private static func verdict(
    _ run: ServerRun, _ connection: Connection
  ) throws(CommandFailure) -> ExitCode {
    guard let first = connection.unansweredQuestions.first else { return .failedAnswer }
    throw CommandFailure(
      .inputRequired, "the server asked (\(first)) and there was nobody to answer",
      hint: "answer at a terminal, or give the answers with --answers FILE")
  }
}
