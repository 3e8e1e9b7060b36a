package import Database

/// Which records are wanted, in which order and how many.
package struct Filter: Sendable {
  private(set) var clauses: [String] = []
  private(set) var values: [SQLValue] = []
  private(set) var order = "rowid"
  private(set) var limit: Int?
  private(set) var offset = 0

  /// Whether other indexes than the rowid's are left aside, where a condition on the rowid narrows more.
  private(set) var isByRow = false

  package init() {}

  package init(_ column: String, _ value: String) { self = Filter().equal(column, value) }

  /// With that value in the column; nil asks for nothing.
  package func equal(_ column: String, _ value: String?) -> Filter {
    guard let value else { return self }
    return and("\(column) = ?", .text(value))
  }

  package func equal(_ column: String, _ value: Bool?) -> Filter {
    guard let value else { return self }
    return and("\(column) = ?", .integer(value ? 1 : 0))
  }

  /// A condition in the store's own language, its values apart.
  package func and(_ clause: String, _ more: SQLValue...) -> Filter { and(clause, more) }

  package func and(_ clause: String, _ more: [SQLValue]) -> Filter {
    var copy = self
    copy.clauses.append(clause)
    copy.values += more
    return copy
  }

  package func within(_ column: String, _ allowed: [String]) -> Filter {
    guard !allowed.isEmpty else { return self }
    var copy = self
    copy.clauses.append(
      "\(column) IN (\(Array(repeating: "?", count: allowed.count).joined(separator: ",")))")
    copy.values += allowed.map(SQLValue.text)
    return copy
  }

  /// On or after the first day and on or before the last one.
  package func between(_ column: String, _ first: Day?, _ last: Day?) -> Filter {
    var copy = self
    if let first { copy = copy.and("\(column) >= ?", .text(first.description)) }
    if let last { copy = copy.and("\(column) <= ?", .text(last.description)) }
    return copy
  }

  package var byRow: Filter {
    var copy = self
    copy.isByRow = true
    return copy
  }

  package func ordered(_ order: String) -> Filter {
    var copy = self
    copy.order = order
    return copy
  }

  package func page(_ limit: Int, from offset: Int = 0) -> Filter {
    var copy = self
    copy.limit = limit
    copy.offset = offset
    return copy
  }

  var condition: String {
    (isByRow ? " NOT INDEXED" : "") + conditions
  }

  private var conditions: String {
    clauses.isEmpty ? "" : " WHERE " + clauses.joined(separator: " AND ")
  }

  var tail: String {
    " ORDER BY \(order)" + (limit.map { " LIMIT \($0) OFFSET \(offset)" } ?? "")
  }
}
