import Database
import EventLoop
import Sessions
import TestSupport
import Testing

/// What holds for sessions on every kind of store.
@Suite(.inTurns) struct SessionStoreTests {
  enum Kind: String, CaseIterable {
    case sqlite, postgres
  }

  static let kinds = Kind.allCases.filter { $0 == .sqlite || PrivatePostgres.isInstalled }

  private let scratch = ScratchFolder()
  private let first = SessionHome(name: "first", address: "http://127.0.0.1:1")
  private let second = SessionHome(name: "second", address: "http://127.0.0.1:2")

  /// Two servers' views of one store.
  private func stores(_ kind: Kind, _ space: String) async throws -> [SessionStore] {
    var stores: [SessionStore] = []
    for _ in 0..<2 { stores.append(try await open(kind, space)) }
    return stores
  }

  private func open(_ kind: Kind, _ space: String) async throws -> SessionStore {
    guard kind == .postgres else {
      return try await SessionStore.open(sqlite: scratch.file("sessions"))
    }
    let address = try #require(await PrivatePostgres.address())
    return try await SessionStore.open("postgres") { () throws(DatabaseError) in
      try PostgresConnection(address, space: space, name: "postgres")
    }
  }

  private func session(_ id: String, at seconds: Int64 = 1000) -> StoredSession {
    StoredSession(
      id: id, system: "alumia", principal: "ada", opening: #"{"protocolVersion":"2025-11-25"}"#,
      state: "{}", home: first, usedAt: WallTime(microseconds: seconds * 1_000_000))
  }

  @Test(arguments: kinds)
  func `what one server keeps the other finds, changed and forgotten`(_ kind: Kind) async throws {
    let stores = try await stores(kind, "found")
    try await stores[0].keep(session("a"))
    #expect(try await stores[1].find("a") == session("a"))
    #expect(try await stores[1].find("b") == nil)
    try await stores[0].note("a", state: #"{"level":"info"}"#)
    #expect(try await stores[1].find("a")?.state == #"{"level":"info"}"#)
    try await stores[1].forget("a")
    #expect(try await stores[0].find("a") == nil)
    for store in stores { await store.close() }
  }

  @Test(arguments: kinds)
  func `a session is taken over by one server only`(_ kind: Kind) async throws {
    let stores = try await stores(kind, "claimed")
    try await stores[0].keep(session("a"))
    let now = WallTime(microseconds: 2_000_000_000)
    #expect(try await stores[1].claim("a", from: first, to: second, at: now))
    let third = SessionHome(name: "third", address: "http://127.0.0.1:3")
    #expect(try await !stores[0].claim("a", from: first, to: third, at: now))
    let found = try await stores[0].find("a")
    #expect(found?.home == second && found?.usedAt == now)
    for store in stores { await store.close() }
  }

  @Test(arguments: kinds)
  func `sessions that nobody uses are forgotten`(_ kind: Kind) async throws {
    let stores = try await stores(kind, "idle")
    for id in ["a", "b"] { try await stores[0].keep(session(id)) }
    let later = WallTime(microseconds: 1_090_000_000)
    try await stores[0].touch(["b"], at: later, forgettingAfter: .seconds(60))
    #expect(try await stores[1].find("a") == nil)
    #expect(try await stores[1].find("b")?.usedAt == later)
    for store in stores { await store.close() }
  }

  @Test(arguments: kinds)
  func `a secret is the first that was put there`(_ kind: Kind) async throws {
    let stores = try await stores(kind, "secrets")
    #expect(try await stores[0].secret("state", orNew: [1, 2, 3]) == [1, 2, 3])
    #expect(try await stores[1].secret("state", orNew: [4]) == [1, 2, 3])
    #expect(try await stores[1].secret("other", orNew: [4]) == [4])
    for store in stores { await store.close() }
  }
}
