package import Database
import Synchronization

/// What this client did, kept on disk in bounds, for `history` and for replay.
///
/// Writing never delays or fails a call: entries are taken over at once and written in groups behind it. A store
/// that cannot be opened or written switches the journal off and leaves its error to be told.
package final class Journal: Sendable {
  private struct Pending {
    var entries: [JournalEntry] = []
    var isWriting = false
    var failure: DatabaseError?
  }

  /// Taken together in one transaction at most, so that a reader never waits long.
  private static let batch = 1_000
  /// Entries waiting for a slow disk; past that the newest are dropped, the calls go on.
  private static let backlog = 20_000

  private typealias Opening = Result<Database, DatabaseError>
  private let opening: Task<Opening, Never>
  private let limits: JournalLimits
  private let pending = Mutex(Pending())

  /// Opens or makes the store behind the caller's back; `failure` tells later whether that went well.
  /// Its folder must exist.
  package init(opening path: String, limits: JournalLimits = JournalLimits()) {
    self.limits = limits
    opening = Task {
      do throws(DatabaseError) {
        var options = SQLiteConnection.Options()
        options.logPages = Self.logPages
        return .success(
          try await Database.sqlite(path, options: options, migrations: JournalSchema.migrations))
      } catch {
        return .failure(error)
      }
    }
  }

  /// A run of one command writes a few pages: they stay in the store's log, and one run in many tidies it up.
  private static let logPages = 256

  /// Opens or makes the store and waits for it. Its folder must exist.
  package static func open(
    _ path: String, limits: JournalLimits = JournalLimits()
  ) async throws(DatabaseError) -> Journal {
    let journal = Journal(opening: path, limits: limits)
    _ = try await journal.opening.value.get()
    return journal
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
    if case .success(let database) = await opening.value { await database.close() }
  }

  /// A question to the store; it sees everything noted before it.
  func read<Outcome: Sendable>(
    _ question: @Sendable (any SQLConnection) throws(DatabaseError) -> Outcome
  ) async throws(DatabaseError) -> Outcome {
    await flush()
    return try await opening.value.get().perform(question)
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
    try await opening.value.get().perform { (connection) throws(DatabaseError) in
      let before = try Self.extent(of: connection)
      try Self.write(batch, limits: limits, to: connection)
      let after = try Self.extent(of: connection)
      if before.calls(forPruningAfter: after, limits) || batch.size > limits.bytes / 16 {
        try Self.prune(limits, in: connection)
      }
    }
  }

  private func wait() async {
    guard case .success(let database) = await opening.value else { return await Task.yield() }
    do { try await database.perform { (_) throws(DatabaseError) in } } catch { return }
    await Task.yield()
  }
}

extension [JournalEntry] {
  /// Bytes of frames in them.
  fileprivate var size: Int {
    reduce(0) { if case .frame(let frame) = $1 { $0 + frame.body.count } else { $0 } }
  }
}
