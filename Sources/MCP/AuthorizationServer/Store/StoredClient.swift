import Database
package import EventLoop
import JSON

/// A client as the store knows it.
package struct StoredClient: Sendable, Hashable {
  /// How it came to be known.
  package enum Origin: String, Sendable, Hashable {
    /// It registered itself.
    case dynamic
    /// Somebody who runs the server made it.
    case made
    /// Its id is the address of a document about it; it is never stored.
    case document
  }

  package let system: String
  package let id: String
  package var metadata: ClientMetadata
  var secret: [UInt8]?
  package let origin: Origin
  package let createdAt: WallTime

  /// Its own name for itself, which is foreign text.
  package var name: String { metadata.name ?? id }
}

extension AuthorizationStore {
  func add(_ client: StoredClient) async throws(AuthorizationStoreError) {
    _ = try await perform { connection throws(DatabaseError) in
      try connection.execute(
        """
        INSERT INTO client (system, id, metadata, secret, origin, created)
          VALUES (?, ?, ?, ?, ?, ?)
        """,
        [
          .text(client.system), .text(client.id),
          .text(JSON.object(client.metadata.json).compact),
          client.secret.map(SQLValue.blob) ?? .null, .text(client.origin.rawValue),
          .integer(client.createdAt.microseconds),
        ])
    }
  }

  func client(_ id: String, of system: String) async throws(AuthorizationStoreError)
    -> StoredClient?
  {
    try await perform { connection throws(DatabaseError) in
      try connection.rows(
        Self.clientColumns + " WHERE system = ? AND id = ? AND removed IS NULL",
        [.text(system), .text(id)]
      ).first.map(StoredClient.init)
    }
  }

  /// All that are there, the oldest first.
  package func clients(
    of system: String? = nil
  ) async throws(AuthorizationStoreError) -> [StoredClient] {
    try await perform { connection throws(DatabaseError) in
      try connection.rows(Self.clientColumns + " WHERE removed IS NULL ORDER BY created, id")
        .map(StoredClient.init).filter { system == nil || $0.system == system }
    }
  }

  /// Ends the client and everything it was granted; false where there is none.
  package func remove(
    client id: String, of system: String, at now: WallTime
  ) async throws(AuthorizationStoreError) -> Bool {
    try await transaction { connection throws(DatabaseError) in
      let count = try connection.execute(
        "UPDATE client SET removed = ? WHERE system = ? AND id = ? AND removed IS NULL",
        [.integer(now.microseconds), .text(system), .text(id)])
      try connection.execute(
        "UPDATE consent SET revoked = ? WHERE system = ? AND client = ? AND revoked IS NULL",
        [.integer(now.microseconds), .text(system), .text(id)])
      try StoredGrant.revoke(
        connection, where: "system = ? AND client = ?", [.text(system), .text(id)],
        "its client was removed", at: now)
      return count > 0
    }
  }

  private static let clientColumns =
    "SELECT system, id, metadata, secret, origin, created FROM client"
}

extension StoredClient {
  fileprivate init(_ row: SQLRow) {
    let text = row[2].text ?? "{}"
    let json: JSON
    do { json = try JSON.parse(text) } catch { json = [:] }
    self.init(
      system: row[0].text ?? "", id: row[1].text ?? "",
      metadata: ClientMetadata(known: json.object ?? [:]), secret: row[3].blob,
      origin: Origin(rawValue: row[4].text ?? "") ?? .dynamic,
      createdAt: WallTime(microseconds: row[5].integer ?? 0))
  }
}
