import Arguments
import Audit
import EventLoop
import JSON
import SafeText

/// A log that a command reads in place of the store: a file or standard input, of any program that is known.
struct LogInput {
  static let file = OptionRow(
    "file", takes: ValueRow("FILE", .file),
    help: "A log of lines of JSON in place of the store; - is standard input")
  static let profile = OptionRow(
    "profile", takes: ValueRow("PROFILE", .choice(LogProfile.all.map(\.id))),
    help: "Who wrote that log; without it its first lines tell")
  static let level = OptionRow(
    "level",
    takes: ValueRow("LEVEL", .choice(LogRecord.Level.allCases.map(\.word))),
    help: "That level and worse")

  static let options = [file, profile]

  let name: String
  private let wanted: LogProfile?

  /// Nil where the store is meant.
  init?(_ arguments: ParsedArguments) throws(CommandFailure) {
    guard let name = arguments[Self.file] else {
      guard arguments[Self.profile] == nil else {
        throw CommandFailure(.usage, "--profile goes with --file")
      }
      return nil
    }
    for other in RecordRows.places where arguments[other] != nil {
      throw CommandFailure(.usage, "--file and \(other.flag) exclude each other")
    }
    self.name = name
    wanted = arguments[Self.profile].flatMap(LogProfile.named)
  }

  /// Everything that is there now.
  func read(_ context: CommandContext) throws(CommandFailure) -> LogSheet {
    var cutter = LogCutter()
    var parts = cutter.take(try context.bytes(of: name))
    if let last = cutter.finish() { parts.append(last) }
    return LogSheet(parts, wanted ?? parts.first.map(LogProfile.of) ?? LogProfile.all[0])
  }
}

/// Rows of a log with the one who wrote them.
struct LogSheet: Sendable {
  let parts: [LogLines]
  let profile: LogProfile

  init(_ parts: [LogLines], _ profile: LogProfile) {
    self.parts = parts
    self.profile = profile
  }

  struct Row {
    let number: Int
    let line: ArraySlice<UInt8>
    let record: LogRecord
  }

  func visit(_ filter: AuditFilter, _ floor: LogRecord.Level?, _ body: (Row) -> Void) {
    for part in parts {
      for row in 0..<part.count {
        let line = part.bytes(of: row)
        let record = profile.record(line)
        guard record.matches(filter), floor.map({ record.level >= $0 }) ?? true else { continue }
        body(Row(number: part.first + row, line: line, record: record))
      }
    }
  }

  func rows(_ filter: AuditFilter, _ floor: LogRecord.Level? = nil) -> [Row] {
    var rows: [Row] = []
    visit(filter, floor) { rows.append($0) }
    return rows
  }
}

extension LogRecord {
  /// One line for people; what others have written is made safe.
  func line(number: Int) -> String {
    let moment: String = at.map(LocalTime.moment) ?? ""
    let standing: String = oddity ?? (outcome.isEmpty ? level.word : outcome)
    let deed: String = tool.isEmpty ? kind : tool + (isMutating ? "!" : "")
    let length: String = microseconds.map { "\($0 / 1000) ms" } ?? ""
    let given: String = arguments == "null" ? "" : arguments
    let remark: String = detail.isEmpty ? "" : "(\(detail))"
    let words: [String] = [
      "#\(number)", moment, standing, system, deed, actor, credential, length, given, remark,
    ]
    return SafeText(words.filter { !$0.isEmpty }.joined(separator: "  ")).text
  }
}

extension RecordDesk {
  private static let glance = Duration.milliseconds(100)

  func show(_ rows: some Sequence<LogSheet.Row>) {
    for row in rows {
      context.output.line(
        wantsJSON
          ? row.record.json(number: row.number).compact : row.record.line(number: row.number))
    }
    context.output.flush()
  }

  /// Shows the newest rows of a log, and goes on with what comes where that is wanted.
  func tail(
    _ input: LogInput, _ filter: AuditFilter, _ floor: LogRecord.Level?, limit: Int, follows: Bool
  ) async throws(CommandFailure) {
    guard follows, input.name != "-" else {
      return show(try input.read(context).rows(filter, floor).suffix(limit))
    }
    do throws(SystemError) {
      try await follow(input, filter, floor, limit)
    } catch {
      throw CommandFailure(.usage, "cannot read '\(input.name)': \(error.reason)")
    }
  }

  private func follow(
    _ input: LogInput, _ filter: AuditFilter, _ floor: LogRecord.Level?, _ limit: Int
  ) async throws(SystemError) {
    var tail = try LogTail(path: context.path(input.name))
    var cutter = LogCutter()
    var profile: LogProfile?
    var isNewest = false
    var kept: [LogSheet.Row] = []
    while context.output.failure == 0, !Task.isCancelled {
      let (block, turn) = try tail.next(1 << 20)
      if let turn {
        context.errors.line(turn.rawValue)
        if turn != .gone { cutter.restart() }
      }
      let parts = cutter.take(block)
      profile = profile ?? input.profile(of: parts)
      let rows = profile.map { LogSheet(parts, $0).rows(filter, floor) } ?? []
      if isNewest { show(rows) } else { kept = Array((kept + rows).suffix(limit)) }
      guard block.isEmpty, turn == nil else { continue }
      if !isNewest {
        isNewest = true
        show(kept)
        kept = []
      }
      // The only thing a sleep throws is that it was cancelled: that is how following ends.
      do { try await LoopActor.loop.clock.sleep(for: Self.glance) } catch { return }
    }
  }
}

extension LogInput {
  /// Who wrote these lines; nil where there are none yet.
  func profile(of parts: [LogLines]) -> LogProfile? {
    parts.first.map { wanted ?? LogProfile.of($0) }
  }
}
