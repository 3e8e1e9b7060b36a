import Database
import TestSupport
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

  @Test func `many open, use and close one new store at the same moment`() async throws {
    let scratch = ScratchFolder()
    for round in 0..<20 {
      let path = scratch.file("\(round).db")
      let failures = await withTaskGroup { group in
        for _ in 0..<8 { group.addTask { await Self.useOnce(path) } }
        return await group.reduce(into: []) { $0 += [$1].compactMap { $0 } }
      }
      #expect(failures == [])
    }
  }

  /// What met whoever opened the store, wrote to it and went away.
  private static func useOnce(_ path: String) async -> DatabaseError? {
    do throws(DatabaseError) {
      let store = try await Database.sqlite(path, migrations: [["CREATE TABLE t (n INTEGER)"]])
      do throws(DatabaseError) {
        try await store.perform { (connection) throws(DatabaseError) in
          _ = try connection.execute("INSERT INTO t VALUES (1)")
        }
        await store.close()
      } catch {
        await store.close()
        throw error
      }
      return nil
    } catch { return error }
  }
}
