package import Audit
package import EventLoop
import Glibc
package import Operations

/// The operator's desk of the real program: the records of a data folder, and logs of the disk.
@LoopActor
package final class RecordsDesk: OperatorDesk {
  let environment: [String: String]
  private let directory: String
  let loop: EventLoop
  let station: Station
  private let authBoard: AuthBoard
  private let diagnosisBoard: DiagnosisBoard

  package init(
    environment: [String: String], directory: String, loop: EventLoop, station: Station,
    desk: StationDesk
  ) {
    self.station = station
    authBoard = AuthBoard(station) { definition throws(OperationFailure) in
      try desk.expanded(definition)
    }
    diagnosisBoard = DiagnosisBoard(
      station,
      prepare: { definition throws(OperationFailure) in try desk.expanded(definition) },
      servers: { desk.knownServers })
    self.environment = environment
    self.directory = directory
    self.loop = loop
  }

  package func openLog(
    _ source: LogSource, profile: LogProfile?, tell: @escaping @LoopActor (LogNews) -> Void
  ) -> any LogReading {
    let feed = LogFeed(loop: loop, profile: profile, tell: tell)
    switch source {
    case .file(let path): feed.follow(file: whole(path))
    case .input: feed.follow(input: STDIN_FILENO)
    case .store(let folder):
      let reading = StoreReading(feed)
      reading.open { [self] () async throws(RecordsError) in
        try await records(folder).existingAudit()
      } failed: {
        tell(.failed($0))
      }
      return reading
    }
    return feed
  }

  package func carryOut(_ wish: AuthWish, tell: @escaping @LoopActor (AuthNews) -> Void) {
    authBoard.carryOut(wish, tell: tell)
  }

  package func carryOut(
    _ wish: DiagnosisWish, tell: @escaping @LoopActor (DiagnosisNews) -> Void
  ) {
    diagnosisBoard.carryOut(wish, tell: tell)
  }

  package func close() {
    authBoard.close()
    diagnosisBoard.close()
  }

  func records(_ folder: String? = nil) throws(RecordsError) -> Records {
    if let folder { return Records(.folder(DataFolder(whole(folder)))) }
    guard let path = DataFolder.path(in: environment) else { throw .noAudit("a HOME") }
    return Records(.folder(DataFolder(path)))
  }

  private func whole(_ path: String) -> String {
    if path.hasPrefix("~/"), let home = environment["HOME"] { return home + path.dropFirst() }
    return path.hasPrefix("/") ? path : "\(directory)/\(path)"
  }
}

extension LogFeed: LogReading {}

/// A store that is opened and then read.
@LoopActor
private final class StoreReading: LogReading {
  private let feed: LogFeed
  private var opening: Task<Void, Never>?
  private var store: AuditStore?

  init(_ feed: LogFeed) { self.feed = feed }

  func open(
    _ open: @escaping @LoopActor () async throws(RecordsError) -> AuditStore,
    failed: @escaping @LoopActor (String) -> Void
  ) {
    opening = Task { @LoopActor in
      do throws(RecordsError) {
        let store = try await open()
        guard !Task.isCancelled else { return await store.close() }
        self.store = store
        feed.follow(store)
      } catch { failed(error.description) }
    }
  }

  func stop() {
    opening?.cancel()
    feed.stop()
    if let store { Task { await store.close() } }
  }
}
