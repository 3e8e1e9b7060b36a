package import Crypto
package import Database

/// The append-only chain of events. Several processes may write to one store: each transaction takes the head of the
/// chain as it finds it.
package struct AuditStore: Sendable {
  let database: Database
  let crypto: CryptoLibrary

  /// An embedded store.
  package static func open(
    sqlite path: String, options: SQLiteConnection.Options = SQLiteConnection.Options()
  ) async throws(AuditError) -> AuditStore {
    try await open(path) { () throws(DatabaseError) in
      try SQLiteConnection(path: path, options: options)
    }
  }

  package static func open(
    _ store: String, by connect: @escaping @Sendable () throws(DatabaseError) -> any SQLConnection
  ) async throws(AuditError) -> AuditStore {
    let crypto: CryptoLibrary
    do throws(CryptoError) { crypto = try .load() } catch { throw .crypto(error) }
    do throws(DatabaseError) {
      let database = try await Database.open(
        store, migrations: AuditSchema.migrations, by: connect)
      return AuditStore(database: database, crypto: crypto)
    } catch { throw .store(error) }
  }

  package func close() async { await database.close() }

  /// Appends all of them or none. What it returns for is there after a kill at any moment.
  @discardableResult
  package func append(_ events: [AuditEvent]) async throws(AuditError) -> AuditHead {
    let crypto = crypto
    return try await perform { (connection) throws(DatabaseError) in
      try connection.transaction { () throws(DatabaseError) in
        try Self.write(events, crypto, connection)
      }
    }
  }

  private static func write(
    _ events: [AuditEvent], _ crypto: CryptoLibrary, _ connection: any SQLConnection
  ) throws(DatabaseError) -> AuditHead {
    let found = try AuditSchema.head(connection)
    var head = found ?? .empty
    for event in events.lazy.map(\.storable) {
      let arguments = AuditEncoding.arguments(event.arguments, crypto)
      let hash = crypto.sha256(AuditEncoding.of(event, arguments: arguments, after: head.hash))
      let entry = AuditEntry(
        number: head.number + 1, event: event, arguments: arguments, previous: head.hash,
        hash: hash)
      try AuditSchema.insert(entry, connection)
      head = AuditHead(number: entry.number, hash: hash)
    }
    try AuditSchema.setHead(head, isFirst: found == nil, connection)
    return head
  }

  func perform<Outcome: Sendable>(
    _ work: @Sendable (any SQLConnection) throws(DatabaseError) -> Outcome
  ) async throws(AuditError) -> Outcome {
    do throws(DatabaseError) { return try await database.perform(work) } catch {
      throw .store(error)
    }
  }
}

/// Why the audit could not be read or written.
package enum AuditError: Error, Sendable, Hashable {
  case store(DatabaseError)
  case crypto(CryptoError)
  /// More events wait for the store than are kept in memory.
  case backlog
}

extension AuditError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .store(let error): error.description
    case .crypto(let error): error.description
    case .backlog: "the audit store cannot keep up"
    }
  }
}
