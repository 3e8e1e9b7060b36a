package import EventLoop

/// What the loop knows of a store: read anew once somebody has written to it, so that looking costs next to nothing.
@LoopActor
package final class StoreMirror<Value: Sendable> {
  package typealias Reading = @Sendable (any SQLConnection) throws(DatabaseError) -> Value

  private let source: any MirrorSource<Value>

  /// Of a store's file, whose log tells in a few nanoseconds whether anybody has written.
  package init(
    sqlite path: String, migrations: [[String]], read: @escaping Reading
  ) throws(DatabaseError) {
    source = try FileMirror(path, migrations, read)
  }

  /// Of a store across the network, read again every second: what was changed elsewhere is seen that late.
  package init(
    polling database: Database, clock: any LoopClock, read: @escaping Reading
  ) async throws(DatabaseError) {
    source = try await PolledMirror(database, clock, read)
  }

  /// What is in the store; nil while it cannot be read.
  package var value: Value? { source.value }

  /// Which reading of the store `value` is; nil while it cannot be read.
  package var reading: Int? { source.value == nil ? nil : source.readings }

  /// Waits until what this process has written is seen.
  package func refresh() async { await source.refresh() }

  package func close() { source.close() }
}

@LoopActor
private protocol MirrorSource<Value>: AnyObject {
  associatedtype Value: Sendable
  var value: Value? { get }
  var readings: Int { get }
  func refresh() async
  func close()
}

@LoopActor
private final class FileMirror<Value: Sendable>: MirrorSource {
  private let connection: SQLiteConnection
  private let read: StoreMirror<Value>.Reading
  private var known: Value { didSet { readings += 1 } }
  private(set) var readings = 0
  private var version: Int64
  private var mark: UInt64?

  init(
    _ path: String, _ migrations: [[String]], _ read: @escaping StoreMirror<Value>.Reading
  ) throws(DatabaseError) {
    connection = try SQLiteConnection(path: path)
    self.read = read
    try connection.migrate(migrations, store: path)
    version = try Self.version(of: connection)
    known = try read(connection)
  }

  /// The mark is taken before the look: what is written meanwhile is seen by the next one.
  var value: Value? {
    let now = connection.changeMark
    if let now, now == mark { return known }
    do throws(DatabaseError) {
      try look()
      mark = now
      return known
    } catch { return nil }
  }

  private func look() throws(DatabaseError) {
    let now = try Self.version(of: connection)
    guard now != version else { return }
    known = try read(connection)
    version = now
  }

  func refresh() async {}

  func close() { connection.close() }

  private static func version(of connection: SQLiteConnection) throws(DatabaseError) -> Int64 {
    try connection.rows("PRAGMA data_version").first?[0].integer ?? 0
  }
}

@LoopActor
private final class PolledMirror<Value: Sendable>: MirrorSource {
  private let database: Database
  private let clock: any LoopClock
  private let read: StoreMirror<Value>.Reading
  private var known: Value { didSet { readings += 1 } }
  private(set) var readings = 0
  private var readAt: LoopInstant
  private var timer: LoopTimer?
  private var isClosed = false

  private let every = Duration.seconds(1)
  /// What is older counts no more.
  private let trusted = Duration.seconds(15)

  init(
    _ database: Database, _ clock: any LoopClock, _ read: @escaping StoreMirror<Value>.Reading
  ) async throws(DatabaseError) {
    self.database = database
    self.clock = clock
    self.read = read
    known = try await database.perform(read)
    readAt = clock.now
    schedule()
  }

  var value: Value? { readAt.duration(to: clock.now) <= trusted ? known : nil }

  func close() {
    isClosed = true
    timer = nil
  }

  /// A failure is told by the age of what is known.
  func refresh() async {
    let began = clock.now
    do throws(DatabaseError) {
      known = try await database.perform(read)
      readAt = began
    } catch {}
  }

  private func schedule() {
    timer = clock.timer(after: every) { [weak self] in
      guard let self else { return }
      Task { await self.turn() }
    }
  }

  private func turn() async {
    await refresh()
    if !isClosed { schedule() }
  }
}
