import Arguments
import Audit
import EventLoop
import JSON
import JSONSchema
import Operations
import SafeText

extension Command {
  private static let which = PositionalRow(
    ValueRow("ROWS"), help: "The number of an event, or several: 12, 12..20, 3,7..9")

  static let auditReplay = Command(
    onLoop: CommandRow(
      "audit replay", in: .serving, summary: "Make calls of the audit once more",
      details: [
        "The events are those of the store, or of a log with --file. The calls go to the target, one after the other, and what comes of each is told beside what came of it then.",
        "A call that may change something is asked about, each by itself; where nobody can be asked it needs --yes. Calls of tools that are gone, or whose arguments no longer fit, are not sent.",
      ],
      positionals: [which, TargetRows.optionalTarget],
      options: [ReplayRows.yes] + LogInput.options + RecordRows.places + InputRows.options
        + TargetRows.reaching,
      rest: TargetRows.command,
      examples: [
        .init("alidade audit replay 12 @alumia", "One call"),
        .init("alidade audit replay 3..9 --file audit.ndjson --yes -- python server.py", "A range"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    let desk = RecordDesk(arguments, context)
    let ranges = try RowRanges(arguments[which] ?? "")
    let rows = try await desk.records(ranges, arguments)
    guard !rows.isEmpty else {
      throw CommandFailure(.usage, "there is no event \(arguments[which] ?? "")")
    }
    return try await ServerRun.with(arguments, context) {
      run, connection async throws(CommandFailure) in
      let tools = try await run.asked { () async throws(OperationFailure) in
        try await connection.list(.tools).items
      }
      var code = ExitCode.ok
      for row in rows {
        let replay = RowReplay(row: row, run: run, connection: connection)
        let word = try await replay.run(tools)
        replay.tell(word)
        if case .skipped = word { code = .failedAnswer }
      }
      return code
    }
  }
}

/// The numbers that a person asks for.
struct RowRanges {
  let ranges: [ClosedRange<Int>]

  private static let most = 10_000

  init(_ text: String) throws(CommandFailure) {
    var ranges: [ClosedRange<Int>] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "..", omittingEmptySubsequences: false).map { Int($0) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
        first > 0, first <= last, last - first < Self.most
      else {
        throw CommandFailure(
          .usage, "'\(text)' names no events", hint: "write 12, 12..20 or 3,7..9")
      }
      ranges.append(first...last)
    }
    self.ranges = ranges
  }

  func has(_ number: Int) -> Bool { ranges.contains { $0.contains(number) } }
}

/// One row of a log on its way to be made again.
@LoopActor
struct RowReplay {
  enum Outcome {
    case done(String)
    case skipped(String)
  }

  let row: (number: Int, record: LogRecord)
  let run: ServerRun
  let connection: Connection

  func run(_ tools: [JSON]) async throws(CommandFailure) -> Outcome {
    if let problem = row.record.replayProblem { return .skipped(problem) }
    guard let tool = tools.first(where: { $0["name"]?.string == row.record.tool }) else {
      return .skipped("the tool is gone")
    }
    guard let arguments else { return .skipped("its arguments are no JSON") }
    if let schema = tool["inputSchema"],
      let violation = SchemaValidator(schema).validate(arguments).violations.first
    {
      return .skipped("the tool has changed: \(violation.sentence)")
    }
    guard try await isAgreed(tool, arguments) else { return .skipped("nobody agreed to it") }
    let report: CallReport
    do throws(OperationFailure) {
      report = try await connection.callTool(
        row.record.tool, arguments, schema: tool["inputSchema"], run.wish)
    } catch { return .done("failed: \(error.sentence)") }
    return .done(report.isError ? "tool-error" : "ok")
  }

  private var arguments: JSON? {
    let text = row.record.arguments
    guard !text.isEmpty, text != "null" else { return [:] }
    do throws(JSONError) { return try JSON.parse(text) } catch { return nil }
  }

  private func isAgreed(_ tool: JSON, _ arguments: JSON) async throws(CommandFailure) -> Bool {
    let isHarmless = tool["annotations"]?["readOnlyHint"] == true && !row.record.isMutating
    if isHarmless || run.arguments.has(ReplayRows.yes) { return true }
    return try await run.confirm(
      "#\(row.number) '\(row.record.tool)' may change something. Call it again with \(arguments.compact)?",
      refusal:
        "#\(row.number) '\(row.record.tool)' may change something, and there is nobody to ask",
      hint: "--yes replays it")
  }

  func tell(_ outcome: Outcome) {
    let (before, tool) = (row.record.outcome, SafeText(row.record.tool).text)
    let (now, words) =
      switch outcome {
      case .done(let word): (word, word == before ? "\(word), as before" : "\(word), was \(before)")
      case .skipped(let why): ("skipped", "not sent: \(why)")
      }
    guard run.wantsJSON else {
      return run.context.output.line("#\(row.number) \(tool): \(SafeText(words).text)")
    }
    let line: JSON = [
      "number": .number(JSONNumber(row.number)), "tool": .string(row.record.tool),
      "then": .string(before), "now": .string(now), "words": .string(words),
    ]
    run.context.output.line(line.compact)
  }
}

extension RecordDesk {
  /// The events of those numbers, in their order.
  fileprivate func records(
    _ ranges: RowRanges, _ arguments: ParsedArguments
  ) async throws(CommandFailure) -> [(number: Int, record: LogRecord)] {
    if let input = try LogInput(arguments) {
      return try input.read(context).rows(AuditFilter()).filter { ranges.has($0.number) }
        .map { ($0.number, $0.record) }
    }
    let store = try await audit()
    var found: [(number: Int, record: LogRecord)] = []
    for range in ranges.ranges {
      let entries = try await audited { () async throws(AuditError) in
        try await store.page(after: Int64(range.lowerBound - 1), limit: range.count).entries
      }
      found += entries.filter { range.contains(Int($0.number)) }.map { (Int($0.number), $0.record) }
    }
    await store.close()
    return found
  }
}
