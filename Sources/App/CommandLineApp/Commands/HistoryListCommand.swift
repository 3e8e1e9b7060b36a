import Arguments
import Audit
import EventLoop
import JSON
import Operations

extension Command {
  static let historyList = Command(
    onLoop: CommandRow(
      "history list", in: .servers, summary: "List the calls that were made, the newest first",
      details: [
        "Every call of every command and of the window is kept, with its frames, in a bounded journal of this machine; secrets are masked in it."
      ],
      options: [
        HistoryRows.target, HistoryRows.method, HistoryRows.name, HistoryRows.outcome,
        HistoryRows.since, HistoryRows.limit, .json,
      ],
      examples: [
        .init("alidade history list --outcome failed --since 2h", "What went wrong lately"),
        .init("alidade history list --tool search --json", "For scripts"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    let query = try HistoryRows.query(arguments, now: LoopActor.loop.clock.wallTime)
    let calls = try await History.with(context) { station async throws(OperationFailure) in
      try await station.calls(query)
    }
    if arguments.has(.json) {
      let document: JSON = ["calls": .array(calls.map(\.summary))]
      context.output.document(document)
    } else if calls.isEmpty {
      context.output.line("no calls")
    } else {
      let table = TextTable(header: RecordedCall.header, rows: calls.map(\.row))
      for line in table.lines { context.output.line(line) }
    }
    return .ok
  }

  static let historyShow = Command(
    onLoop: CommandRow(
      "history show", in: .servers, summary: "Show one call with its frames and timings",
      positionals: [HistoryRows.number], options: [TargetRows.verbose, .json],
      examples: [.init("alidade history show 12", "Parameters, answer, HTTP exchange, frames")])
  ) { arguments, context async throws(CommandFailure) in
    let number = try HistoryRows.number(arguments)
    let found = try await History.call(number, context)
    let frames = try await History.with(context) { station async throws(OperationFailure) in
      try await station.frames(of: found)
    }
    if arguments.has(.json) {
      context.output.document(found.json(with: frames))
    } else {
      let lines = found.lines(with: frames, isVerbose: arguments.has(TargetRows.verbose))
      for line in lines { context.output.line(line) }
    }
    return .ok
  }
}
