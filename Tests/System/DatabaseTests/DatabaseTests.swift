import Database
import Testing

@Suite struct DatabaseTests {
  @Test func `work is done in the order it was asked for`() async throws {
    let database = try await Database.sqlite(
      ":memory:", migrations: [["CREATE TABLE t (n INTEGER)"]])
    for n in 0..<100 {
      try await database.perform { (connection) throws(DatabaseError) in
        _ = try connection.execute("INSERT INTO t VALUES (?)", [.integer(Int64(n))])
      }
    }
    let rows = try await database.perform { (connection) throws(DatabaseError) in
      try connection.rows("SELECT n FROM t ORDER BY rowid")
    }
    #expect(rows.map { $0[0].integer } == (0..<100).map { Int64($0) })
    await database.close()
  }

  @Test func `opening reports what opening met`() async {
    let error = await #expect(throws: DatabaseError.self) {
      try await Database.sqlite("/nowhere/at/all")
    }
    #expect(error?.code == .cannotOpen)
    #expect(error?.description.contains("/nowhere/at/all") == true)
  }
}
