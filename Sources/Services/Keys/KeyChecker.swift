import Crypto
import Database
package import EventLoop
package import HTTPCore

/// Checks keys on the loop for one system.
@LoopActor
package final class KeyChecker {
  private let mirror: StoreMirror<KeyRing>
  private let clock: any LoopClock
  /// Whether the store may know keys that are not known here yet.
  package let isBehind: Bool
  private var lookedAgainAt: LoopInstant?

  /// On the store's file. What another process changes in it counts from the next check on.
  package init(
    sqlite path: String, system: String, clock: (any LoopClock)? = nil
  ) throws(KeyError) {
    let crypto: CryptoLibrary
    do throws(CryptoError) { crypto = try .load() } catch { throw .crypto(error) }
    do throws(DatabaseError) {
      mirror = try StoreMirror(sqlite: path, migrations: KeySchema.migrations) {
        connection throws(DatabaseError) in
        KeyRing(try KeySchema.rows(connection), system: system, crypto)
      }
    } catch { throw .store(error) }
    self.clock = clock ?? LoopActor.loop.clock
    isBehind = false
  }

  /// On a store across the network, read again every second: a revoked key opens for that long.
  package init(
    polling store: KeyStore, system: String, clock: (any LoopClock)? = nil
  ) async throws(KeyError) {
    let clock = clock ?? LoopActor.loop.clock
    mirror = try await store.mirror(for: system, clock: clock)
    self.clock = clock
    isBehind = true
  }

  package func check(
    _ fields: HTTPFields, carriers: [PresentedKey.Carrier] = PresentedKey.Carrier.allCases
  ) -> KeyVerdict {
    guard let shown = PresentedKey.find(in: fields, carriers: carriers) else {
      return .denied(.missing)
    }
    guard let ring = mirror.value else { return .denied(.unavailable) }
    return ring.check(shown.text, at: clock.wallTime)
  }

  /// Checks a key that was not known once the store has been read again: it may have been made just now, elsewhere.
  /// Whoever guesses keys makes that happen no more often than every quarter of a second.
  package func checkAgain(
    _ fields: HTTPFields, carriers: [PresentedKey.Carrier] = PresentedKey.Carrier.allCases
  ) async -> KeyVerdict {
    let isTooSoon = lookedAgainAt.map { $0.duration(to: clock.now) < .milliseconds(250) } ?? false
    if isBehind, !isTooSoon {
      lookedAgainAt = clock.now
      await mirror.refresh()
    }
    return check(fields, carriers: carriers)
  }

  /// What was found about a good key, for as long as the store stays as it is.
  package func lasting(_ key: APIKey) -> LastingKey? {
    mirror.reading.map { reading in
      LastingKey(reading: reading, end: [key.expiresAt, key.revokedAt].compactMap(\.self).min())
    }
  }

  /// Whether looking again would find the same.
  package func holds(_ known: LastingKey) -> Bool {
    mirror.reading == known.reading && known.end.map { clock.wallTime < $0 } ?? true
  }

  package func close() { mirror.close() }
}

/// A key that was found good, in one reading of the store.
package struct LastingKey: Sendable {
  fileprivate let reading: Int
  /// When it will be over by itself.
  fileprivate let end: WallTime?
}
