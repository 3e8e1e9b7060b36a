import Arguments
import Diagnostics
import EventLoop
import JSON
import Operations
import Settings

extension Command {
  static let check = Command(
    onLoop: CommandRow(
      "check", in: .servers, summary: "Review what a server offers: names, schemas, costs, poison",
      details: [
        "Looks at names, descriptions, schemas, annotations, the cost of the tool list, hidden text, orders to the model "
          + "and tools that stand in front of another server's, all on this machine. Tools that say that they only read and "
          + "need no arguments are called, others where --call names them.",
        "The exit code is 2 where an error was found.",
      ],
      positionals: [TargetRows.target],
      options: [CheckRows.call, DoctorRows.format, DoctorRows.failOn] + TargetRows.options,
      rest: TargetRows.command,
      examples: [
        .init("alidade check https://mcp.example.com/mcp", "Everything that can be seen"),
        .init("alidade check --fail-on warning --format sarif -- python server.py", "As a gate"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    try await ServerRun.with(arguments, context) { run, connection async throws(CommandFailure) in
      try await CheckRows.check(run, connection)
    }
  }
}

enum CheckRows {
  static let call = OptionRow(
    "call", takes: ValueRow("TOOL", .known("tools")), repeats: true,
    help: "Call that tool, too, without arguments")

  @LoopActor
  static func check(
    _ run: ServerRun, _ connection: Connection
  ) async throws(CommandFailure) -> ExitCode {
    let review = Review(
      connection, others: others(run), allowed: run.arguments.all(call))
    let findings = try await run.asked { () async throws(OperationFailure) in
      try await review.run()
    }
    let sheet = ReportSheet(arguments: run.arguments, context: run.context)
    if sheet.format == .text { sheet.tell(findings) }
    sheet.write(DoctorReport(target: connection.facts.target, findings: findings))
    return findings.firstFailure(from: sheet.level) == nil ? .ok : .failedAnswer
  }

  /// What other servers of this machine are known to offer.
  @LoopActor
  private static func others(_ run: ServerRun) -> [(server: String, tools: Set<String>)] {
    Review.others(
      than: run.connection?.facts.target ?? "",
      of: KnownServers(run.context).sources.flatMap(\.result.servers),
      seenIn: StateFolder.path(in: run.context.environment))
  }
}
