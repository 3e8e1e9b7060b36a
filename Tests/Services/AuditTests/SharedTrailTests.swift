import Audit
import Database
import EventLoop
import JSON
import TestSupport
import Testing

/// What holds for the trail on every kind of store.
@Suite(.inTurns) struct SharedTrailTests {
  enum Kind: String, CaseIterable {
    case sqlite, postgres
  }

  static let kinds = Kind.allCases.filter { $0 == .sqlite || PrivatePostgres.isInstalled }

  private let scratch = ScratchFolder()

  private func connect(
    _ kind: Kind, _ space: String
  ) async throws -> @Sendable () throws(DatabaseError) -> any SQLConnection {
    let path = scratch.file("audit")
    guard kind == .postgres else {
      return { () throws(DatabaseError) in try SQLiteConnection(path: path) }
    }
    let address = try #require(await PrivatePostgres.address())
    return { () throws(DatabaseError) in
      try PostgresConnection(address, space: space, name: "postgres")
    }
  }

  private func event(_ index: Int) -> AuditEvent {
    var event = AuditEvent(
      at: WallTime(microseconds: Int64(1_000_000 * index)), kind: .invoked,
      principal: "user\(index % 3)", system: "alumia", tool: "tool\(index % 5)",
      outcome: index % 10 == 0 ? .denied : .ok)
    event.credential = "alm_live_\(index % 7)"
    event.arguments = ["n": .number(JSONNumber(index)), "text": "it's 100% ü\u{0}"]
    event.detail = "a\u{0}b ?"
    return event
  }

  @Test(arguments: kinds) func `the chain is written, found and whole`(kind: Kind) async throws {
    let connect = try await connect(kind, "whole")
    let store = try await AuditStore.open("store", by: connect)
    for start in stride(from: 1, to: 100, by: 25) {
      try await store.append((start..<start + 25).map(event))
    }
    let head = try await store.head()
    #expect(head.number == 100)
    #expect(try await store.verify() == .intact(head))
    var filter = AuditFilter()
    filter.outcomes = [.denied]
    filter.credentials = ["alm_live_"]
    filter.since = WallTime(microseconds: 50_000_000)
    #expect(try await store.newest(3, matching: filter).map(\.number) == [80, 90, 100])
    filter.text = "100% ü"
    #expect(try await store.newest(3, matching: filter).map(\.number) == [80, 90, 100])
    #expect(try await store.page(after: 60, limit: 2, matching: filter).next == 80)
    await store.close()
  }

  @Test(arguments: kinds) func `writers in several processes share one chain`(
    kind: Kind
  ) async throws {
    let connect = try await connect(kind, "shared")
    let stores = [
      try await AuditStore.open("one", by: connect), try await AuditStore.open("two", by: connect),
    ]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 1...40 {
        let (store, event) = (stores[index % 2], event(index))
        group.addTask { try await store.append([event]) }
      }
      try await group.waitForAll()
    }
    #expect(try await stores[0].verify() == .intact(try await stores[1].head()))
    #expect(try await stores[0].head().number == 40)
  }

  @Test(arguments: kinds) func `a changed event is found`(kind: Kind) async throws {
    let connect = try await connect(kind, "changed")
    let store = try await AuditStore.open("store", by: connect)
    try await store.append((1...9).map(event))
    let other = try connect()
    try other.execute("UPDATE event SET tool = 'x' WHERE number = 5")
    other.close()
    #expect(try await store.verify() == .broken(AuditBreak(kind: .changed, number: 5)))
  }

  @Test(.enabled(if: PrivatePostgres.isInstalled, "PostgreSQL is not installed"))
  func `the tests ran on PostgreSQL too`() {
    #expect(Self.kinds.contains(.postgres))
  }
}
