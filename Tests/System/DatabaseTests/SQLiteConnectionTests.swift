import Database
import Glibc
import TestSupport
import Testing

@Suite struct SQLiteConnectionTests {
  private func memory() throws -> SQLiteConnection { try SQLiteConnection(path: ":memory:") }

  private func check(_ value: SQLValue, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let rows = try memory().rows("SELECT ?", [value])
    #expect(rows == [SQLRow(values: [value])], sourceLocation: sourceLocation)
  }

  @Test func `every kind of value comes back as it went in`() throws {
    try check(.null)
    try check(.integer(.min))
    try check(.real(0.1))
    try check(.text("naïve — 日本"))
    try check(.text(""))
    try check(.text("nul\u{0}inside"))
    try check(.blob([0, 255, 0]))
    try check(.blob([]))
  }

  @Test func `a failed transaction leaves nothing behind`() throws {
    let connection = try memory()
    try connection.execute("CREATE TABLE t (n INTEGER PRIMARY KEY)")
    let refused = #expect(throws: DatabaseError.self) {
      try connection.transaction { () throws(DatabaseError) in
        try connection.execute("INSERT INTO t VALUES (?)", [1])
        try connection.execute("INSERT INTO t VALUES (?)", [1])
      }
    }
    #expect(refused?.code == .constraint)
    #expect(try connection.rows("SELECT count(*) FROM t")[0][0] == 0)
    try connection.transaction { () throws(DatabaseError) in
      try connection.execute("INSERT INTO t VALUES (?)", [2])
    }
    #expect(try connection.rows("SELECT n FROM t") == [SQLRow(values: [2])])
  }

  @Test func `reading stops where its reader has enough`() throws {
    let connection = try memory()
    var seen: [SQLValue] = []
    try connection.forEachRow(
      "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c", []
    ) { row in
      seen.append(row[0])
      return seen.count < 3
    }
    #expect(seen == [1, 2, 3])
  }

  @Test func `migrations run once and a newer schema is refused`() throws {
    let scratch = ScratchFolder()
    let steps = [["CREATE TABLE t (n)"], ["INSERT INTO t VALUES (7)", "INSERT INTO t VALUES (8)"]]
    for _ in 0..<2 {
      let connection = try SQLiteConnection(path: scratch.file("store"))
      try connection.migrate(steps, store: "store")
      #expect(try connection.rows("SELECT count(*) FROM t")[0][0] == 2)
    }
    let older = try SQLiteConnection(path: scratch.file("store"))
    let refused = #expect(throws: DatabaseError.self) {
      try older.migrate([steps[0]], store: "store")
    }
    #expect(refused?.code == .tooNew)
  }

  @Test func `a store that cannot be used says why`() throws {
    let scratch = ScratchFolder()
    func code(of path: String, _ options: SQLiteConnection.Options = .init()) -> DatabaseError.Code?
    {
      do {
        let connection = try SQLiteConnection(path: path, options: options)
        try connection.execute("CREATE TABLE IF NOT EXISTS t (n)")
        return nil
      } catch { return error.code }
    }
    #expect(code(of: scratch.path) == .cannotOpen)
    #expect(code(of: scratch.path + "/missing/store") == .cannotOpen)
    #expect(code(of: scratch.file("store")) == nil)
    var readOnly = SQLiteConnection.Options()
    readOnly.access = .readOnly
    #expect(code(of: scratch.file("store"), readOnly) == nil)
    let junk = open(scratch.file("store"), O_WRONLY | O_TRUNC)
    _ = write(junk, String(repeating: "no database ", count: 100), 1_200)
    close(junk)
    #expect(code(of: scratch.file("store")) == .corrupt)
  }

  @Test func `a store on a read-only medium is read`() throws {
    let scratch = ScratchFolder()
    guard mount("tmpfs", scratch.path, "tmpfs", 0, "size=1m") == 0 else {
      print("skipped: a read-only medium; only root can mount one")
      return
    }
    defer { umount2(scratch.path, Int32(MNT_DETACH)) }
    var options = SQLiteConnection.Options()
    options.access = .asAllowed
    let path = scratch.file("100% what? #1")
    do {
      let connection = try SQLiteConnection(path: path, options: options)
      try connection.execute("CREATE TABLE t (n)")
      try connection.execute("INSERT INTO t VALUES (7)")
    }
    let isReadOnly = UInt(MS_REMOUNT | MS_RDONLY)
    #expect(mount("tmpfs", scratch.path, "tmpfs", isReadOnly, nil) == 0)
    let reader = try SQLiteConnection(path: path, options: options)
    #expect(try reader.rows("SELECT n FROM t") == [SQLRow(values: [7])])
    let refused = #expect(throws: DatabaseError.self) {
      try reader.execute("INSERT INTO t VALUES (8)")
    }
    #expect(refused?.code == .readOnly)
    #expect(throws: DatabaseError.self) { try SQLiteConnection(path: path) }
  }

  @Test func `a log that was never moved in is named where nobody can write`() throws {
    let scratch = ScratchFolder()
    guard mount("tmpfs", scratch.path, "tmpfs", 0, "size=1m") == 0 else {
      print("skipped: a read-only medium; only root can mount one")
      return
    }
    defer { umount2(scratch.path, Int32(MNT_DETACH)) }
    let path = scratch.file("store")
    let writer = try SQLiteConnection(path: path)
    try writer.execute("CREATE TABLE t (n)")
    // A second name keeps the log, which goes with its last connection.
    for end in ["", "-wal"] { #expect(link(path + end, scratch.file("copy" + end)) == 0) }
    writer.close()
    let isReadOnly = UInt(MS_REMOUNT | MS_RDONLY)
    #expect(mount("tmpfs", scratch.path, "tmpfs", isReadOnly, nil) == 0)
    let refused = #expect(throws: DatabaseError.self) {
      try SQLiteConnection(path: scratch.file("copy"), options: .init(access: .asAllowed))
    }
    #expect(refused?.code == .unmerged)
  }

  @Test func `a lock held by another connection ends as an error and not as a hang`() throws {
    let scratch = ScratchFolder()
    var impatient = SQLiteConnection.Options()
    impatient.lockWait = .zero
    let first = try SQLiteConnection(path: scratch.file("store"))
    let second = try SQLiteConnection(path: scratch.file("store"), options: impatient)
    try first.execute("BEGIN IMMEDIATE")
    let refused = #expect(throws: DatabaseError.self) { try second.execute("BEGIN IMMEDIATE") }
    #expect(refused?.code == .locked)
  }

  @Test func `a closed connection refuses instead of trapping`() throws {
    let connection = try memory()
    connection.close()
    let refused = #expect(throws: DatabaseError.self) { try connection.execute("SELECT 1") }
    #expect(refused?.code == .closed)
  }
}
