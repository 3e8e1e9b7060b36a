import Crypto
package import Database
package import EventLoop
package import HTTPCore

/// Checks keys on the loop for one system. What another process changes in the store counts from the next check on.
@LoopActor
package final class KeyChecker {
  private let connection: SQLiteConnection
  private let system: String
  private let crypto: CryptoLibrary
  private let clock: any LoopClock
  private var ring: KeyRing
  private var version: Int64 = -1
  /// Why the keys could not be read again: until they can, nobody comes in.
  package private(set) var failure: DatabaseError?

  /// `path` is the store that `KeyStore` keeps.
  package init(
    sqlite path: String, system: String, clock: (any LoopClock)? = nil
  ) throws(KeyError) {
    do throws(CryptoError) { crypto = try .load() } catch { throw .crypto(error) }
    self.system = system
    self.clock = clock ?? LoopActor.loop.clock
    ring = KeyRing([], system: system, crypto)
    do throws(DatabaseError) {
      connection = try SQLiteConnection(path: path)
      try connection.migrate(KeySchema.migrations, store: path)
      try reload()
    } catch { throw .store(error) }
  }

  package func check(
    _ fields: HTTPFields, carriers: [PresentedKey.Carrier] = PresentedKey.Carrier.allCases
  ) -> KeyVerdict {
    guard let shown = PresentedKey.find(in: fields, carriers: carriers) else {
      return .denied(.missing)
    }
    return check(shown)
  }

  package func check(_ shown: PresentedKey) -> KeyVerdict {
    do throws(DatabaseError) {
      try reload()
      failure = nil
    } catch {
      failure = error
      return .denied(.unavailable)
    }
    return ring.check(shown.text, at: clock.wallTime)
  }

  package func close() { connection.close() }

  /// The store's own counter tells for a microsecond whether anybody has written.
  private func reload() throws(DatabaseError) {
    let now = try connection.rows("PRAGMA data_version").first?[0].integer ?? 0
    guard now != version else { return }
    ring = KeyRing(try KeySchema.rows(connection), system: system, crypto)
    version = now
  }
}
