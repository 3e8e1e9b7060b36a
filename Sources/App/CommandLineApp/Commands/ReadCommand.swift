import Arguments
import EventLoop
import Operations

extension Command {
  static let read = Command(
    onLoop: CommandRow(
      "read", in: .servers, summary: "Read a resource",
      positionals: [TargetRows.target, ReadRows.uri],
      options: [ServerRun.output] + InputRows.options + TargetRows.reaching,
      rest: TargetRows.command,
      examples: [
        .init("alidade read https://mcp.example.com/mcp file:///notes.txt", "Its text"),
        .init("alidade read @files file:///logo.png -o logo.png", "A blob into a file"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    try await ServerRun.with(arguments, context) { run, connection async throws(CommandFailure) in
      let uri = run.arguments[ReadRows.uri] ?? ""
      let report = try await run.asked(orSuggest: uri, from: [.resources, .templates]) {
        () async throws(OperationFailure) in
        try await connection.readResource(uri, run.wish)
      }
      try run.show(report, ResultText.read)
      return .ok
    }
  }
}

enum ReadRows {
  static let uri = PositionalRow(ValueRow("URI", .known("uris")), help: "The resource's address")
}
