import Database
package import EventLoop

/// Which events are asked for; what is empty or nil does not matter. Several words of one kind mean any of them.
package struct AuditFilter: Sendable, Hashable {
  package var since: WallTime?
  package var until: WallTime?
  package var kinds: [String] = []
  package var principals: [String] = []
  /// Whole, or the beginning of one.
  package var credentials: [String] = []
  package var systems: [String] = []
  package var tools: [String] = []
  package var outcomes: [AuditEvent.Outcome] = []
  /// At least so long.
  package var slowerThan: Duration?
  /// Stands anywhere in the arguments or the detail. The index does not know it: the events themselves are read.
  package var text: String?

  package init() {}

  package var isEmpty: Bool { self == AuditFilter() }

  /// SQL for all of it that the index knows, and the values of its parameters.
  var facts: (sql: String, values: [SQLValue]) {
    var parts: [(String, [SQLValue])] = []
    if let since { parts.append(("at >= ?", [.integer(since.microseconds)])) }
    if let until { parts.append(("at < ?", [.integer(until.microseconds)])) }
    let words = [
      ("kind", kinds), ("principal", principals), ("system", systems), ("tool", tools),
      ("outcome", outcomes.map(\.rawValue)),
    ]
    for (column, words) in words where !words.isEmpty {
      let marks = words.map { _ in "?" }.joined(separator: ", ")
      parts.append(("\(column) IN (\(marks))", words.map { .text($0) }))
    }
    if !credentials.isEmpty {
      let sql = credentials.map { _ in "(credential >= ? AND credential < ?)" }
      parts.append(
        (
          "(\(sql.joined(separator: " OR ")))",
          credentials.flatMap { [.text($0), .text($0 + "\u{7F}")] }
        ))
    }
    if let slowerThan {
      parts.append(("microseconds >= ?", [.integer(slowerThan.nanoseconds / 1000)]))
    }
    return (parts.map(\.0).joined(separator: " AND "), parts.flatMap(\.1))
  }

  /// SQL for the rest.
  var words: (sql: String, values: [SQLValue]) {
    guard let text, !text.isEmpty else { return ("", []) }
    let pattern = SQLValue.text("%" + Self.escaped(text) + "%")
    let like = Self.isPlain(text) ? "LIKE ?" : "LIKE ? ESCAPE '\\'"
    // Most events have no detail: the look at its length is the cheaper one.
    return ("(arguments \(like) OR detail <> '' AND detail \(like))", [pattern, pattern])
  }

  /// PostgreSQL takes a backslash for an escape without being told.
  private static func isPlain(_ text: String) -> Bool {
    !text.utf8.contains { $0 == 0x25 || $0 == 0x5F || $0 == 0x5C }
  }

  private static func escaped(_ text: String) -> String {
    let special: Set<Character> = ["%", "_", "\\"]
    return String(text.flatMap { special.contains($0) ? ["\\", $0] : [$0] })
  }
}
