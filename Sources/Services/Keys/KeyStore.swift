package import Crypto
package import Database
package import EventLoop
import SafeText

/// The keys of all systems, in a store of their own.
package struct KeyStore: Sendable {
  private let database: Database
  private let crypto: CryptoLibrary

  package static func open(sqlite path: String) async throws(KeyError) -> KeyStore {
    try await open(path) { () throws(DatabaseError) in
      try SQLiteConnection(path: path, options: .init(access: .asAllowed))
    }
  }

  package static func open(
    _ store: String, by connect: @escaping @Sendable () throws(DatabaseError) -> any SQLConnection
  ) async throws(KeyError) -> KeyStore {
    let crypto: CryptoLibrary
    do throws(CryptoError) { crypto = try .load() } catch { throw .crypto(error) }
    do throws(DatabaseError) {
      return KeyStore(
        database: try await Database.open(store, migrations: KeySchema.migrations, by: connect),
        crypto: crypto)
    } catch { throw .store(error) }
  }

  package func close() async { await database.close() }

  // MARK: - Changes

  package func mint(_ request: KeyRequest, at now: WallTime) async throws(KeyError) -> MintedKey {
    let row = try newRow(request, at: now)
    try await perform { (connection) throws(DatabaseError) in try KeySchema.insert(row, connection)
    }
    return MintedKey(key: row.key, text: row.text)
  }

  /// False where it was revoked before.
  package func revoke(_ id: String, at now: WallTime) async throws(KeyError) -> Bool {
    try await perform { (connection) throws(DatabaseError) in
      try connection.execute(
        "UPDATE api_key SET revoked = ? WHERE id = ? AND revoked IS NULL",
        [.integer(now.microseconds), .text(id)]) > 0
    }
  }

  /// A new key with everything of the old one; the old one ends after `grace`, never later than it would have.
  package func rotate(
    _ old: APIKey, system: KeySystem, grace: Duration, by person: String, at now: WallTime
  ) async throws(KeyError) -> MintedKey {
    var request = KeyRequest(
      system: system, name: old.name, scopes: old.scopes, createdBy: person)
    request.projects = old.projects
    request.family = old.family ?? old.id
    request.isTest = old.prefix.hasPrefix(system.test)
    request.expiresAt = old.expiresAt.map { expires in
      let life = expires.microseconds - old.createdAt.microseconds
      return WallTime(microseconds: now.microseconds + max(0, life))
    }
    let row = try newRow(request, at: now)
    let end = SQLValue.integer(now.advanced(by: grace).microseconds)
    try await perform { (connection) throws(DatabaseError) in
      try connection.transaction { () throws(DatabaseError) in
        try KeySchema.insert(row, connection)
        try connection.execute(
          """
          UPDATE api_key SET rotated_to = ?, expires = CASE
            WHEN expires IS NOT NULL AND expires < ? THEN expires ELSE ? END WHERE id = ?
          """, [.text(row.key.id), end, end, .text(old.id)])
      }
    }
    return MintedKey(key: row.key, text: row.text)
  }

  private func newRow(_ request: KeyRequest, at now: WallTime) throws(KeyError) -> KeyRow {
    do throws(CryptoError) {
      let id =
        if let given = request.id { given } else { try KeyText.random(KeyText.idCount, crypto) }
      let start = request.isTest ? request.system.test : request.system.live
      let text = start + id + (try KeyText.random(KeyText.secretCount, crypto))
      let salt = try crypto.randomBytes(16)
      var key = APIKey(
        id: id, system: request.system.name, name: request.name, prefix: start + id,
        scopes: request.scopes, projects: request.projects, createdAt: now,
        createdBy: request.createdBy, expiresAt: request.expiresAt, revokedAt: nil, rotatedTo: nil)
      key.family = request.family ?? id
      return KeyRow(
        key: key, text: Secret(text), salt: salt, hash: KeyText.hash(text, salt: salt, crypto))
    } catch { throw .crypto(error) }
  }

  // MARK: - Questions

  package func keys(system: String? = nil) async throws(KeyError) -> [APIKey] {
    try await perform { (connection) throws(DatabaseError) in
      try KeySchema.rows(connection).map(\.key).filter { system == nil || $0.system == system }
    }
  }

  /// All keys with what proves them, for checking.
  @LoopActor
  func mirror(
    for system: String, clock: any LoopClock
  ) async throws(KeyError) -> StoreMirror<KeyRing> {
    let crypto = crypto
    do throws(DatabaseError) {
      return try await StoreMirror(polling: database, clock: clock) {
        connection throws(DatabaseError) in
        KeyRing(try KeySchema.rows(connection), system: system, crypto)
      }
    } catch { throw .store(error) }
  }

  /// Keys of that id, prefix or name, active ones alone where there are some.
  package func keys(named word: String, at now: WallTime) async throws(KeyError) -> [APIKey] {
    let found = try await keys().filter {
      $0.id == word || $0.prefix == word || $0.name == word
    }
    let active = found.filter { $0.status(at: now) == .active }
    return active.isEmpty ? found : active
  }

  private func perform<Outcome: Sendable>(
    _ work: @Sendable (any SQLConnection) throws(DatabaseError) -> Outcome
  ) async throws(KeyError) -> Outcome {
    do throws(DatabaseError) { return try await database.perform(work) } catch {
      throw .store(error)
    }
  }
}

/// Why keys could not be read or changed.
package enum KeyError: Error, Sendable, Hashable {
  case store(DatabaseError)
  case crypto(CryptoError)
}

extension KeyError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .store(let error): error.description
    case .crypto(let error): error.description
    }
  }
}
