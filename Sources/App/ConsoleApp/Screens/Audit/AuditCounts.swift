import Audit
import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let auditCounts = ScreenID("auditCounts")
}

extension ConsoleCommand.Scope {
  static let auditCounts = Self(rawValue: "auditCounts")
}

extension ScreenRow {
  /// How often each value of a field is in what is shown of the audit.
  static let auditCounts = ScreenRow(
    id: .auditCounts, title: "Counts of the audit", crumbs: { _, _ in ["count"] },
    list: AuditCountsScreen.source, showsWire: false,
    exports: { state, screen in [AuditCountsScreen.export(state)] },
    prepare: { state, _ in state.audit.settleCounts() }, commands: AuditCountsScreen.commands,
    draw: { state, _, canvas in
      ListScreenView(
        title: "Count by \(state.audit.countedBy.map(\.rawValue).joined(separator: ", "))",
        empty: TextView([.init("nothing to count", .dim)]),
        remark: [
          Span(
            "\(state.key(of: "counts.previousField")) \(state.key(of: "counts.nextField")) another field",
            .dim)
        ]
      ).draw(state, AuditCountsScreen.source, on: &canvas)
    })
}

/// The counts, as they were made for a state of the rows.
struct AuditCounts: Sendable, Hashable {
  struct Row: Sendable, Hashable {
    let values: [String]
    var count = 0
    var troubled = 0
  }

  var rows: [Row] = []
  var fields: [LogField] = []
  var madeOf: [Int] = []
}

extension AuditState {
  /// Counts again where rows, query or field are others than those that were counted.
  mutating func settleCounts() {
    let state = [revision, count, parts.count { $0.digest != nil }]
    guard counts.madeOf != state || counts.fields != countedBy else { return }
    var byValues: [[String]: AuditCounts.Row] = [:]
    forEachShown { digest, row in
      let values = countedBy.map { field in
        field == .level ? digest.level(of: row).word : digest.text(of: field, row)
      }
      let verdict = digest.verdict(of: row)
      byValues[values, default: AuditCounts.Row(values: values)].count += 1
      if verdict == .denied || verdict == .failed { byValues[values]?.troubled += 1 }
    }
    let rows = byValues.values.sorted { left, right in
      left.count == right.count
        ? left.values.lexicographicallyPrecedes(right.values) : left.count > right.count
    }
    counts = AuditCounts(rows: rows, fields: countedBy, madeOf: state)
  }

  /// The rows that the query shows, as far as their parts were digested.
  func forEachShown(_ body: (LogDigest, Int) -> Void) {
    for part in parts {
      guard let digest = part.digest else { continue }
      if query.isEmpty {
        for row in 0..<digest.count { body(digest, row) }
      } else {
        part.rows?.visit { body(digest, $0) }
      }
    }
  }
}

enum AuditCountsScreen {
  static let source = ListSource(
    count: { state, _ in state.audit.counts.rows.count },
    key: { state, _, index in state.audit.counts.rows[index].values.joined(separator: "\u{0}") },
    fields: { state, _, index in state.audit.counts.rows[index].values },
    revision: { state, _ in state.audit.counts.hashValue }, table: table,
    cells: { state, _, index, signs in
      let row = state.audit.counts.rows[index]
      let most = max(1, state.audit.counts.rows.first?.count ?? 1)
      let values = row.values.map { $0.isEmpty ? "(none)" : signs.safe($0, limit: 200).text }
        .map { row.values.count > 1 && $0.count > widest ? $0.prefix(widest - 1) + "…" : $0 }
      return [
        Span(values.joined(separator: "  ")), Span(String(row.count)),
        Span(row.troubled > 0 ? String(row.troubled) : "", .levelWarn),
        Span(AuditBar.of(row.count, most, width: 20, signs), .stateRun),
      ]
    })

  /// Of several values side by side none takes all the room.
  private static let widest = 16

  private static let table = Table([
    .init("value", width: 12, growth: 1, rank: 0),
    .init("count", width: 8, rank: 0, alignedRight: true),
    .init("bad", width: 6, rank: 1, alignedRight: true),
    .init("", width: 20, rank: 2),
  ])

  static let commands: [ConsoleCommand] = [
    ConsoleCommand(
      "counts.only", "Show only these rows", keys: [Key(.enter)], scope: .auditCounts,
      hint: "only these",
      availability: { state in
        state.list.current == nil ? .disabled(reason: "nothing is selected") : .enabled
      }, run: only),
    turn("counts.nextField", "Count by the next field", "]", 1),
    turn("counts.previousField", "Count by the field before", "[", -1),
  ]

  private static func only(_ state: inout ConsoleState) -> [Effect] {
    guard let index = state.list.current else { return [] }
    let row = state.audit.counts.rows[index]
    guard row.values.allSatisfy({ !$0.isEmpty }) else {
      return state.say(.warning, "rows without a value have no filter")
    }
    let parts = zip(row.values, state.audit.countedBy).map { value, field in
      let quoted = "\"\(value.replacing("\"", with: ""))\""
      return letters[field].map { "\($0) \(quoted)" } ?? quoted
    }
    let text = parts.joined(separator: " & ")
    let value = row.values.joined(separator: ", ")
    let effects = state.addAuditFilter(text, isExcluding: false)
    _ = state.closeView()
    return effects
      + state.say(
        .info, "only rows with \(value); \(state.key(of: "audit.filters")) has the filters")
  }

  private static let letters: [LogField: String] = [
    .actor: "~a", .tool: "~t", .outcome: "~c", .kind: "~m", .system: "~s",
  ]

  private static func turn(
    _ id: String, _ title: String, _ key: Character, _ step: Int
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [.character(key)], scope: .auditCounts,
      hint: step > 0 ? .init { _ in "field" } : nil,
      run: { state in
        let all = LogField.countable
        let place = state.audit.countedBy.first.flatMap { all.firstIndex(of: $0) } ?? 0
        state.audit.countedBy = [all[(place + step + all.count) % all.count]]
        return []
      })
  }

  static func export(_ state: ConsoleState) -> Export {
    let (rows, fields) = (state.audit.counts.rows, state.audit.countedBy)
    return Export("counts.csv") {
      let lines = rows.map { CSV.line($0.values + [String($0.count), String($0.troubled)]) }
      return Array((CSV.line(fields.map(\.rawValue) + ["count", "bad"]) + lines.joined()).utf8)
    }
  }
}

/// A bar as long as its share.
enum AuditBar {
  static func of(_ count: Int, _ most: Int, width: Int, _ signs: SignSet) -> String {
    let length = most > 0 ? max(count > 0 ? 1 : 0, count * width / most) : 0
    return String(repeating: signs.isASCII ? "#" : "█", count: length)
  }
}
