/// One connection to a store, used by one thread at a time. Parameters are written `?` whatever the store.
package protocol SQLConnection: AnyObject {
  /// Runs one statement and returns how many rows it changed.
  @discardableResult
  func execute(_ statement: String, _ values: [SQLValue]) throws(DatabaseError) -> Int

  /// Runs one statement with the values of a row.
  func insert(_ statement: String, _ row: SQLPackedRow) throws(DatabaseError)

  /// Hands over the rows of a question one by one until `take` returns false.
  func forEachRow(
    _ question: String, _ values: [SQLValue], _ take: (SQLRow) -> Bool
  ) throws(DatabaseError)

  /// The schema's version, kept with the data; zero in a new store.
  func schemaVersion() throws(DatabaseError) -> Int
  func setSchemaVersion(_ version: Int) throws(DatabaseError)

  func close()
}

extension SQLConnection {
  package func insert(_ statement: String, _ row: SQLPackedRow) throws(DatabaseError) {
    try execute(statement, row.values)
  }

  @discardableResult
  package func execute(_ statement: String) throws(DatabaseError) -> Int {
    try execute(statement, [])
  }

  package func rows(
    _ question: String, _ values: [SQLValue] = []
  ) throws(DatabaseError) -> [SQLRow] {
    var rows: [SQLRow] = []
    try forEachRow(question, values) { row in
      rows.append(row)
      return true
    }
    return rows
  }

  /// All of `body` or nothing of it. The write lock is taken at once, so that two writers wait instead of failing.
  @discardableResult
  package func transaction<Outcome>(
    _ body: () throws(DatabaseError) -> Outcome
  ) throws(DatabaseError) -> Outcome {
    try execute("BEGIN IMMEDIATE")
    do {
      let outcome = try body()
      try execute("COMMIT")
      return outcome
    } catch {
      rollBack()
      throw error
    }
  }

  /// A failed statement may have ended the transaction already; then there is nothing to roll back.
  private func rollBack() {
    do { try execute("ROLLBACK") } catch { return }
  }

  /// Brings the schema to the newest version, a step at a time, each in a transaction of its own.
  package func migrate(_ steps: [[String]], store: String) throws(DatabaseError) {
    let found = try schemaVersion()
    guard found <= steps.count else {
      throw DatabaseError(
        .tooNew, store: store, detail: "schema \(found), this release knows \(steps.count)")
    }
    for version in found..<steps.count {
      try transaction { () throws(DatabaseError) in
        // Another process may have taken the same step while we waited for the lock.
        guard try schemaVersion() == version else { return }
        for statement in steps[version] { try execute(statement) }
        try setSchemaVersion(version + 1)
      }
    }
  }
}
