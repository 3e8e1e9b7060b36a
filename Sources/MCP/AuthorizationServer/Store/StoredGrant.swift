import Authorization
import Database
import EventLoop

/// What a client was given: every token of it belongs to one grant and ends with it.
struct StoredGrant: Sendable, Hashable {
  let id: String
  /// Empty where a client acts for itself.
  let person: String
  let client: String
  let scopes: Scopes
  let resource: String
  /// Of the key that a proof of possession must come from; empty where none is needed.
  let thumbprint: String

  static func revoke(
    _ connection: any SQLConnection, where condition: String, _ values: [SQLValue],
    _ reason: String, at now: WallTime
  ) throws(DatabaseError) {
    try connection.execute(
      "UPDATE access_grant SET revoked = ?, reason = ? WHERE revoked IS NULL AND \(condition)",
      [.integer(now.microseconds), .text(reason)] + values)
  }

  func insert(
    _ connection: any SQLConnection, system: String, at now: WallTime
  ) throws(DatabaseError) {
    try connection.execute(
      """
      INSERT INTO access_grant (id, system, person, client, scopes, resource, thumbprint, created,
        reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '')
      """,
      [
        .text(id), .text(system), .text(person), .text(client), .text(scopes.text),
        .text(resource), .text(thumbprint), .integer(now.microseconds),
      ])
  }

  /// Nil for a grant that is over.
  static func find(
    _ id: String, _ system: String, _ connection: any SQLConnection
  ) throws(DatabaseError) -> StoredGrant? {
    try connection.rows(
      """
      SELECT id, person, client, scopes, resource, thumbprint FROM access_grant
        WHERE id = ? AND system = ? AND revoked IS NULL
      """, [.text(id), .text(system)]
    ).first.map { row in
      StoredGrant(
        id: row[0].text ?? "", person: row[1].text ?? "", client: row[2].text ?? "",
        scopes: Scopes(text: row[3].text ?? ""), resource: row[4].text ?? "",
        thumbprint: row[5].text ?? "")
    }
  }
}

/// A refresh token that is to be stored, by its hash.
struct NewRefreshToken: Sendable {
  let hash: [UInt8]
  let expires: WallTime

  func insert(_ connection: any SQLConnection, grant: String) throws(DatabaseError) {
    try connection.execute(
      "INSERT INTO refresh_token (hash, grant_id, expires) VALUES (?, ?, ?)",
      [.blob(hash), .text(grant), .integer(expires.microseconds)])
  }
}

extension AuthorizationStore {
  func begin(
    _ grant: StoredGrant, system: String, refresh: NewRefreshToken?, at now: WallTime
  ) async throws(AuthorizationStoreError) {
    try await transaction { connection throws(DatabaseError) in
      try grant.insert(connection, system: system, at: now)
      try refresh?.insert(connection, grant: grant.id)
    }
  }

  func revoke(
    grant id: String, because reason: String, at now: WallTime
  ) async throws(AuthorizationStoreError) {
    try await perform { connection throws(DatabaseError) in
      try StoredGrant.revoke(connection, where: "id = ?", [.text(id)], reason, at: now)
    }
  }

  func revoke(
    token id: String, of system: String, until expires: WallTime
  ) async throws(AuthorizationStoreError) {
    try await perform { connection throws(DatabaseError) in
      let values: [SQLValue] = [.text(id)]
      try connection.execute("DELETE FROM revoked_token WHERE id = ?", values)
      try connection.execute(
        "INSERT INTO revoked_token (id, system, expires) VALUES (?, ?, ?)",
        values + [.text(system), .integer(expires.microseconds)])
    }
  }

  /// The grant of a refresh token that can still be used; nil for any other.
  func grant(
    ofRefresh hash: [UInt8], in system: String, at now: WallTime
  ) async throws(AuthorizationStoreError) -> StoredGrant? {
    try await perform { connection throws(DatabaseError) in
      let row = try connection.rows(
        "SELECT grant_id FROM refresh_token WHERE hash = ? AND used IS NULL AND expires > ?",
        [.blob(hash), .integer(now.microseconds)]
      ).first
      guard let id = row?[0].text else { return nil }
      return try StoredGrant.find(id, system, connection)
    }
  }

  // MARK: - Refreshing

  /// What came of showing a refresh token.
  enum Refreshing: Sendable {
    case unknown
    case expired
    /// It was used before: somebody has a copy, and everything of the grant ends.
    case reused(grant: String, client: String)
    case known(StoredGrant)
  }

  func look(
    atRefresh hash: [UInt8], of system: String, now: WallTime
  ) async throws(AuthorizationStoreError) -> Refreshing {
    try await transaction { connection throws(DatabaseError) in
      try Self.look(hash, system, now, connection)
    }
  }

  /// Puts the new token in the place of the old one, unless somebody was faster.
  func rotate(
    _ hash: [UInt8], to next: NewRefreshToken, of system: String, at now: WallTime
  ) async throws(AuthorizationStoreError) -> Refreshing {
    try await transaction { connection throws(DatabaseError) in
      let found = try Self.look(hash, system, now, connection)
      guard case .known(let grant) = found else { return found }
      try connection.execute(
        "UPDATE refresh_token SET used = ? WHERE hash = ?",
        [.integer(now.microseconds), .blob(hash)])
      try next.insert(connection, grant: grant.id)
      return found
    }
  }

  private static func look(
    _ hash: [UInt8], _ system: String, _ now: WallTime, _ connection: any SQLConnection
  ) throws(DatabaseError) -> Refreshing {
    let row = try connection.rows(
      "SELECT grant_id, expires, used FROM refresh_token WHERE hash = ?", [.blob(hash)]
    ).first
    guard let row, let id = row[0].text,
      let grant = try StoredGrant.find(id, system, connection)
    else { return .unknown }
    guard row[2].isNull else {
      try StoredGrant.revoke(
        connection, where: "id = ?", [.text(id)], "a used refresh token was shown again", at: now)
      return .reused(grant: id, client: grant.client)
    }
    return (row[1].integer ?? 0) <= now.microseconds ? .expired : .known(grant)
  }
}
