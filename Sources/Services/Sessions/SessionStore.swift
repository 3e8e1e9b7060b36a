package import Database
package import EventLoop

/// The sessions of all servers that share a store, and the secrets they share.
package struct SessionStore: Sendable {
  private let database: Database

  package static func open(sqlite path: String) async throws(DatabaseError) -> SessionStore {
    try await open(path) { () throws(DatabaseError) in try SQLiteConnection(path: path) }
  }

  package static func open(
    _ store: String, by connect: @escaping @Sendable () throws(DatabaseError) -> any SQLConnection
  ) async throws(DatabaseError) -> SessionStore {
    SessionStore(
      database: try await Database.open(store, migrations: SessionSchema.migrations, by: connect))
  }

  package func close() async { await database.close() }

  // MARK: - Sessions

  package func keep(_ session: StoredSession) async throws(DatabaseError) {
    try await database.perform { (connection) throws(DatabaseError) in
      try SessionSchema.insert(session, connection)
    }
  }

  package func find(_ id: String) async throws(DatabaseError) -> StoredSession? {
    try await database.perform { (connection) throws(DatabaseError) in
      try SessionSchema.find(id, connection)
    }
  }

  /// Takes a session over from a server that has gone; false where somebody else has done so first.
  package func claim(
    _ id: String, from old: SessionHome, to new: SessionHome, at now: WallTime
  ) async throws(DatabaseError) -> Bool {
    try await database.perform { (connection) throws(DatabaseError) in
      try connection.execute(
        "UPDATE session SET home = ?, address = ?, used = ? WHERE id = ? AND home = ?",
        [
          .text(new.name), .text(new.address), .integer(now.microseconds), .text(id),
          .text(old.name),
        ]) == 1
    }
  }

  package func note(_ id: String, state: String) async throws(DatabaseError) {
    try await database.perform { (connection) throws(DatabaseError) in
      _ = try connection.execute(
        "UPDATE session SET state = ? WHERE id = ?", [.text(state), .text(id)])
    }
  }

  /// Notes that they were in use until now, and forgets all that were not for that long.
  package func touch(
    _ ids: [String], at now: WallTime, forgettingAfter life: Duration
  ) async throws(DatabaseError) {
    try await database.perform { (connection) throws(DatabaseError) in
      try connection.transaction { () throws(DatabaseError) in
        for id in ids {
          try connection.execute(
            "UPDATE session SET used = ? WHERE id = ?", [.integer(now.microseconds), .text(id)])
        }
        try connection.execute(
          "DELETE FROM session WHERE used < ?",
          [.integer(now.advanced(by: .zero - life).microseconds)])
      }
    }
  }

  package func forget(_ id: String) async throws(DatabaseError) {
    try await database.perform { (connection) throws(DatabaseError) in
      _ = try connection.execute("DELETE FROM session WHERE id = ?", [.text(id)])
    }
  }

  // MARK: - Secrets

  /// The secret of that name: the one that the first server has put there.
  package func secret(
    _ name: String, orNew candidate: [UInt8]
  ) async throws(DatabaseError) -> [UInt8] {
    try await database.perform { (connection) throws(DatabaseError) in
      try connection.transaction { () throws(DatabaseError) in
        let found = try connection.rows("SELECT value FROM secret WHERE name = ?", [.text(name)])
        if let value = found.first?[0].blob, !value.isEmpty { return value }
        try connection.execute(
          "INSERT INTO secret (name, value) VALUES (?, ?)", [.text(name), .blob(candidate)])
        return candidate
      }
    }
  }
}
