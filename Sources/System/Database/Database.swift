import EventLoop

/// A store whose blocking work runs apart from the loop, one piece at a time, in the order it was asked for.
package actor Database {
  private let queue: SerialQueue
  private let connection: any SQLConnection

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    queue.asUnownedSerialExecutor()
  }

  /// Opens by `connect`, on the store's own queue, and brings the schema up to date.
  package static func open(
    _ store: String, migrations: [[String]] = [],
    by connect: @escaping @Sendable () throws(DatabaseError) -> any SQLConnection
  ) async throws(DatabaseError) -> Database {
    let queue = SerialQueue(named: "database")
    return try await Opening(queue: queue).open(store, migrations, connect)
  }

  fileprivate init(queue: SerialQueue, connection: sending any SQLConnection) {
    self.queue = queue
    self.connection = connection
  }

  /// Opens an embedded store.
  package static func sqlite(
    _ path: String, options: SQLiteConnection.Options = SQLiteConnection.Options(),
    migrations: [[String]] = []
  ) async throws(DatabaseError) -> Database {
    try await open(path, migrations: migrations) { () throws(DatabaseError) in
      try SQLiteConnection(path: path, options: options)
    }
  }

  /// Does some work with the connection. The work must not keep it.
  package func perform<Outcome: Sendable>(
    _ work: @Sendable (any SQLConnection) throws(DatabaseError) -> Outcome
  ) throws(DatabaseError) -> Outcome {
    try work(connection)
  }

  /// The same for work that nobody waits for: under load its thread gives way to those that somebody waits for.
  package func performBehind<Outcome: Sendable>(
    _ work: @Sendable (any SQLConnection) throws(DatabaseError) -> Outcome
  ) throws(DatabaseError) -> Outcome {
    DetachedThread.giveWay(.toMost)
    return try work(connection)
  }

  package func close() { connection.close() }

  /// Has a thread ready for the first store that is opened.
  package nonisolated static func beginThread() { SerialQueue(named: "database").begin() }
}

/// Connects on the queue that will own the connection.
private actor Opening {
  private let queue: SerialQueue

  nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

  init(queue: SerialQueue) { self.queue = queue }

  func open(
    _ store: String, _ migrations: [[String]],
    _ connect: @Sendable () throws(DatabaseError) -> any SQLConnection
  ) throws(DatabaseError) -> Database {
    let connection = try connect()
    do {
      try connection.migrate(migrations, store: store)
      return Database(queue: queue, connection: connection)
    } catch {
      connection.close()
      throw error
    }
  }
}
