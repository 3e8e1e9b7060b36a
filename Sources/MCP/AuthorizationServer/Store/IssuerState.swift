package import Crypto
import Database
package import EventLoop

/// What checking a token needs of the store, held in memory.
struct IssuerState: Sendable {
  struct Key: Sendable, Hashable {
    let id: String
    let pem: String
    let createdAt: WallTime
  }

  /// The newest first.
  var keys: [Key] = []
  var revokedGrants: Set<String> = []
  var revokedTokens: Set<String> = []
  var removedClients: Set<String> = []
  /// Proves what this server has handed out and gets back: forms, sessions, nonces.
  var seal: [UInt8] = []

  /// Grants that ended longest ago fall out of sight; no token of theirs lives that long.
  private static let limit = 10_000

  static func read(_ system: String) -> StoreMirror<IssuerState>.Reading {
    { connection throws(DatabaseError) in
      func ids(_ question: String) throws(DatabaseError) -> Set<String> {
        Set(try connection.rows(question, [.text(system)]).compactMap { $0[0].text })
      }
      var state = IssuerState()
      state.keys = try connection.rows(
        "SELECT id, pem, created FROM signing_key WHERE system = ? ORDER BY created DESC, id",
        [.text(system)]
      ).map { row in
        Key(
          id: row[0].text ?? "", pem: row[1].text ?? "",
          createdAt: WallTime(microseconds: row[2].integer ?? 0))
      }
      state.revokedGrants = try ids(
        """
        SELECT id FROM access_grant WHERE system = ? AND revoked IS NOT NULL
          ORDER BY revoked DESC LIMIT \(limit)
        """)
      state.revokedTokens = try ids("SELECT id FROM revoked_token WHERE system = ?")
      state.removedClients = try ids(
        "SELECT id FROM client WHERE system = ? AND removed IS NOT NULL LIMIT \(limit)")
      state.seal =
        try connection.rows("SELECT secret FROM seal WHERE system = ?", [.text(system)])
        .first?[0].blob ?? []
      return state
    }
  }
}

extension AuthorizationStore {
  /// Keys that stay known behind the newest one.
  private static let keptKeys = 3

  /// Makes what a system needs before it can sign anything.
  func prepare(
    _ system: String, _ crypto: CryptoLibrary, at now: WallTime
  ) async throws(AuthorizationStoreError) {
    let seal: [UInt8]
    let pem: String
    do throws(CryptoError) {
      seal = try crypto.randomBytes(32)
      pem = try SigningKey(newIn: crypto).pem()
    } catch { throw .noCrypto(error.description) }
    try await transaction { connection throws(DatabaseError) in
      let state = try IssuerState.read(system)(connection)
      if state.seal.isEmpty {
        try connection.execute(
          "INSERT INTO seal (system, secret) VALUES (?, ?)", [.text(system), .blob(seal)])
      }
      if state.keys.isEmpty { try Self.insert(pem, seal, system, now, connection) }
    }
  }

  /// Signs with a new key from now on. The old ones stay known until what they signed is over.
  package func rotateKey(
    of system: String, _ crypto: CryptoLibrary, at now: WallTime
  ) async throws(AuthorizationStoreError) {
    let pem: String
    let salt: [UInt8]
    do throws(CryptoError) {
      pem = try SigningKey(newIn: crypto).pem()
      salt = try crypto.randomBytes(8)
    } catch { throw .noCrypto(error.description) }
    try await transaction { connection throws(DatabaseError) in
      let old = try IssuerState.read(system)(connection).keys
      try Self.insert(pem, salt, system, now, connection)
      for key in old.dropFirst(Self.keptKeys) {
        try connection.execute("DELETE FROM signing_key WHERE id = ?", [.text(key.id)])
      }
    }
  }

  private static func insert(
    _ pem: String, _ salt: [UInt8], _ system: String, _ now: WallTime,
    _ connection: any SQLConnection
  ) throws(DatabaseError) {
    try connection.execute(
      "INSERT INTO signing_key (id, system, pem, created) VALUES (?, ?, ?, ?)",
      [
        .text(Base64URL.text(Array(salt.prefix(6)))), .text(system), .text(pem),
        .integer(now.microseconds),
      ])
  }
}
