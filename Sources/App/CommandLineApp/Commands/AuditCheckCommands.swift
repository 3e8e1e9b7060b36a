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
      options: [expected, RecordRows.data, RecordRows.store, .json],
      examples: [.init("alidade audit verify", "Exit code 2 where the chain is broken")])
  ) { arguments, context async throws(CommandFailure) in
    let desk = try RecordDesk(arguments, context)
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
      options: [format] + AuditRows.filters + RecordRows.places,
      examples: [
        .init("alidade audit export --since 30d --format csv > audit.csv", "For a spreadsheet")
      ])
  ) { arguments, context async throws(CommandFailure) in
    let desk = try RecordDesk(arguments, context)
    let filter = try AuditRows.filter(arguments, now: desk.now)
    let format = arguments[format].flatMap(AuditFormat.init) ?? .ndjson
    let store = try await desk.audit()
    let isWhole = try await desk.export(store, filter, as: format)
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
    _ store: AuditStore, _ filter: AuditFilter, as format: AuditFormat
  ) async throws(CommandFailure) -> Bool {
    context.output.write(format.head)
    var next: Int64? = 0
    var isFirst = true
    while let from = next {
      let page = try await audited { () async throws(AuditError) in
        try await store.page(after: from, limit: 2000, matching: filter)
      }
      for entry in page.entries {
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
