import Arguments
import EventLoop
import JSON
import Operations

extension Command {
  static let list = Command(
    onLoop: CommandRow(
      "list", in: .servers, summary: "List what a server offers",
      positionals: [ListRows.kind, TargetRows.target], options: TargetRows.reaching,
      rest: TargetRows.command,
      examples: [
        .init("alidade list tools https://mcp.example.com/mcp", "All pages of the tool list"),
        .init("alidade list https://mcp.example.com/mcp", "Every list that the server says it has"),
        .init("alidade list prompts --json -- python server.py", "A server to start, as JSON"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    try await ServerRun.with(arguments, context) { run, connection async throws(CommandFailure) in
      try await ListRows.list(run, connection)
    }
  }
}

enum ListRows {
  static let kind = PositionalRow(
    ValueRow("KIND", .choice(CatalogList.allCases.map(\.rawValue))), .optional,
    help: "What to list; without it, everything")

  @LoopActor
  static func list(
    _ run: ServerRun, _ connection: Connection
  ) async throws(CommandFailure) -> ExitCode {
    guard let kind = run.arguments[kind].flatMap(CatalogList.init(rawValue:)) else {
      return try await EveryList.show(run, connection)
    }
    do throws(OperationFailure) {
      let report = try await connection.recordedList(kind)
      show(report, run)
      if let failure = report.failure { throw failure }
      return .ok
    } catch {
      throw CommandFailure(error)
    }
  }

  @LoopActor
  static func show(_ report: ListReport, _ run: ServerRun) {
    guard run.wantsJSON else {
      for line in ListText.lines(report) { run.context.output.line(line) }
      return
    }
    run.context.output.document(report.json, asReceived: report.text)
  }
}
