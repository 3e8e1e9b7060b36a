import Audit
import Database
import EventLoop
import Glibc
import JSON
import TestSupport
import Testing

/// What is answered for before the store has it.
@Suite(.inTurns) @LoopActor struct SpoolTests {
  private let scratch = ScratchFolder()
  private let clock = VirtualClock()
  private var path: String { scratch.file("audit.db") }

  private var spools: [String] {
    scratch.names.filter { $0.hasPrefix("audit.db-spool-") }.map { scratch.file($0) }
  }

  private func event(_ index: Int) -> AuditEvent {
    var event = AuditEvent(
      at: WallTime(microseconds: Int64(index)), kind: .invoked, principal: "bench",
      system: "alumia", tool: "tool \(index) \"ü\"", outcome: index % 3 == 0 ? .toolError : .ok)
    event.arguments = ["n": .number(JSONNumber(index)), "token": "top"]
    event.detail = "because\n\(index)"
    event.session = "s"
    return event
  }

  private func opened() async throws -> AuditStore {
    var options = AuditStore.options
    options.lockWait = .zero
    return try await AuditStore.open(sqlite: path, options: options)
  }

  /// A writer that has just brought an event into its store, so that the next ones come without a pause.
  private func busy(_ store: AuditStore) async -> AuditWriter {
    let writer = AuditWriter(store, clock: clock)
    writer.record(event(1)) { _ in }
    await writer.flush()
    return writer
  }

  /// Records that many more, and tells how many were answered for in this turn of the loop and the next.
  private func record(_ range: ClosedRange<Int>, _ writer: AuditWriter) async -> [AuditError?] {
    var answers: [AuditError?] = []
    for index in range {
      writer.record(event(index)) { result in
        if case .failure(let error) = result { answers.append(error) } else { answers.append(nil) }
      }
    }
    await LoopActor.loop.settle()
    return answers
  }

  private func tools(_ store: AuditStore) async throws -> [String] {
    try await store.newest(10_000).map(\.event.tool)
  }

  @Test func `calls without a pause are answered before the store has them`() async throws {
    let store = try await opened()
    let writer = await busy(store)
    #expect(await record(2...6, writer) == [nil, nil, nil, nil, nil])
    #expect(try await tools(store).count == 1)
    await clock.advance(by: .milliseconds(10))
    await writer.flush()
    #expect(try await tools(store) == (1...6).map { event($0).tool })
    #expect(try await store.verify() == .intact(try await store.head()))
    await writer.close()
    #expect(spools.isEmpty)
    await store.close()
  }

  @Test func `a call that comes alone is answered once the store has it`() async throws {
    let store = try await opened()
    let writer = await busy(store)
    await clock.advance(by: .milliseconds(21))
    var isKept = false
    writer.record(event(2)) { _ in isKept = true }
    #expect(!isKept)
    await writer.flush()
    #expect(isKept && spools.isEmpty)
    #expect(try await tools(store).count == 2)
    await store.close()
  }

  @Test func `what was answered for outlives its writer`() async throws {
    let store = try await opened()
    do {
      let writer = await busy(store)
      _ = await record(2...500, writer)
    }
    await store.close()
    #expect(spools.count == 1)
    let next = try await opened()
    #expect(try await tools(next) == (1...500).map { event($0).tool })
    #expect(try await next.verify() == .intact(try await next.head()))
    let entry = try #require(try await next.newest(1).first)
    #expect(entry.event.detail == "because\n500" && entry.event.session == "s")
    #expect(entry.arguments.contains("\"n\":500") && !entry.arguments.contains("top"))
    #expect(spools.isEmpty)
    await next.close()
  }

  @Test func `what the store has already is not taken over again`() async throws {
    let store = try await opened()
    do {
      let writer = await busy(store)
      _ = await record(2...9, writer)
      await writer.flush()
      _ = await record(10...12, writer)
    }
    await store.close()
    // As after a kill between the store's commit and the note of it in the spool.
    let spool = try #require(spools.first)
    try change(spool, at: 8, to: [0, 0, 0, 0, 0, 0, 0, 0])
    let next = try await opened()
    #expect(try await tools(next) == (1...12).map { event($0).tool })
    await next.close()
  }

  @Test func `a record that was cut short is none`() async throws {
    let store = try await opened()
    do {
      let writer = await busy(store)
      _ = await record(2...4, writer)
    }
    await store.close()
    let spool = try #require(spools.first)
    let bytes = try contents(of: spool)
    let place = try #require(firstPlace(of: Array("because\n4".utf8), in: bytes))
    try change(spool, at: place, to: Array("BECAUSE".utf8))
    let next = try await opened()
    #expect(try await tools(next) == (1...3).map { event($0).tool })
    await next.close()
  }

  @Test func `a spool without room is taken away, and one of another release is left alone`()
    async throws
  {
    await (try await opened()).close()
    for (name, size) in [("begun", 0), ("half", 4 << 20), ("other", 16 << 20)] {
      try #require(truncate(scratch.write("", to: "audit.db-spool-\(name)"), off_t(size)) == 0)
    }
    await (try await opened()).close()
    #expect(spools == [scratch.file("audit.db-spool-other")])
  }

  @Test func `a spool whose writer lives is left to it`() async throws {
    let store = try await opened()
    let writer = await busy(store)
    _ = await record(2...3, writer)
    await writer.flush()
    let reader = try await opened()
    #expect(spools.count == 1)
    #expect(try await tools(reader).count == 3)
    await reader.close()
    await writer.close()
    await store.close()
  }

  @Test func `behind a store that is locked calls wait for it again, and nothing is lost`()
    async throws
  {
    let store = try await opened()
    let writer = await busy(store)
    let holder = try SQLiteConnection(path: path)
    try holder.execute("BEGIN IMMEDIATE")
    #expect(await record(2...4, writer) == [nil, nil, nil])
    await clock.advance(by: .milliseconds(10))
    await writer.flush()
    var refused: AuditError?
    writer.record(event(5)) { if case .failure(let error) = $0 { refused = error } }
    await writer.flush()
    #expect(refused?.description == "\(path) is locked by another process")
    #expect(try await tools(store).count == 1)
    try holder.execute("ROLLBACK")
    holder.close()
    await clock.advance(by: .seconds(1))
    await writer.flush()
    #expect(try await tools(store) == (1...4).map { event($0).tool })
    #expect(try await store.verify() == .intact(try await store.head()))
    await writer.close()
    #expect(spools.isEmpty)
    await store.close()
  }

  @Test func `more than finds room waits for the store`() async throws {
    let store = try await opened()
    let writer = await busy(store)
    var answers = 0
    let long = String(repeating: "x", count: 60_000)
    for index in 2...400 {
      var event = event(index)
      event.detail = long
      writer.record(event) { if case .success = $0 { answers += 1 } }
    }
    await LoopActor.loop.settle()
    await writer.flush()
    #expect(answers == 399)
    #expect(try await tools(store) == (1...400).map { event($0).tool })
    await writer.close()
    await store.close()
  }

  // MARK: - Bytes

  private func contents(of path: String) throws -> [UInt8] {
    let fd = open(path, O_RDONLY)
    defer { close(fd) }
    var facts = stat()
    try #require(fstat(fd, &facts) == 0)
    var bytes = [UInt8](repeating: 0, count: Int(facts.st_size))
    let count = bytes.withUnsafeMutableBytes { read(fd, $0.baseAddress, $0.count) }
    try #require(count == bytes.count)
    return bytes
  }

  private func change(_ path: String, at place: Int, to bytes: [UInt8]) throws {
    let fd = open(path, O_WRONLY)
    defer { close(fd) }
    try #require(pwrite(fd, bytes, bytes.count, off_t(place)) == bytes.count)
  }

  private func firstPlace(of needle: [UInt8], in bytes: [UInt8]) -> Int? {
    bytes.indices.prefix(4096).first { bytes[$0...].starts(with: needle) }
  }
}
