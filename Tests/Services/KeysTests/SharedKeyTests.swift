import Database
import EventLoop
import HTTPCore
import Keys
import SafeText
import TestSupport
import Testing

@LoopActor
@Suite(.inTurns, .enabled(if: PrivatePostgres.isInstalled, "PostgreSQL is not installed"))
struct SharedKeyTests {
  @Test func `keys in a shared database are read again every second, and for one that is new`()
    async throws
  {
    let address = try #require(await PrivatePostgres.address())
    let clock = VirtualClock()
    let store = try await KeyStore.open("postgres") { () throws(DatabaseError) in
      try PostgresConnection(address, space: "keys", name: "postgres")
    }
    let checker = try await KeyChecker(polling: store, system: "allv", clock: clock)
    let system = try #require(KeySystem.named("allv"))
    let request = KeyRequest(system: system, name: "bot", scopes: ["read"], createdBy: "ann")
    let key = try await store.mint(request, at: clock.wallTime)
    let fields: HTTPFields = ["x-api-key": key.text.reveal()]
    #expect(checker.check(fields) == .denied(.unknown))
    #expect(await checker.checkAgain(fields) == .granted(key.key))
    let second = try await store.mint(request, at: clock.wallTime)
    let others: HTTPFields = ["x-api-key": second.text.reveal()]
    #expect(await checker.checkAgain(others) == .denied(.unknown), "that was a moment ago")
    await clock.advance(by: .milliseconds(1100))
    while checker.check(fields) != .granted(key.key) { await LoopActor.loop.nextTurn() }
    #expect(try await store.revoke(key.key.id, at: clock.wallTime))
    await clock.advance(by: .milliseconds(1100))
    while checker.check(fields) == .granted(key.key) { await LoopActor.loop.nextTurn() }
    await store.close()
    await clock.advance(by: .seconds(30))
    #expect(checker.check(fields) == .denied(.unavailable))
  }
}
