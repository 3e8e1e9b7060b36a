package import Database
import EventLoop

/// The clients, consents, grants and keys of all systems' authorization servers.
package struct AuthorizationStore: Sendable {
  let database: Database

  package static func open(
    sqlite path: String
  ) async throws(AuthorizationStoreError) -> AuthorizationStore {
    try await open(path) { () throws(DatabaseError) in
      try SQLiteConnection(path: path, options: .init(access: .asAllowed))
    }
  }

  package static func open(
    _ store: String, by connect: @escaping @Sendable () throws(DatabaseError) -> any SQLConnection
  ) async throws(AuthorizationStoreError) -> AuthorizationStore {
    do throws(DatabaseError) {
      return AuthorizationStore(
        database: try await Database.open(
          store, migrations: AuthorizationSchema.migrations, by: connect))
    } catch { throw .store(error) }
  }

  package func close() async { await database.close() }

  func perform<Outcome: Sendable>(
    _ work: @Sendable (any SQLConnection) throws(DatabaseError) -> Outcome
  ) async throws(AuthorizationStoreError) -> Outcome {
    do throws(DatabaseError) { return try await database.perform(work) } catch {
      throw .store(error)
    }
  }

  /// All of the work or nothing of it.
  func transaction<Outcome: Sendable>(
    _ work: @Sendable (any SQLConnection) throws(DatabaseError) -> Outcome
  ) async throws(AuthorizationStoreError) -> Outcome {
    try await perform { connection throws(DatabaseError) in
      try connection.transaction { () throws(DatabaseError) in try work(connection) }
    }
  }

  /// Lets go of what is long over.
  func purge(at now: WallTime) async throws(AuthorizationStoreError) {
    let past = SQLValue.integer(now.advanced(by: .seconds(-86_400)).microseconds)
    try await transaction { connection throws(DatabaseError) in
      for table in ["refresh_token", "code", "device", "revoked_token"] {
        try connection.execute("DELETE FROM \(table) WHERE expires < ?", [past])
      }
    }
  }
}

/// Why the store of an authorization server gives or takes nothing.
package enum AuthorizationStoreError: Error, Sendable, Hashable {
  case store(DatabaseError)
  case noCrypto(String)
}

extension AuthorizationStoreError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .store(let error): error.description
    case .noCrypto(let reason): reason
    }
  }
}
