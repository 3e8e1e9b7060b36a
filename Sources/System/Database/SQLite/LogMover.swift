import CSQLite
import Dispatch
import EventLoop
import Glibc
import Synchronization

/// Moves what stands in a write-ahead log into the store itself, on a thread of its own: no commit waits for the disk.
///
/// Each move syncs both files, and commits beside it are slowed down by that, so moves are few. A log that is written
/// without a pause is never found moved as a whole: once it is long, its writer moves the little that came during the
/// last move, and the log begins anew.
///
/// A move copies thousands of pages; its thread gives way to those whose callers wait, and one lives for each move.
///
/// The connection is used by the one move that is under way, `movedAt` by the writer alone.
final class LogMover: @unchecked Sendable {
  private enum Stage: UInt8, AtomicRepresentable { case idle, moving, nearlyMoved }

  private let path: String
  private let moves = DispatchGroup()
  private let stage = Atomic<Stage>(.idle)
  private var handle: OpaquePointer?
  /// How long the log was when it was last moved.
  private var movedAt: Int32 = 0

  /// Pages that are worth a move.
  private static let worth: Int32 = 8_000
  /// Pages of a log that is to begin anew.
  private static let most: Int32 = 64_000
  /// Before its writer moves the rest: what comes during one move is less for the next.
  private static let lastMoves = 3

  init(_ path: String) { self.path = path }

  /// Hears after each commit how many pages the log has.
  func logHas(_ pages: Int32, _ writer: OpaquePointer?) {
    if pages < movedAt { movedAt = 0 }
    switch stage.load(ordering: .acquiring) {
    case .moving: return
    case .nearlyMoved:
      Self.move(writer)
      movedAt = pages
      stage.store(.idle, ordering: .releasing)
    case .idle:
      guard pages - movedAt >= Self.worth else { return }
      movedAt = pages
      stage.store(.moving, ordering: .releasing)
      begin(isLast: pages >= Self.most)
    }
  }

  private func begin(isLast: Bool) {
    moves.enter()
    DetachedThread.start(named: "log-mover") { [self] in
      DetachedThread.giveWay(.toAll)
      if handle == nil { open() }
      for _ in 0..<(isLast ? Self.lastMoves : 1) { Self.move(handle) }
      stage.store(isLast ? .nearlyMoved : .idle, ordering: .releasing)
      moves.leave()
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
    moves.wait()
    sqlite3_close_v2(handle)
    handle = nil
  }
}
