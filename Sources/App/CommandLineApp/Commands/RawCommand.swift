import Arguments
import EventLoop
import JSON
import Operations

extension Command {
  static let raw = Command(
    onLoop: CommandRow(
      "raw", in: .servers, summary: "Send any request and show its result",
      positionals: [TargetRows.target, RawRows.method],
      options: [CallArguments.args, LogRows.level] + InputRows.options + TargetRows.reaching,
      rest: TargetRows.command,
      examples: [
        .init(
          "alidade raw https://mcp.example.com/mcp tools/list --args '{}'", "The result as it came")
      ])
  ) { arguments, context async throws(CommandFailure) in
    try await ServerRun.with(arguments, context) { run, connection async throws(CommandFailure) in
      let method = run.arguments[RawRows.method] ?? ""
      let params = try CallArguments(arguments: run.arguments, context: run.context)
        .object(schema: nil)
      let report = try await run.asked { () async throws(OperationFailure) in
        try await connection.raw(method, params.map { .object($0) }, run.wish)
      }
      try run.show(report, ResultText.any)
      return .ok
    }
  }
}

enum RawRows {
  static let method = PositionalRow(
    ValueRow("METHOD", .known("methods")), help: "The method, as `tools/list`")
}
