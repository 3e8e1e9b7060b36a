import CSQLite
import Glibc

/// A connection to an embedded store: WAL, statements kept prepared, waiting a bounded time for locks.
package final class SQLiteConnection: SQLConnection {
  package enum Access: Sendable {
    case readWrite
    case readOnly
    /// Reading and writing, and on a read-only medium reading alone.
    case asAllowed
  }

  /// How much of a commit must be on the disk before it is acknowledged.
  package enum Durability: String, Sendable {
    /// Survives the end of the process; a power cut may take the last moments.
    case process = "NORMAL"
    /// Survives a power cut.
    case power = "FULL"
  }

  package struct Options: Sendable {
    package var access: Access
    package var durability = Durability.process
    package var lockWait = Duration.seconds(5)
    /// Pages that the write-ahead log may hold. It then stays beside the store when the last connection closes,
    /// instead of being written over and synced each time; nil leaves both to SQLite.
    package var logPages: Int?
    /// The log is moved into the store by a thread of its own, for a store that is written without a pause.
    package var movesLogApart = false
    /// Bytes of the store that are read where they lie in memory, for questions that read all of it.
    package var mappedBytes = 0

    package init(access: Access = .readWrite) { self.access = access }
  }

  private let path: String
  private var handle: OpaquePointer?
  private var mover: LogMover?
  /// What a store with a log shares between its connections, once somebody asked for it.
  private lazy var logIndex = keepsLog ? al_sqlite_log_index(handle) : nil
  private let keepsLog: Bool
  private var statements: [String: OpaquePointer] = [:]
  private var last: (text: String, statement: OpaquePointer)?
  /// Enough for every statement of ours; ad hoc ones are let go again.
  private static let statementsKept = 64

  /// `:memory:` as a path makes a store that lives as long as the connection.
  package init(path: String, options: Options = Options()) throws(DatabaseError) {
    self.path = path
    let isUnchanging = options.access == .asAllowed && ReadOnlyMedium.holds(path)
    let writes = options.access != .readOnly && !isUnchanging
    keepsLog = writes
    let flags = writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
    let code = sqlite3_open_v2(
      isUnchanging ? ReadOnlyMedium.address(of: path) : path, &handle,
      flags | SQLITE_OPEN_NOMUTEX | (isUnchanging ? SQLITE_OPEN_URI : 0), nil)
    guard code == SQLITE_OK else {
      let error = failure(code)
      close()
      throw error
    }
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_busy_timeout(handle, Int32(clamping: options.lockWait.components.seconds * 1_000))
    do { try prepareStore(options, writes: writes) } catch {
      close()
      throw error
    }
  }

  private func prepareStore(_ options: Options, writes: Bool) throws(DatabaseError) {
    try execute("PRAGMA foreign_keys = ON")
    if options.mappedBytes > 0 { _ = try rows("PRAGMA mmap_size = \(options.mappedBytes)") }
    guard writes else { return }
    try keepLog(options)
    try execute("PRAGMA synchronous = \(options.durability.rawValue)")
    if options.movesLogApart { moveLogApart() }
    guard let pages = options.logPages else { return }
    al_sqlite_keep_log(handle)
    _ = try rows("PRAGMA wal_autocheckpoint = \(pages)")
  }

  /// Two that open a new store at the same moment both want to change how it is kept; SQLite refuses one of them at once,
  /// whatever its time to wait.
  private func keepLog(_ options: Options) throws(DatabaseError) {
    let end = ContinuousClock.now + options.lockWait
    while true {
      do {
        _ = try rows("PRAGMA journal_mode = WAL")
        return
      } catch {
        guard error.code == .locked, ContinuousClock.now < end else { throw error }
        sqlite3_sleep(Self.pauseMilliseconds)
      }
    }
  }

  private static let pauseMilliseconds: Int32 = 2

  private func moveLogApart() {
    let mover = LogMover(path)
    self.mover = mover
    // The mover is let go after the connection that tells it.
    sqlite3_wal_hook(
      handle,
      { mover, writer, _, pages in
        mover.map { Unmanaged<LogMover>.fromOpaque($0).takeUnretainedValue() }?
          .logHas(pages, writer)
        return SQLITE_OK
      }, Unmanaged.passUnretained(mover).toOpaque())
  }

  deinit { close() }

  package func close() {
    for statement in statements.values { sqlite3_finalize(statement) }
    statements = [:]
    last = nil
    mover?.close()
    logIndex = nil
    sqlite3_close_v2(handle)
    handle = nil
    mover = nil
  }

  @discardableResult
  package func execute(
    _ statement: String, _ values: [SQLValue]
  ) throws(DatabaseError) -> Int {
    try forEachRow(statement, values) { _ in true }
    return Int(sqlite3_changes64(handle))
  }

  package func forEachRow(
    _ question: String, _ values: [SQLValue], _ take: (SQLRow) -> Bool
  ) throws(DatabaseError) {
    let statement = try prepared(question)
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    try bind(values, to: statement)
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: if !take(Self.row(of: statement)) { return }
      case SQLITE_DONE: return
      case let code: throw failure(code)
      }
    }
  }

  /// Stays the same as long as nobody writes to the store, seen without a question to it; nil where there is no log.
  var changeMark: UInt64? { logIndex.map { al_sqlite_log_mark($0) } }

  package func schemaVersion() throws(DatabaseError) -> Int {
    try Int(rows("PRAGMA user_version").first?[0].integer ?? 0)
  }

  package func setSchemaVersion(_ version: Int) throws(DatabaseError) {
    try execute("PRAGMA user_version = \(version)")
  }

  // MARK: - Statements

  func prepared(_ text: String) throws(DatabaseError) -> OpaquePointer {
    guard let handle else { throw DatabaseError(.closed, store: path, detail: "") }
    // The text of a constant compares by its address: no look at the long words, which hashing would read.
    if let last, last.text == text { return last.statement }
    if let known = statements[text] {
      last = (text, known)
      return known
    }
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v3(
      handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard code == SQLITE_OK, let statement else { throw failure(code) }
    if statements.count >= Self.statementsKept { forgetStatements() }
    statements[text] = statement
    last = (text, statement)
    return statement
  }

  private func forgetStatements() {
    last = nil
    for (text, statement) in statements where sqlite3_stmt_busy(statement) == 0 {
      sqlite3_finalize(statement)
      statements[text] = nil
    }
  }

  func failure(_ code: Int32) -> DatabaseError {
    let words = handle.flatMap { sqlite3_errmsg($0) } ?? sqlite3_errstr(code)
    var found = Self.codes[code & 0xff] ?? .other
    // Beside a store on a read-only disk there can be no log, which SQLite tells as if the store were missing.
    if found == .cannotOpen, access(path, R_OK) == 0, access(path, W_OK) != 0 {
      found = ReadOnlyMedium.holdsUnmerged(path) ? .unmerged : .readOnly
    }
    // Even who only reads needs room for the index of the log; SQLite tells the lack of it as a disk that failed.
    if found == .io, [ENOSPC, EDQUOT].contains(sqlite3_system_errno(handle)) { found = .full }
    return DatabaseError(
      found, store: path, detail: words.map { String(cString: $0) } ?? "")
  }

  private static let codes: [Int32: DatabaseError.Code] = [
    SQLITE_BUSY: .locked, SQLITE_LOCKED: .locked, SQLITE_FULL: .full, SQLITE_READONLY: .readOnly,
    SQLITE_CANTOPEN: .cannotOpen, SQLITE_PERM: .cannotOpen, SQLITE_CORRUPT: .corrupt,
    SQLITE_NOTADB: .corrupt, SQLITE_CONSTRAINT: .constraint, SQLITE_IOERR: .io,
  ]
}
