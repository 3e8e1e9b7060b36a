import EventLoop
import Glibc
import HTTPCore
import Keys
import SafeText
import TestSupport
import Testing

@LoopActor @Suite(.inTurns) struct KeyTests {
  private let scratch = ScratchFolder()
  private let clock = VirtualClock()

  private func request(_ system: String = "alumia") throws -> KeyRequest {
    KeyRequest(
      system: try #require(KeySystem.named(system)), name: "ci", scopes: ["read"], createdBy: "ann")
  }

  private func fields(_ key: MintedKey) -> HTTPFields {
    ["Authorization": "Bearer \(key.text.reveal())"]
  }

  @Test func `S2: a key opens its own system until it is revoked or expires`() async throws {
    let store = try await KeyStore.open(sqlite: scratch.file("keys"))
    let checker = try KeyChecker(
      sqlite: scratch.file("keys"), system: "alumia", clock: clock)
    var wish = try request()
    wish.expiresAt = clock.wallTime.advanced(by: .seconds(60))
    let key = try await store.mint(wish, at: clock.wallTime)
    let other = try await store.mint(try request("allv"), at: clock.wallTime)
    guard case .granted(let found) = checker.check(fields(key)) else {
      Issue.record("not granted")
      return
    }
    #expect(found.name == "ci" && found.scopes == ["read"] && found.prefix == key.key.prefix)
    #expect(found.denial(needing: ["read"]) == nil)
    #expect(found.denial(needing: ["read", "write"]) == .missingScopes(found.prefix, ["write"]))
    #expect(checker.check(fields(other)) == .denied(.otherSystem(other.key.prefix)))
    #expect(try await store.revoke(key.key.id, at: clock.wallTime))
    #expect(try await !store.revoke(key.key.id, at: clock.wallTime))
    // Within one turn of the loop nothing is read again.
    await LoopActor.loop.nextTurn()
    #expect(checker.check(fields(key)) == .denied(.revoked(key.key.prefix, clock.wallTime)))
    let second = try await store.mint(wish, at: clock.wallTime)
    let end = try #require(wish.expiresAt)
    await clock.advance(by: .seconds(61))
    #expect(checker.check(fields(second)) == .denied(.expired(second.key.prefix, end)))
    checker.close()
    await store.close()
  }

  @Test func `every header kind is read, and what is no key is refused`() async throws {
    let store = try await KeyStore.open(sqlite: scratch.file("keys"))
    let key = try await store.mint(try request(), at: clock.wallTime)
    let checker = try KeyChecker(sqlite: scratch.file("keys"), system: "alumia", clock: clock)
    let text = key.text.reveal()
    for fields: HTTPFields in [
      ["authorization": "bearer \(text)"], ["X-API-Key": text], ["x-mcp-api-key": text],
    ] {
      #expect(checker.check(fields) == .granted(key.key))
    }
    let last = text.last == "a" ? "b" : "a"
    let rows: [(HTTPFields, KeyDenial)] = [
      ([:], .missing), (["Authorization": "Basic \(text)"], .missing),
      (["x-api-key": text, "X-Api-Key": text], .missing), (["x-api-key": ""], .malformed),
      (["x-api-key": "alm_live_short"], .malformed), (["x-api-key": text + "é"], .malformed),
      (["x-api-key": String(repeating: "a", count: 5000)], .malformed),
      (["x-api-key": text.dropLast() + last], .unknown),
      (["x-api-key": "alm_live_" + String(repeating: "0", count: 42)], .unknown),
      (["x-api-key": text.replacing("live", with: "test")], .unknown),
    ]
    for (fields, denial) in rows {
      #expect(checker.check(fields) == .denied(denial), "\(fields)")
    }
    #expect(checker.check(fields(key), carriers: [.apiKey]) == .denied(.missing))
    checker.close()
    await store.close()
  }

  @Test func `a rotated key gives way after its grace`() async throws {
    let store = try await KeyStore.open(sqlite: scratch.file("keys"))
    let wish = try request()
    let old = try await store.mint(wish, at: clock.wallTime)
    let new = try await store.rotate(
      old.key, system: wish.system, grace: .seconds(30), by: "bob", at: clock.wallTime)
    let checker = try KeyChecker(sqlite: scratch.file("keys"), system: "alumia", clock: clock)
    #expect(new.key.name == "ci" && new.key.createdBy == "bob" && new.text != old.text)
    guard case .granted(let still) = checker.check(fields(old)) else {
      Issue.record("no grace")
      return
    }
    #expect(still.rotatedTo == new.key.id)
    let namesake = try await store.mint(wish, at: clock.wallTime)
    #expect(still.family == new.key.family && namesake.key.family != new.key.family)
    _ = try await store.revoke(namesake.key.id, at: clock.wallTime)
    await clock.advance(by: .seconds(31))
    #expect(checker.check(fields(new)) == .granted(new.key))
    guard case .denied(.expired) = checker.check(fields(old)) else {
      Issue.record("the old key still opens")
      return
    }
    let names = try await store.keys(named: "ci", at: clock.wallTime)
    #expect(names.map(\.id) == [new.key.id])
    checker.close()
    await store.close()
  }

  @Test func `nothing of a key but its prefix is stored or printed`() async throws {
    let store = try await KeyStore.open(sqlite: scratch.file("keys"))
    let key = try await store.mint(try request(), at: clock.wallTime)
    await store.close()
    let secret = String(key.text.reveal().suffix(32))
    for name in ["keys", "keys-wal"] {
      #expect(!Self.text(of: scratch.file(name)).contains(secret))
    }
    #expect(!"\(key)".contains(secret))
    #expect(key.text.reveal().hasPrefix("alm_live_"))
  }

  private static func text(of path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = getc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `a denial says what is wrong and never the key`() {
    let time = WallTime(microseconds: 0)
    let rows: [(KeyDenial, Int, String)] = [
      (.missing, 401, "no API key was sent"),
      (.revoked("p", time), 401, "the API key was revoked at 1970-01-01T00:00:00.000Z"),
      (.missingScopes("p", ["a", "b"]), 403, "the API key lacks the scopes a, b"),
      (.unavailable, 503, "the API keys cannot be read just now"),
    ]
    for (denial, status, sentence) in rows {
      #expect(denial.status == status && denial.sentence == sentence)
    }
    #expect(KeyDenial.missing.challengeError == nil)
    #expect(KeyDenial.unknown.challengeError == "invalid_token")
    #expect(KeyDenial.missingScopes("p", []).challengeError == "insufficient_scope")
  }
}
