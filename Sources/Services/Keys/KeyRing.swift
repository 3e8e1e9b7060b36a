import Crypto
import EventLoop
import SafeText

/// All keys of one system, held in memory for checking.
struct KeyRing: Sendable {
  private let rows: [String: KeyRow]
  private let system: String
  private let crypto: CryptoLibrary

  init(_ rows: [KeyRow], system: String, _ crypto: CryptoLibrary) {
    self.rows = Dictionary(rows.map { ($0.key.id, $0) }) { first, _ in first }
    self.system = system
    self.crypto = crypto
  }

  func check(_ text: Secret, at now: WallTime) -> KeyVerdict {
    let text = text.reveal()
    guard let id = KeyText.id(in: text) else { return .denied(.malformed) }
    let row = rows[String(id)]
    // An id that is not known costs the same hash as one that is.
    let hash = KeyText.hash(text, salt: row?.salt ?? Self.noSalt, crypto)
    guard let row, crypto.isEqual(hash, row.hash) else { return .denied(.unknown) }
    let key = row.key
    guard key.system == system else { return .denied(.otherSystem(key.prefix)) }
    if let time = key.revokedAt, time <= now { return .denied(.revoked(key.prefix, time)) }
    if let time = key.expiresAt, time <= now { return .denied(.expired(key.prefix, time)) }
    return .granted(key)
  }

  private static let noSalt = [UInt8](repeating: 0, count: 16)
}
