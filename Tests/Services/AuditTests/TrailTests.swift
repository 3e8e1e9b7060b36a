import Audit
import Crypto
import Database
import EventLoop
import JSON
import TestSupport
import Testing

@Suite(.inTurns) struct TrailTests {
  private let scratch = ScratchFolder()
  private var path: String { scratch.file("audit") }

  private func event(_ index: Int) -> AuditEvent {
    var event = AuditEvent(
      at: WallTime(microseconds: Int64(1_000_000 * index)),
      kind: index % 4 == 0 ? .invokedMutating : .invoked, principal: "user\(index % 3)",
      system: index % 2 == 0 ? "alumia" : "allv", tool: "tool\(index % 5)",
      outcome: index % 10 == 0 ? .denied : .ok)
    event.credential = "alm_live_\(index % 7)"
    event.arguments = ["n": .number(JSONNumber(index)), "token": "top", "text": "a \"b\" ü\n"]
    event.microseconds = Int64(index * 1000)
    event.detail = index % 10 == 0 ? "lacks write" : ""
    return event
  }

  private func filled(_ count: Int) async throws -> AuditStore {
    let store = try await AuditStore.open(sqlite: path)
    for start in stride(from: 1, through: count, by: 7) {
      try await store.append((start...min(start + 6, count)).map(event))
    }
    return store
  }

  /// Changes the store behind the program's back.
  private func tamper(_ statements: [String]) throws {
    let connection = try SQLiteConnection(path: path)
    for statement in statements { try connection.execute(statement) }
    connection.close()
  }

  @Test func `a chain is whole as it was written`() async throws {
    let store = try await filled(50)
    let head = try await store.head()
    #expect(head.number == 50)
    #expect(try await store.verify() == .intact(head))
    #expect(try await store.verify(expected: head) == .intact(head))
    await store.close()
    let again = try await AuditStore.open(sqlite: path)
    try await again.append([event(51)])
    #expect(try await again.verify(expected: head) == .intact(try await again.head()))
  }

  @Test func `an empty chain is whole`() async throws {
    let store = try await AuditStore.open(sqlite: path)
    #expect(try await store.verify() == .intact(.empty))
    try await store.append([])
    #expect(try await store.verify() == .intact(.empty))
  }

  @Test(arguments: [
    (["UPDATE event SET tool = 'other' WHERE number = 20"], AuditBreak.Kind.changed, 20),
    (["UPDATE event SET at = at + 1 WHERE number = 1"], .changed, 1),
    (["UPDATE event SET outcome = 'ok' WHERE number = 30"], .changed, 30),
    (["UPDATE event SET arguments = '{}' WHERE number = 50"], .changed, 50),
    (["UPDATE event SET hash = zeroblob(32) WHERE number = 7"], .changed, 7),
    (["DELETE FROM event WHERE number = 20"], .missing, 21),
    (["DELETE FROM event WHERE number = 1"], .missing, 2),
    (["DELETE FROM event WHERE number < 10"], .missing, 10),
    (
      [
        "DELETE FROM event WHERE number = 20",
        "UPDATE event SET number = number - 1 WHERE number > 20", "UPDATE head SET number = 49",
      ], .missing, 20
    ),
    (
      [
        "UPDATE event SET number = 1000 WHERE number = 20",
        "UPDATE event SET number = 20 WHERE number = 21",
        "UPDATE event SET number = 21 WHERE number = 1000",
      ], .reordered, 20
    ),
    (["DELETE FROM event WHERE number > 45"], .truncated, 46),
    (["DELETE FROM event"], .truncated, 1),
    (["DELETE FROM head"], .truncated, 51),
    (["DELETE FROM event WHERE number > 45", "DELETE FROM head"], .truncated, 46),
    (["UPDATE head SET hash = zeroblob(32)"], .changed, 50),
  ])
  func `the first broken link is named`(
    statements: [String], kind: AuditBreak.Kind, number: Int
  ) async throws {
    await (try await filled(50)).close()
    try tamper(statements)
    let store = try await AuditStore.open(sqlite: path)
    #expect(
      try await store.verify() == .broken(AuditBreak(kind: kind, number: Int64(number))),
      "\(statements)")
  }

  @Test func `a noted head shows a chain that was cut and patched, or written anew`() async throws {
    let store = try await filled(30)
    let noted = try await store.head()
    await store.close()
    try tamper([
      "DELETE FROM event WHERE number > 20",
      "UPDATE head SET number = 20, hash = (SELECT hash FROM event WHERE number = 20)",
    ])
    let cut = try await AuditStore.open(sqlite: path)
    #expect(try await cut.verify() == .intact(try await cut.head()))
    #expect(
      try await cut.verify(expected: noted) == .broken(AuditBreak(kind: .truncated, number: 21)))
    try await cut.append((100..<120).map(event))
    #expect(
      try await cut.verify(expected: noted) == .broken(AuditBreak(kind: .changed, number: 30)))
  }

  @Test func `the hash can be made again from an export`() async throws {
    let store = try await filled(3)
    let entry = try #require(try await store.newest(1).first)
    var object = try #require(entry.json.object)
    for key in ["number", "time", "hash"] { object.members.removeAll { $0.key == key } }
    let crypto = try CryptoLibrary.load()
    let canonical = JSON.object(object).canonical
    #expect(Hexadecimal.text(crypto.sha256(Array(canonical.utf8))) == entry.json["hash"]?.string)
  }

  @Test func `secrets never reach the store`() async throws {
    let store = try await filled(1)
    let entry = try #require(try await store.newest(1).first)
    #expect(!entry.arguments.contains("top") && entry.arguments.contains("••••"))
  }

  @Test func `filters find what they say, the newest of it`() async throws {
    let store = try await filled(100)
    func numbers(_ set: (inout AuditFilter) -> Void, limit: Int = 4) async throws -> [Int64] {
      var filter = AuditFilter()
      set(&filter)
      return try await store.newest(limit, matching: filter).map(\.number)
    }
    #expect(try await numbers { _ in } == [97, 98, 99, 100])
    #expect(try await numbers { $0.principals = ["user1"] } == [91, 94, 97, 100])
    #expect(try await numbers { $0.systems = ["alumia"] } == [94, 96, 98, 100])
    #expect(try await numbers { $0.tools = ["tool1", "tool2"] } == [91, 92, 96, 97])
    #expect(try await numbers { $0.kinds = ["mcp.tool.invoked.mutating"] } == [88, 92, 96, 100])
    #expect(try await numbers { $0.outcomes = [.denied] } == [70, 80, 90, 100])
    #expect(try await numbers { $0.credentials = ["alm_live_3"] } == [73, 80, 87, 94])
    #expect(try await numbers { $0.credentials = ["alm"] } == [97, 98, 99, 100])
    #expect(
      try await numbers { $0.until = WallTime(microseconds: 50_000_000) } == [46, 47, 48, 49])
    #expect(try await numbers { $0.since = WallTime(microseconds: 99_000_000) } == [99, 100])
    #expect(try await numbers { $0.slowerThan = .milliseconds(98) } == [98, 99, 100])
    #expect(try await numbers { $0.text = "lacks" } == [70, 80, 90, 100])
    #expect(try await numbers { $0.text = "%" } == [])
    #expect(
      try await numbers {
        $0.systems = ["alumia"]
        $0.principals = ["user0"]
        $0.text = "\"n\":6"
      } == [6, 60, 66])
  }

  @Test func `pages go through all that match, in order`() async throws {
    let store = try await filled(100)
    var filter = AuditFilter()
    filter.outcomes = [.denied]
    var found: [Int64] = []
    var next: Int64? = 0
    while let from = next {
      let page = try await store.page(after: from, limit: 3, matching: filter)
      found += page.entries.map(\.number)
      next = page.next
    }
    #expect(found == [10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
  }

  @LoopActor @Test func `the writer acknowledges what is safe, in groups`() async throws {
    let store = try await AuditStore.open(sqlite: path)
    let writer = AuditWriter(store)
    var kept = 0
    for index in 1...500 {
      writer.record(event(index)) { if case .success = $0 { kept += 1 } }
    }
    #expect(kept == 0)
    await writer.flush()
    #expect(kept == 500)
    #expect(try await store.verify() == .intact(try await store.head()))
    await store.close()
  }

  @Test func `a store that is locked or read-only is an error with its sentence`() async throws {
    await (try await filled(5)).close()
    var options = SQLiteConnection.Options()
    options.lockWait = .zero
    let holder = try SQLiteConnection(path: path)
    try holder.execute("BEGIN IMMEDIATE")
    let store = try await AuditStore.open(sqlite: path, options: options)
    let locked = await #expect(throws: AuditError.self) { try await store.append([event(6)]) }
    #expect(locked?.description == "\(path) is locked by another process")
    #expect(try await store.newest(10).count == 5)
    try holder.execute("ROLLBACK")
    try await store.append([event(6)])
    options.access = .readOnly
    let reader = try await AuditStore.open(sqlite: path, options: options)
    let refused = await #expect(throws: AuditError.self) { try await reader.append([event(7)]) }
    #expect(refused?.description == "\(path) is read-only")
    #expect(try await reader.verify() == .intact(try await store.head()))
  }

  @Test func `two writers share one chain`() async throws {
    let first = try await AuditStore.open(sqlite: path)
    let second = try await AuditStore.open(sqlite: path)
    for index in 1...20 { try await (index % 2 == 0 ? first : second).append([event(index)]) }
    #expect(try await second.verify() == .intact(try await first.head()))
  }

  @Test func `CSV cells are quoted, and none is a formula`() {
    #expect(
      CSV.line(["a", "b,c", "d\"e", "f\ng", "=1+1", "", "-x"])
        == "a,\"b,c\",\"d\"\"e\",\"f\ng\",'=1+1,,'-x\r\n")
  }
}
