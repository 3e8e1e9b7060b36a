import Arguments
import EventLoop
import JSON
import Operations

extension Command {
  static let ping = Command(
    onLoop: CommandRow(
      "ping", in: .servers, summary: "See whether a server answers, and how fast",
      positionals: [TargetRows.target],
      options: [PingRows.count] + TargetRows.reaching, rest: TargetRows.command,
      examples: [.init("alidade ping https://mcp.example.com/mcp --count 5", "Five round trips")])
  ) { arguments, context async throws(CommandFailure) in
    try await ServerRun.with(arguments, context) { run, connection async throws(CommandFailure) in
      var times: [Double] = []
      for _ in 0..<(run.arguments.integer(PingRows.count) ?? 1) {
        let time = try await run.asked { () async throws(OperationFailure) in
          try await connection.ping()
        }
        times.append(time.roundedMilliseconds)
        if !run.wantsJSON { run.context.output.line("answered in \(times[times.count - 1]) ms") }
        run.context.output.flush()
      }
      if run.wantsJSON {
        let json: JSON = [
          "milliseconds": .array(times.map { .number(JSONNumber($0)) }),
          "openedIn": .number(JSONNumber(connection.openedIn.roundedMilliseconds)),
        ]
        run.context.output.document(json)
      }
      return .ok
    }
  }
}

enum PingRows {
  static let count = OptionRow(
    "count", short: "n", takes: ValueRow("N", .integer(1...100_000)), help: "Ask that many times")
}
