import CPostgres

/// A connection to a PostgreSQL server. A connection that broke is made again with the next piece of work.
package final class PostgresConnection: SQLConnection {
  private let handle: OpaquePointer
  private let store: String
  private let space: String
  private var prepared: [String: String] = [:]
  private var isClosed = false
  private var isInTransaction = false
  private static let statementsKept = 64

  /// `address` is a URL or a list of libpq's keywords; `space` the schema that holds the tables. The address may hold
  /// a password: errors tell `name` in its place.
  package init(_ address: String, space: String, name: String) throws(DatabaseError) {
    if let reason = cpg_load() {
      throw DatabaseError(.cannotOpen, store: name, detail: String(cString: reason))
    }
    guard let made = cpg_connect(address) else {
      throw DatabaseError(.cannotOpen, store: name, detail: "out of memory")
    }
    handle = made
    store = name
    self.space = space
    guard cpg_is_good(made) == 1 else {
      let error = DatabaseError(.cannotOpen, store: name, detail: Self.line(cpg_message(made)))
      close()
      throw error
    }
    do { try prepareStore() } catch {
      close()
      throw error
    }
  }

  private func prepareStore() throws(DatabaseError) {
    prepared = [:]
    isInTransaction = false
    // IF NOT EXISTS fails where two servers make the same thing at one moment: the lock keeps them apart.
    try run("SET lock_timeout = '5s'")
    try run("\(PostgresDialect.writeLock); CREATE SCHEMA IF NOT EXISTS \"\(space)\"")
    try run("SET search_path TO \"\(space)\"")
  }

  deinit { close() }

  package func close() {
    guard !isClosed else { return }
    isClosed = true
    cpg_close(handle)
  }

  // MARK: - Statements

  @discardableResult
  package func execute(
    _ statement: String, _ values: [SQLValue]
  ) throws(DatabaseError) -> Int {
    switch statement {
    case "BEGIN IMMEDIATE":
      try revive()
      try run("BEGIN; \(PostgresDialect.writeLock)")
      isInTransaction = true
      return 0
    case "COMMIT", "ROLLBACK":
      isInTransaction = false
      try run(statement)
      return 0
    default: break
    }
    let name = try prepare(statement)
    let result = PostgresParameters.with(values) { count, values, lengths, binary in
      cpg_run_prepared(handle, name, count, values, lengths, binary)
    }
    defer { if let result { cpg_clear(result) } }
    guard let result, cpg_is_success(result) == 1 else { throw failure(result) }
    return Int(cpg_changed(result))
  }

  package func forEachRow(
    _ question: String, _ values: [SQLValue], _ take: (SQLRow) -> Bool
  ) throws(DatabaseError) {
    let name = try prepare(question)
    let isSent = PostgresParameters.with(values) { count, values, lengths, binary in
      cpg_send_prepared(handle, name, count, values, lengths, binary)
    }
    guard isSent == 1 else { throw failure(nil) }
    var error: DatabaseError?
    var wantsMore = true
    while let result = cpg_next(handle) {
      defer { cpg_clear(result) }
      if cpg_is_success(result) == 0 {
        // A question that was cut short by us has not failed.
        if wantsMore { error = failure(result) }
        continue
      }
      for row in 0..<cpg_rows(result) where wantsMore {
        wantsMore = take(PostgresParameters.row(row, of: result))
        if !wantsMore { cpg_cancel(handle) }
      }
    }
    if let error { throw error }
  }

  package func schemaVersion() throws(DatabaseError) -> Int {
    try run(
      "\(PostgresDialect.writeLock); CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)"
    )
    return try Int(rows("SELECT version FROM schema_version").first?[0].integer ?? 0)
  }

  package func setSchemaVersion(_ version: Int) throws(DatabaseError) {
    try execute("DELETE FROM schema_version")
    try execute("INSERT INTO schema_version (version) VALUES (?)", [.integer(Int64(version))])
  }

  private func prepare(_ text: String) throws(DatabaseError) -> String {
    try revive()
    if let known = prepared[text] { return known }
    if prepared.count >= Self.statementsKept {
      try run("DEALLOCATE ALL")
      prepared = [:]
    }
    let name = "s\(prepared.count)"
    let result = cpg_prepare(handle, name, PostgresDialect.statement(text))
    defer { if let result { cpg_clear(result) } }
    guard let result, cpg_is_success(result) == 1 else { throw failure(result) }
    prepared[text] = name
    return name
  }

  private func run(_ statements: String) throws(DatabaseError) {
    let result = cpg_run(handle, statements)
    defer { if let result { cpg_clear(result) } }
    guard let result, cpg_is_success(result) == 1 else { throw failure(result) }
  }

  /// In the middle of a transaction a lost connection is a failure; its work is gone.
  private func revive() throws(DatabaseError) {
    guard !isClosed else { throw DatabaseError(.closed, store: store, detail: "") }
    guard cpg_is_good(handle) == 0, !isInTransaction else { return }
    cpg_reset(handle)
    guard cpg_is_good(handle) == 1 else {
      throw DatabaseError(.cannotOpen, store: store, detail: Self.line(cpg_message(handle)))
    }
    try prepareStore()
  }

  // MARK: - Failures

  private func failure(_ result: OpaquePointer?) -> DatabaseError {
    guard cpg_is_good(handle) == 1, let result else {
      return DatabaseError(.io, store: store, detail: Self.line(cpg_message(handle)))
    }
    let state = String(cString: cpg_state(result))
    let code = Self.codes.first { state.hasPrefix($0.prefix) }?.code ?? .other
    return DatabaseError(code, store: store, detail: Self.line(cpg_result_message(result)))
  }

  private static let codes: [(prefix: String, code: DatabaseError.Code)] = [
    ("55P03", .locked), ("40", .locked), ("53100", .full), ("53", .io), ("25006", .readOnly),
    ("42501", .readOnly), ("23", .constraint), ("08", .io), ("57P", .io), ("58", .io),
    ("XX00", .corrupt),
  ]

  /// The first line says it; the others point into our statement.
  private static func line(_ words: UnsafePointer<CChar>) -> String {
    let text = String(cString: words)
    return text.split(separator: "\n").first.map(String.init) ?? text
  }
}
