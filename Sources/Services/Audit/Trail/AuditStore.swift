package import Crypto
package import Database

/// The append-only chain of events. Several processes may write to one store: each transaction takes the head of the
/// chain as it finds it.
package struct AuditStore: Sendable {
  let database: Database
  let crypto: CryptoLibrary
  /// Of a store that lies in a file: beside it events can wait.
  var path: String?

  /// An embedded store.
  package static func open(
    sqlite path: String, options: SQLiteConnection.Options = AuditStore.options
  ) async throws(AuditError) -> AuditStore {
    var store = try await open(path) { () throws(DatabaseError) in
      try SQLiteConnection(path: path, options: options)
    }
    guard path != ":memory:" else { return store }
    store.path = path
    try await SpoolRecovery(store: store, path: path).run()
    return store
  }

  /// Written without a pause, read as a whole.
  package static var options: SQLiteConnection.Options {
    var options = SQLiteConnection.Options()
    options.movesLogApart = true
    options.mappedBytes = 1 << 31 - 1 << 16
    return options
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
    try await append(events.map { PreparedEvent($0, crypto) }, taking: nil)
  }

  /// The same, and how far the store is with a spool then.
  @discardableResult
  func append(
    _ events: [PreparedEvent], taking mark: AuditSpool.Mark?
  ) async throws(AuditError) -> AuditHead {
    let crypto = crypto
    let work: @Sendable (any SQLConnection) throws(DatabaseError) -> AuditHead = {
      (connection) throws(DatabaseError) in
      try connection.transaction { () throws(DatabaseError) in
        if let mark { try AuditSchema.set(mark, connection) }
        return try Self.write(events, crypto, connection)
      }
    }
    do throws(DatabaseError) {
      return mark == nil ? try await database.perform(work) : try await database.performBehind(work)
    } catch { throw .store(error) }
  }

  /// The number of the last event that came from that spool.
  func taken(from spool: String) async throws(AuditError) -> UInt64 {
    try await perform { (connection) throws(DatabaseError) in
      try AuditSchema.taken(from: spool, connection)
    }
  }

  func forget(spool: String) async throws(AuditError) {
    try await perform { (connection) throws(DatabaseError) in
      try AuditSchema.forget(spool: spool, connection)
    }
  }

  private static func write(
    _ events: [PreparedEvent], _ crypto: CryptoLibrary, _ connection: any SQLConnection
  ) throws(DatabaseError) -> AuditHead {
    let found = try AuditSchema.head(connection)
    var head = found ?? .empty
    for event in events { head = try write(event, after: head, crypto, connection) }
    try AuditSchema.setHead(head, isFirst: found == nil, connection)
    return head
  }

  private static func write(
    _ prepared: PreparedEvent, after head: AuditHead, _ crypto: CryptoLibrary,
    _ connection: any SQLConnection
  ) throws(DatabaseError) -> AuditHead {
    let (event, arguments) = (prepared.event, prepared.arguments)
    var encoding = AuditEncoding(event, arguments: arguments, after: head.hash)
    if encoding.hasNUL {
      encoding = AuditEncoding(event.storable, arguments: arguments, after: head.hash)
    }
    let next = AuditHead(number: head.number + 1, hash: crypto.sha256(encoding.bytes))
    try connection.insert(
      AuditSchema.insertion,
      encoding.row(next.number, event, after: head.hash, hash: next.hash))
    return next
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

extension AuditError {
  /// For callers, who need not know where the audit is.
  package var plainSentence: String {
    if case .store(let error) = self { error.sentence(of: "the audit") } else { description }
  }
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
