import Audit
import EventLoop
import JSON

/// What is shown of a log as a file: its lines as they are, or as a table.
enum AuditExport {
  static func exports(_ state: ConsoleState) -> [Export] {
    let (audit, rows) = (state.audit, state.markedOrAll)
    let secrets = AuditSecrets(isRevealing: state.isRevealing)
    return [
      Export("audit.ndjson") {
        rows.flatMap { row in
          audit.place(row).map { secrets.shown($0.part.lines.bytes(of: $0.row)) + [10] } ?? []
        }
      },
      Export("audit.csv") {
        let head = ["number", "time", "level"] + LogField.allCases.map(\.rawValue)
        let lines = rows.map { row -> String in
          guard let record = audit.record(row) else { return "" }
          return CSV.line(
            [String(audit.number(ofRow: row)), record.at?.description ?? "", record.level.word]
              + LogField.allCases.map { secrets.shown($0.text(of: record)) })
        }
        return Array((CSV.line(head) + lines.joined()).utf8)
      },
    ]
  }
}
