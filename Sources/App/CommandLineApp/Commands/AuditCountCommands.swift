import Arguments
import Audit
import EventLoop
import JSON
import SafeText

extension Command {
  private static let by = OptionRow(
    "by", takes: ValueRow("FIELDS"),
    help:
      "What to count by: \(LogField.countable.map(\.rawValue).joined(separator: ", ")); several with commas"
  )
  private static let step = OptionRow(
    "step", takes: ValueRow("SECONDS", .seconds), help: "How long a row is; one hour without it")

  static let auditCount = Command(
    onLoop: CommandRow(
      "audit count", in: .serving, summary: "Count the events of the audit by a field",
      options: [by] + AuditRows.filters + [LogInput.level] + LogInput.options + RecordRows.places
        + [.json],
      examples: [
        .init("alidade audit count --by actor,outcome --since 1d", "Who was turned away today"),
        .init("alidade audit count --by tool --file audit.ndjson", "Of any log"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    let desk = RecordDesk(arguments, context)
    let fields = try fields(arguments[by] ?? LogField.tool.rawValue)
    var counts: [[String]: (all: Int, bad: Int)] = [:]
    try await desk.forEachEvent(arguments) { record in
      let key = fields.map { $0.text(of: record) }
      counts[key, default: (0, 0)].all += 1
      if record.isBad { counts[key, default: (0, 0)].bad += 1 }
    }
    let rows = counts.sorted { ($1.value.all, $0.key.joined()) < ($0.value.all, $1.key.joined()) }
    desk.show(
      rows.map { $0.key + [String($0.value.all), String($0.value.bad)] },
      header: fields.map(\.rawValue) + ["count", "bad"], name: "counts")
    return .ok
  }

  static let auditHistogram = Command(
    onLoop: CommandRow(
      "audit histogram", in: .serving, summary: "Count the events of the audit by time",
      options: [step] + AuditRows.filters + [LogInput.level] + LogInput.options + RecordRows.places
        + [.json],
      examples: [.init("alidade audit histogram --since 1d --step 3600", "Hour by hour")])
  ) { arguments, context async throws(CommandFailure) in
    let desk = RecordDesk(arguments, context)
    let seconds = max(1, arguments.duration(step)?.components.seconds ?? 3600)
    let span = seconds.multipliedReportingOverflow(by: 1_000_000).partialValue
    guard span > 0 else { throw CommandFailure(.usage, "--step is too long") }
    var counts: [Int64: (all: Int, bad: Int)] = [:]
    try await desk.forEachEvent(arguments) { record in
      guard let at = record.at?.microseconds else { return }
      let start = at - ((at % span) + span) % span
      counts[start, default: (0, 0)].all += 1
      if record.isBad { counts[start, default: (0, 0)].bad += 1 }
    }
    let rows = counts.sorted { $0.key < $1.key }
    desk.show(
      rows.map {
        [WallTime(microseconds: $0.key).description, String($0.value.all), String($0.value.bad)]
      }, header: ["from", "count", "bad"], name: "histogram")
    return .ok
  }

  private static func fields(_ words: String) throws(CommandFailure) -> [LogField] {
    let names = words.split(separator: ",").map(String.init)
    let fields = names.compactMap(LogField.init(named:))
    guard fields.count == names.count, !fields.isEmpty else {
      throw CommandFailure(
        .usage, "--by '\(words)' names no field",
        hint: "one of \(LogField.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return fields
  }
}

extension LogRecord {
  fileprivate var isBad: Bool { verdict == .denied || verdict == .failed }
}

extension RecordDesk {
  /// Every event that the arguments ask for, of a log or of the store.
  func forEachEvent(
    _ arguments: ParsedArguments, _ body: (LogRecord) -> Void
  ) async throws(CommandFailure) {
    let filter = try AuditRows.filter(arguments, now: now)
    let floor = LogInput.floor(arguments)
    if let input = try LogInput(arguments) {
      return try input.read(context).visit(filter, floor) { body($0.record) }
    }
    let store = try await audit()
    var next: Int64? = 0
    while let from = next {
      let page = try await audited { () async throws(AuditError) in
        try await store.page(after: from, limit: 2000, matching: filter)
      }
      for entry in page.entries {
        let record = entry.record
        if floor.map({ record.level >= $0 }) ?? true { body(record) }
      }
      next = Task.isCancelled ? nil : page.next
    }
    await store.close()
  }

  fileprivate func show(_ rows: [[String]], header: [String], name: String) {
    guard wantsJSON else { return table(rows, header: header, empty: "no events") }
    let objects = rows.map { row in
      JSON.object(
        JSONObject(
          zip(header, row).map { title, cell in
            (title, Int(cell).map { .number(JSONNumber($0)) } ?? .string(cell))
          }))
    }
    write([name: .array(objects)])
  }
}

extension LogInput {
  static func floor(_ arguments: ParsedArguments) -> LogRecord.Level? {
    arguments[level].flatMap { word in LogRecord.Level.allCases.first { $0.word == word } }
  }
}
