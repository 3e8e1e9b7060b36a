import Crypto
import Database
package import EventLoop
package import HTTPCore

/// Checks keys on the loop for one system.
@LoopActor
package final class KeyChecker {
  private let source: any KeySource
  private let clock: any LoopClock

  /// On the store's file. What another process changes in it counts from the next check on.
  package init(
    sqlite path: String, system: String, clock: (any LoopClock)? = nil
  ) throws(KeyError) {
    source = try FileKeys(path, system: system)
    self.clock = clock ?? LoopActor.loop.clock
  }

  /// On a store across the network, read again every second: a revoked key opens for that long.
  package init(
    polling store: KeyStore, system: String, clock: (any LoopClock)? = nil
  ) async throws(KeyError) {
    let clock = clock ?? LoopActor.loop.clock
    source = try await PolledKeys(store, system: system, clock: clock)
    self.clock = clock
  }

  package func check(
    _ fields: HTTPFields, carriers: [PresentedKey.Carrier] = PresentedKey.Carrier.allCases
  ) -> KeyVerdict {
    guard let shown = PresentedKey.find(in: fields, carriers: carriers) else {
      return .denied(.missing)
    }
    guard let ring = source.ring() else { return .denied(.unavailable) }
    return ring.check(shown.text, at: clock.wallTime)
  }

  package func close() { source.close() }
}

/// Where a checker has its keys from; nil while they cannot be read: then nobody comes in.
@LoopActor
private protocol KeySource: AnyObject {
  func ring() -> KeyRing?
  func close()
}

/// Keys of a file. The store's own counter tells for a microsecond whether anybody has written.
@LoopActor
private final class FileKeys: KeySource {
  private let connection: SQLiteConnection
  private let system: String
  private let crypto: CryptoLibrary
  private var known: KeyRing
  private var version: Int64 = -1
  private var turn: UInt64?

  init(_ path: String, system: String) throws(KeyError) {
    do throws(CryptoError) { crypto = try .load() } catch { throw .crypto(error) }
    self.system = system
    known = KeyRing([], system: system, crypto)
    do throws(DatabaseError) {
      connection = try SQLiteConnection(path: path)
      try connection.migrate(KeySchema.migrations, store: path)
      try reload()
    } catch { throw .store(error) }
  }

  func ring() -> KeyRing? {
    do throws(DatabaseError) {
      try reload()
      return known
    } catch { return nil }
  }

  func close() { connection.close() }

  /// Requests that came in one turn of the loop came at one time: the first of them looks.
  private func reload() throws(DatabaseError) {
    guard turn != LoopActor.loop.turns else { return }
    let now = try connection.rows("PRAGMA data_version").first?[0].integer ?? 0
    if now != version {
      known = KeyRing(try KeySchema.rows(connection), system: system, crypto)
      version = now
    }
    turn = LoopActor.loop.turns
  }
}

/// Keys that are fetched again and again.
@LoopActor
private final class PolledKeys: KeySource {
  private let store: KeyStore
  private let system: String
  private let clock: any LoopClock
  private var known: KeyRing
  private var readAt: LoopInstant
  private var timer: LoopTimer?

  private static let every = Duration.seconds(1)
  /// Keys that are older than this count no more.
  private static let trusted = Duration.seconds(15)

  init(_ store: KeyStore, system: String, clock: any LoopClock) async throws(KeyError) {
    self.store = store
    self.system = system
    self.clock = clock
    known = try await store.ring(for: system)
    readAt = clock.now
    schedule()
  }

  func ring() -> KeyRing? {
    readAt.duration(to: clock.now) <= Self.trusted ? known : nil
  }

  func close() { timer = nil }

  private func schedule() {
    timer = clock.timer(after: Self.every) { [weak self] in
      guard let self else { return }
      Task { await self.fetch() }
    }
  }

  /// A failure is told by the age of what is known.
  private func fetch() async {
    let began = clock.now
    do throws(KeyError) {
      known = try await store.ring(for: system)
      readAt = began
    } catch {}
    if timer != nil { schedule() }
  }
}
