import Database

extension AuditStore {
  /// The newest events that match, the oldest of them first.
  package func newest(
    _ limit: Int, matching filter: AuditFilter = AuditFilter()
  ) async throws(AuditError) -> [AuditEntry] {
    let (sql, values) = Self.question(filter, limit: limit)
    return try await perform { (connection) throws(DatabaseError) in
      try connection.rows(sql, values).map(AuditSchema.entry)
        .sorted { $0.number < $1.number }
    }
  }

  /// The next events behind that number that match, in their order, and where to go on: nil at the end.
  package func page(
    after number: Int64, limit: Int, matching filter: AuditFilter = AuditFilter()
  ) async throws(AuditError) -> (entries: [AuditEntry], next: Int64?) {
    let (facts, words) = (filter.facts, filter.words)
    let conditions = ["number > ?", facts.sql, words.sql].filter { !$0.isEmpty }
    let sql =
      "SELECT \(AuditSchema.columns) FROM event WHERE \(conditions.joined(separator: " AND ")) ORDER BY number LIMIT ?"
    let values = [.integer(number)] + facts.values + words.values + [.integer(Int64(limit))]
    let entries = try await perform { (connection) throws(DatabaseError) in
      try connection.rows(sql, values).map(AuditSchema.entry)
    }
    return (entries, entries.count < limit ? nil : entries.last?.number)
  }

  package func head() async throws(AuditError) -> AuditHead {
    try await perform { (connection) throws(DatabaseError) in
      try AuditSchema.head(connection) ?? .empty
    }
  }

  /// Without a filter the newest are the last; with one the index names them before any event is read.
  private static func question(_ filter: AuditFilter, limit: Int) -> (String, [SQLValue]) {
    let start = "SELECT \(AuditSchema.columns) FROM event"
    let (facts, words) = (filter.facts, filter.words)
    guard words.sql.isEmpty else {
      let both = [facts.sql, words.sql].filter { !$0.isEmpty }.joined(separator: " AND ")
      return (
        "\(start) WHERE \(both) ORDER BY number DESC LIMIT ?",
        facts.values + words.values + [.integer(Int64(limit))]
      )
    }
    guard !facts.sql.isEmpty else {
      return ("\(start) ORDER BY number DESC LIMIT ?", [.integer(Int64(limit))])
    }
    return (
      "\(start) WHERE number IN (SELECT number FROM event WHERE \(facts.sql) ORDER BY at DESC LIMIT ?)",
      facts.values + [.integer(Int64(limit))]
    )
  }
}
