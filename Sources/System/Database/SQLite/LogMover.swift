import CSQLite
import Dispatch
import Synchronization

/// Moves what stands in a write-ahead log into the store itself, on a thread of its own: no commit waits for the disk.
///
/// The connection is used on the queue alone.
final class LogMover: @unchecked Sendable {
  private let path: String
  private let queue = DispatchQueue(label: "write-ahead log")
  private let isMoving = Atomic<Bool>(false)
  private var handle: OpaquePointer?

  /// Pages of the log that are worth moving.
  private static let worth: Int32 = 2_000
  /// A log that grows faster than it is moved is cut by its writer, who waits for that.
  private static let most: Int32 = 32_000

  init(_ path: String) { self.path = path }

  /// Hears after each commit how many pages the log has.
  func logHas(_ pages: Int32, _ writer: OpaquePointer?) {
    guard pages >= Self.worth else { return }
    if pages >= Self.most, !isMoving.load(ordering: .acquiring) { return Self.move(writer) }
    guard
      isMoving.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing)
        .exchanged
    else { return }
    queue.async { [self] in
      if handle == nil { open() }
      Self.move(handle)
      isMoving.store(false, ordering: .releasing)
    }
  }

  /// What fails here is tried again after the next commit, and at the latest by whoever opens the store next.
  private static func move(_ handle: OpaquePointer?) {
    sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
  }

  private func open() {
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX
    guard sqlite3_open_v2(path, &handle, flags, nil) == SQLITE_OK else {
      sqlite3_close_v2(handle)
      handle = nil
      return
    }
    // Without a look at the store the connection does not know that there is a log.
    sqlite3_exec(handle, "PRAGMA synchronous = NORMAL; PRAGMA schema_version", nil, nil, nil)
  }

  func close() {
    queue.sync {
      sqlite3_close_v2(handle)
      handle = nil
    }
  }
}
