import Database
import EventLoop
import TestSupport
import Testing

@LoopActor
@Suite struct StoreMirrorTests {
  private let folder = ScratchFolder()
  private let migrations = [["CREATE TABLE item (name TEXT)"]]

  private var path: String { folder.path + "/store.db" }

  private func mirror() throws -> StoreMirror<Int64> {
    try StoreMirror(sqlite: path, migrations: migrations) { connection throws(DatabaseError) in
      try connection.rows("SELECT count(*) FROM item").first?[0].integer ?? -1
    }
  }

  @Test func `what others write is seen at the next look, and nothing is read twice`() throws {
    let mirror = try mirror()
    #expect(mirror.value == 0)
    let reading = mirror.reading
    #expect(mirror.value == 0 && mirror.reading == reading)
    for count in 1...3 {
      // Each time a connection of its own, which is gone again when the mirror looks.
      let writer = try SQLiteConnection(path: path)
      try writer.execute("INSERT INTO item VALUES ('a')")
      #expect(mirror.value == Int64(count))
      try writer.execute("INSERT INTO item VALUES ('b')")
      try writer.execute("DELETE FROM item WHERE name = 'b'")
      writer.close()
      #expect(mirror.value == Int64(count))
    }
    let last = mirror.reading
    #expect(mirror.value == 3 && mirror.reading == last && last != reading)
    mirror.close()
  }

  @Test func `a log that begins anew hides no change`() throws {
    let writer = try SQLiteConnection(path: path)
    let mirror = try mirror()
    for count in 1...5 {
      try writer.execute("INSERT INTO item VALUES ('a')")
      _ = try writer.rows("PRAGMA wal_checkpoint(TRUNCATE)")
      #expect(mirror.value == Int64(count))
    }
    writer.close()
    mirror.close()
  }
}
