import Arguments
import EventLoop
import JSON
import Operations

extension Command {
  static let prompt = Command(
    onLoop: CommandRow(
      "prompt", in: .servers, summary: "Get a prompt with its arguments filled in",
      positionals: [TargetRows.target, PromptRows.name, CallArguments.words],
      options: [CallArguments.args, LogRows.level] + InputRows.options + TargetRows.reaching,
      rest: TargetRows.command,
      examples: [
        .init("alidade prompt https://mcp.example.com/mcp review language=swift", "Its messages")
      ])
  ) { arguments, context async throws(CommandFailure) in
    try await ServerRun.with(arguments, context) { run, connection async throws(CommandFailure) in
      let name = run.arguments[PromptRows.name] ?? ""
      let given = try CallArguments(arguments: run.arguments, context: run.context)
        .object(schema: nil)
      let report = try await run.asked(orSuggest: name, from: [.prompts]) {
        () async throws(OperationFailure) in
        try await connection.getPrompt(name, given, run.wish)
      }
      try run.show(report, ResultText.prompt)
      return .ok
    }
  }
}

enum PromptRows {
  static let name = PositionalRow(ValueRow("PROMPT", .known("prompts")), help: "The prompt's name")
}
