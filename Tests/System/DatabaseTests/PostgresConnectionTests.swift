import Database
import TestSupport
import Testing

@Suite(.enabled(if: PrivatePostgres.isInstalled, "PostgreSQL is not installed"))
struct PostgresConnectionTests {
  private func connection(_ space: String = #function) async throws -> PostgresConnection {
    let address = try #require(await PrivatePostgres.address(), "the private server did not start")
    let name = space.filter { $0.isLetter }.prefix(40)
    return try PostgresConnection(address, space: String(name), name: "postgres")
  }

  @Test func `values come back as they went in`() async throws {
    let connection = try await connection()
    try connection.execute(
      "CREATE TABLE t (i INTEGER, r REAL, s TEXT, b BLOB)")
    let rows: [[SQLValue]] = [
      [.integer(.min), .real(0.1), .text("naïve — 日本 'x' ?"), .blob([0, 255, 0])],
      [.integer(.max), .real(-1e300), .text(""), .blob([])], [.null, .null, .null, .null],
    ]
    for row in rows { try connection.execute("INSERT INTO t VALUES (?, ?, ?, ?)", row) }
    #expect(try connection.rows("SELECT * FROM t").map(\.values) == rows)
    #expect(
      try connection.rows("SELECT count(*) FROM t WHERE s = 'a?' OR i = ?", [.integer(.min)])[0][0]
        == 1)
    #expect(try connection.execute("DELETE FROM t WHERE i IS NOT NULL") == 2)
  }

  @Test func `a failed transaction leaves nothing behind`() async throws {
    let connection = try await connection()
    try connection.execute("CREATE TABLE t (n INTEGER PRIMARY KEY)")
    let refused = #expect(throws: DatabaseError.self) {
      try connection.transaction { () throws(DatabaseError) in
        try connection.execute("INSERT INTO t VALUES (?)", [1])
        try connection.execute("INSERT INTO t VALUES (?)", [1])
      }
    }
    #expect(refused?.code == .constraint)
    #expect(try connection.rows("SELECT count(*) FROM t")[0][0] == 0)
  }

  @Test func `reading stops where its reader has enough`() async throws {
    let connection = try await connection()
    var seen: [SQLValue] = []
    try connection.forEachRow("SELECT n FROM generate_series(1, 100000000) AS n", []) { row in
      seen.append(row[0])
      return seen.count < 3
    }
    #expect(seen == [1, 2, 3])
    #expect(try connection.rows("SELECT 7")[0][0] == 7)
  }

  @Test func `migrations run once and a newer schema is refused`() async throws {
    let steps = [["CREATE TABLE t (n INTEGER)"], ["INSERT INTO t VALUES (7)"]]
    for _ in 0..<2 {
      let connection = try await connection("migrations")
      try connection.migrate(steps, store: "store")
      #expect(try connection.rows("SELECT count(*) FROM t")[0][0] == 1)
      connection.close()
    }
    let connection = try await connection("migrations")
    let refused = #expect(throws: DatabaseError.self) {
      try connection.migrate([], store: "store")
    }
    #expect(refused?.code == .tooNew)
  }

  @Test func `a connection that the server ends is made again`() async throws {
    let connection = try await connection(), other = try await self.connection("other")
    try connection.execute("CREATE TABLE t (n INTEGER)")
    let own = try connection.rows("SELECT pg_backend_pid()")[0][0].integer ?? 0
    try other.execute("SELECT pg_terminate_backend(\(own))")
    let lost = #expect(throws: DatabaseError.self) { try connection.rows("SELECT n FROM t") }
    #expect(lost?.code == .io)
    #expect(try connection.rows("SELECT count(*) FROM t")[0][0] == 0)
  }

  @Test func `a server that is not there is an error that tells no password`() {
    let refused = #expect(throws: DatabaseError.self) {
      try PostgresConnection(
        "postgres://me:secret@127.0.0.1:1/none", space: "x", name: "postgres://me@127.0.0.1:1/none")
    }
    #expect(refused?.code == .cannotOpen)
    #expect(refused?.description.contains("secret") == false)
  }
}
