import Arguments
import Audit
import Crypto
import EventLoop
import JSON

extension Command {
  private static let expected = OptionRow(
    "expect", takes: ValueRow("NUMBER:HASH"),
    help: "A head that was noted before: the chain must still go through it")
  private static let format = OptionRow(
    "format", takes: ValueRow("FORMAT", .choice(AuditFormat.allCases.map(\.rawValue))),
    help: "Which format; ndjson without it")

  static let auditVerify = Command(
    onLoop: CommandRow(
      "audit verify", in: .serving, summary: "Check that nothing in the audit was changed",
      details: [
        "Walks the chain of hashes and names the first link that does not hold. Who can write the store can write a whole new chain: keep the head that this command shows somewhere else, and give it with --expect."
      ],
      options: [expected] + LogInput.options + [RecordRows.data, RecordRows.store, .json],
      examples: [.init("alidade audit verify", "Exit code 2 where the chain is broken")])
  ) { arguments, context async throws(CommandFailure) in
    let desk = RecordDesk(arguments, context)
    if let input = try LogInput(arguments) { return try desk.verify(try input.read(context)) }
    let head = try arguments[expected].map { (text) throws(CommandFailure) in try Self.head(text) }
    let store = try await desk.audit()
    let verdict = try await desk.audited { () async throws(AuditError) in
      try await store.verify(expected: head) { _ in !Task.isCancelled }
    }
    await store.close()
    switch verdict {
    case nil: return .interrupted
    case .intact(let head):
      desk.tell(intact: head)
      return .ok
    case .broken(let found):
      throw CommandFailure(
        .failedAnswer, found.description,
        details: [
          "kind": .string(found.kind.rawValue), "number": .number(JSONNumber(found.number)),
        ])
    }
  }

  private static func head(_ text: String) throws(CommandFailure) -> AuditHead {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let number = Int64(parts[0]), number >= 0,
      let hash = Hexadecimal.bytes(String(parts[1])), hash.count == 32
    else {
      throw CommandFailure(
        .usage, "--expect '\(text)' is no head", hint: "write it as `audit verify` shows it")
    }
    return AuditHead(number: number, hash: hash)
  }

  static let auditExport = Command(
    onLoop: CommandRow(
      "audit export", in: .serving, summary: "Write events of the audit, the oldest first",
      options: [format] + AuditRows.filters + [LogInput.level] + LogInput.options
        + RecordRows.places,
      examples: [
        .init("alidade audit export --since 30d --format csv > audit.csv", "For a spreadsheet")
      ])
  ) { arguments, context async throws(CommandFailure) in
    let desk = RecordDesk(arguments, context)
    let filter = try AuditRows.filter(arguments, now: desk.now)
    let format = arguments[format].flatMap(AuditFormat.init) ?? .ndjson
    let floor = LogInput.floor(arguments)
    if let input = try LogInput(arguments) {
      desk.export(try input.read(context), filter, floor, as: format)
      return .ok
    }
    let store = try await desk.audit()
    let isWhole = try await desk.export(store, filter, floor, as: format)
    await store.close()
    return isWhole ? .ok : .interrupted
  }
}

/// The formats of an export.
enum AuditFormat: String, CaseIterable {
  case ndjson, csv, json

  var head: String {
    switch self {
    case .ndjson: ""
    case .csv: CSV.line(AuditEntry.columns)
    case .json: "["
    }
  }

  func text(_ entry: AuditEntry, isFirst: Bool) -> String {
    switch self {
    case .ndjson: entry.json.compact + "\n"
    case .csv: CSV.line(entry.cells)
    case .json: (isFirst ? "\n" : ",\n") + entry.json.compact
    }
  }

  var end: String { self == .json ? "\n]\n" : "" }
}

extension RecordDesk {
  fileprivate func tell(intact head: AuditHead) {
    let mark = "\(head.number):\(Hexadecimal.text(head.hash))"
    if wantsJSON {
      write(["events": .number(JSONNumber(head.number)), "head": .string(mark)])
    } else {
      context.output.line("\(head.number) events, the chain is whole")
      context.output.line("head \(mark)")
    }
  }

  /// False where it was interrupted.
  fileprivate func export(
    _ store: AuditStore, _ filter: AuditFilter, _ floor: LogRecord.Level?, as format: AuditFormat
  ) async throws(CommandFailure) -> Bool {
    context.output.write(format.head)
    var next: Int64? = 0
    var isFirst = true
    while let from = next {
      let page = try await audited { () async throws(AuditError) in
        try await store.page(after: from, limit: 2000, matching: filter)
      }
      for entry in page.entries where floor.map({ entry.record.level >= $0 }) ?? true {
        context.output.write(format.text(entry, isFirst: isFirst))
        isFirst = false
      }
      next = page.next
      if Task.isCancelled || context.output.failure != 0 { return false }
    }
    context.output.write(format.end)
    return true
  }
}

extension RecordDesk {
  /// Walks the rows of an export as the store's own chain is walked.
  fileprivate func verify(_ log: LogSheet) throws(CommandFailure) -> ExitCode {
    var chain: LogChain
    do throws(CryptoError) { chain = try LogChain() } catch {
      throw CommandFailure(.usage, error.description)
    }
    var rows = 0
    var unchained = 0
    for part in log.parts {
      for (row, link) in chain.take(part).enumerated() {
        switch link {
        case .whole: rows += 1
        case .none: unchained += 1
        case .changed, .gap: throw Self.broken(link, part.first + row)
        }
      }
    }
    guard rows > 0 else {
      throw CommandFailure(.usage, "no row of the log has a hash: there is no chain to check")
    }
    if unchained > 0 { context.errors.line("\(unchained) rows have no hash") }
    if wantsJSON {
      write(["events": .number(JSONNumber(rows)), "unchained": .number(JSONNumber(unchained))])
    } else {
      context.output.line("\(rows) events, the chain is whole")
    }
    return .ok
  }

  private static func broken(_ link: LogLink, _ row: Int) -> CommandFailure {
    CommandFailure(
      .failedAnswer,
      link == .changed
        ? "row \(row) was changed after it was written"
        : "row \(row) does not follow the row in front of it",
      details: ["kind": .string(link.word), "row": .number(JSONNumber(row))])
  }

  fileprivate func export(
    _ log: LogSheet, _ filter: AuditFilter, _ floor: LogRecord.Level?, as format: AuditFormat
  ) {
    context.output.write(format == .csv ? CSV.line(LogSheet.columns) : format.head)
    var isFirst = true
    log.visit(filter, floor) { row in
      let json = row.record.json(number: row.number)
      switch format {
      case .ndjson: context.output.line(json.compact)
      case .csv: context.output.write(CSV.line(row.cells))
      case .json: context.output.write((isFirst ? "\n" : ",\n") + json.compact)
      }
      isFirst = false
    }
    context.output.write(format.end)
  }
}

extension LogSheet {
  fileprivate static let columns = ["number", "time"] + LogField.allCases.map(\.rawValue)
}

extension LogSheet.Row {
  fileprivate var cells: [String] {
    [String(number), record.at?.description ?? ""] + LogField.allCases.map { $0.text(of: record) }
  }
}
