package import Authorization
import Database
package import EventLoop

/// What a person has allowed a client.
package struct StoredConsent: Sendable, Hashable {
  package let id: String
  package let system: String
  package let person: String
  package let client: String
  /// What the client called itself at the time. Foreign text.
  package let clientName: String
  package let scopes: Scopes
  package let givenAt: WallTime
}

extension AuthorizationStore {
  /// All that count, the oldest first.
  package func consents(
    of system: String? = nil
  ) async throws(AuthorizationStoreError) -> [StoredConsent] {
    try await perform { connection throws(DatabaseError) in
      try connection.rows(Self.columns + " WHERE revoked IS NULL ORDER BY given, id")
        .map(StoredConsent.init).filter { system == nil || $0.system == system }
    }
  }

  func consent(
    of person: String, to client: String, in system: String
  ) async throws(AuthorizationStoreError) -> StoredConsent? {
    try await perform { connection throws(DatabaseError) in
      try Self.find(person, client, system, connection)
    }
  }

  /// Remembers it; what was allowed before stays allowed.
  func keep(_ new: StoredConsent) async throws(AuthorizationStoreError) {
    try await transaction { connection throws(DatabaseError) in
      let old = try Self.find(new.person, new.client, new.system, connection)
      if let old {
        try connection.execute("DELETE FROM consent WHERE id = ?", [.text(old.id)])
      }
      try connection.execute(
        """
        INSERT INTO consent (id, system, person, client, client_name, scopes, given)
          VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [
          .text(new.id), .text(new.system), .text(new.person), .text(new.client),
          .text(new.clientName), .text((old?.scopes ?? Scopes()).union(new.scopes).text),
          .integer(new.givenAt.microseconds),
        ])
    }
  }

  /// Ends it with every token that came of it.
  package func revoke(
    _ consent: StoredConsent, at now: WallTime
  ) async throws(AuthorizationStoreError) {
    try await transaction { connection throws(DatabaseError) in
      try connection.execute(
        "UPDATE consent SET revoked = ? WHERE id = ? AND revoked IS NULL",
        [.integer(now.microseconds), .text(consent.id)])
      try StoredGrant.revoke(
        connection, where: "system = ? AND client = ? AND person = ?",
        [.text(consent.system), .text(consent.client), .text(consent.person)],
        "the consent was revoked", at: now)
    }
  }

  private static let columns =
    "SELECT id, system, person, client, client_name, scopes, given FROM consent"

  private static func find(
    _ person: String, _ client: String, _ system: String, _ connection: any SQLConnection
  ) throws(DatabaseError) -> StoredConsent? {
    try connection.rows(
      columns + " WHERE system = ? AND person = ? AND client = ? AND revoked IS NULL",
      [.text(system), .text(person), .text(client)]
    ).first.map(StoredConsent.init)
  }
}

extension StoredConsent {
  fileprivate init(_ row: SQLRow) {
    self.init(
      id: row[0].text ?? "", system: row[1].text ?? "", person: row[2].text ?? "",
      client: row[3].text ?? "", clientName: row[4].text ?? "",
      scopes: Scopes(text: row[5].text ?? ""),
      givenAt: WallTime(microseconds: row[6].integer ?? 0))
  }
}
