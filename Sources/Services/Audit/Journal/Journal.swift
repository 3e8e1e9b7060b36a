package import Database
import Synchronization

/// What this client did, kept on disk in bounds, for `history` and for replay.
///
/// Writing never delays or fails a call: entries are taken over at once and written in groups behind it. A store
/// that cannot be written switches the journal off and leaves its error to be told.
package final class Journal: Sendable {
  private struct Pending {
    var entries: [JournalEntry] = []
    var isWriting = false
    var written = 0
    var failure: DatabaseError?
  }

  /// Taken together in one transaction at most, so that a reader never waits long.
  private static let batch = 1_000
  /// Entries between two looks at the limits.
  private static let pruneEvery = 2_000
  /// Entries waiting for a slow disk; past that the newest are dropped, the calls go on.
  private static let backlog = 20_000

  private let database: Database
  private let limits: JournalLimits
  private let pending = Mutex(Pending())

  /// Opens or makes the store. Its folder must exist.
  package static func open(
    _ path: String, limits: JournalLimits = JournalLimits()
  ) async throws(DatabaseError) -> Journal {
    let database = try await Database.sqlite(path, migrations: JournalSchema.migrations)
    return Journal(database: database, limits: limits)
  }

  private init(database: Database, limits: JournalLimits) {
    self.database = database
    self.limits = limits
  }

  /// Why the journal stopped, if it did.
  package var failure: DatabaseError? { pending.withLock { $0.failure } }

  /// Takes the entry over and returns at once.
  package func note(_ entry: JournalEntry) {
    let starts = pending.withLock { state in
      guard state.failure == nil, state.entries.count < Self.backlog else { return false }
      state.entries.append(entry)
      defer { state.isWriting = true }
      return !state.isWriting
    }
    if starts { Task { await drain() } }
  }

  /// Returns when everything noted so far is written or the journal has failed.
  package func flush() async {
    let starts = pending.withLock { state in
      defer { state.isWriting = true }
      return !state.isWriting
    }
    if starts { await drain() }
    // Whoever is writing now holds the store's queue until its batch is done; stand in line behind it.
    while pending.withLock({ $0.isWriting }) { await wait() }
  }

  package func close() async {
    await flush()
    await database.close()
  }

  /// A question to the store; it sees everything noted before it.
  func read<Outcome: Sendable>(
    _ question: @Sendable (any SQLConnection) throws(DatabaseError) -> Outcome
  ) async throws(DatabaseError) -> Outcome {
    await flush()
    return try await database.perform(question)
  }

  // MARK: - Writing

  private func drain() async {
    while let batch = nextBatch() {
      do { try await write(batch) } catch {
        pending.withLock {
          $0.failure = error
          $0.entries = []
        }
      }
    }
  }

  private func nextBatch() -> [JournalEntry]? {
    pending.withLock { state in
      guard !state.entries.isEmpty else {
        state.isWriting = false
        return nil
      }
      let taken = Array(state.entries.prefix(Self.batch))
      state.entries.removeFirst(taken.count)
      return taken
    }
  }

  private func write(_ batch: [JournalEntry]) async throws(DatabaseError) {
    let limits = limits
    let before = pending.withLock { state in
      defer { state.written += batch.count }
      return state.written
    }
    let prunes = before == 0 || (before + batch.count) / Self.pruneEvery > before / Self.pruneEvery
    try await database.perform { (connection) throws(DatabaseError) in
      try Self.write(batch, limits: limits, to: connection)
      if prunes { try Self.prune(limits, in: connection) }
    }
  }

  private func wait() async {
    do { try await database.perform { (_) throws(DatabaseError) in } } catch { return }
    await Task.yield()
  }
}
