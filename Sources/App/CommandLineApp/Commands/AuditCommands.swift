import Arguments
import Audit
import EventLoop
import JSON
import SafeText

extension Command {
  private static let follow = OptionRow(
    "follow", short: "f", help: "Go on with what comes, until interrupted")

  static let auditTail = Command(
    onLoop: CommandRow(
      "audit tail", in: .serving, summary: "Show the newest events of the audit",
      details: ["With --json each event is an object on a line of its own."],
      options: [follow, AuditRows.limit] + AuditRows.filters + [LogInput.level] + LogInput.options
        + [RecordRows.data, RecordRows.store, .json],
      examples: [
        .init("alidade audit tail -f --outcome denied", "Who is turned away, as it happens"),
        .init(
          "alidade audit tail -f --file /var/log/mcp/audit.log --profile toolhive",
          "The log of another program, also when it is rotated"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    let desk = RecordDesk(arguments, context)
    let filter = try AuditRows.filter(arguments, now: desk.now)
    let limit = arguments.integer(AuditRows.limit) ?? 20
    let floor = LogInput.floor(arguments)
    if let input = try LogInput(arguments) {
      try await desk.tail(input, filter, floor, limit: limit, follows: arguments.has(follow))
      return .ok
    }
    let store = try await desk.audit()
    var head = try await desk.audited { () async throws(AuditError) in try await store.head() }
    let newest = try await desk.audited { () async throws(AuditError) in
      try await store.newest(limit, matching: filter)
    }
    desk.show(newest, floor)
    head.number = max(head.number, newest.last?.number ?? 0)
    if arguments.has(follow) { try await desk.follow(store, after: head.number, filter, floor) }
    await store.close()
    return .ok
  }

  static let auditSearch = Command(
    onLoop: CommandRow(
      "audit search", in: .serving, summary: "Find events of the audit",
      details: ["The newest that match, the oldest of them first; 50 without --limit."],
      options: AuditRows.filters + [AuditRows.limit, LogInput.level] + LogInput.options
        + [RecordRows.data, RecordRows.store, .json],
      examples: [
        .init(
          "alidade audit search --tool create_ticket --since 3d --slower-than 1",
          "Slow calls of one tool"),
        .init("alidade audit search --key alm_live_x7K --json", "What one key has done"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    let desk = RecordDesk(arguments, context)
    let filter = try AuditRows.filter(arguments, now: desk.now)
    let limit = arguments.integer(AuditRows.limit) ?? 50
    let floor = LogInput.floor(arguments)
    if let input = try LogInput(arguments) {
      desk.tell(found: Array(try input.read(context).rows(filter, floor).suffix(limit)))
      return .ok
    }
    let store = try await desk.audit()
    let all = try await desk.audited { () async throws(AuditError) in
      try await store.newest(limit, matching: filter)
    }
    await store.close()
    let found = all.filter { $0.isFrom(floor) }
    if desk.wantsJSON {
      desk.write(["events": .array(found.map(\.json))])
    } else if found.isEmpty {
      context.output.line("no events")
    } else {
      desk.show(found)
    }
    return .ok
  }
}

extension RecordDesk {
  /// Other processes and other machines write into the store, and no store tells its readers of that alike:
  /// a look that finds nothing reads one row.
  private static let lookEvery = Duration.milliseconds(200)

  func show(_ entries: [AuditEntry], _ floor: LogRecord.Level? = nil) {
    for entry in entries where entry.isFrom(floor) {
      context.output.line(wantsJSON ? entry.json.compact : entry.line)
    }
    context.output.flush()
  }

  /// Until it is interrupted, or nobody reads any more.
  fileprivate func follow(
    _ store: AuditStore, after number: Int64, _ filter: AuditFilter, _ floor: LogRecord.Level?
  ) async throws(CommandFailure) {
    var last = number
    while context.output.failure == 0 {
      let from = last
      let page = try await audited { () async throws(AuditError) in
        try await store.page(after: from, limit: 1000, matching: filter)
      }
      show(page.entries, floor)
      last = page.entries.last?.number ?? last
      if page.next != nil { continue }
      // The only thing a sleep throws is that it was cancelled: that is how following ends.
      do { try await LoopActor.loop.clock.sleep(for: Self.lookEvery) } catch { return }
    }
  }
}

extension AuditEntry {
  fileprivate func isFrom(_ floor: LogRecord.Level?) -> Bool {
    floor.map { record.level >= $0 } ?? true
  }
}

extension RecordDesk {
  fileprivate func tell(found rows: [LogSheet.Row]) {
    if wantsJSON {
      write(["events": .array(rows.map { $0.record.json(number: $0.number) })])
    } else if rows.isEmpty {
      context.output.line("no events")
    } else {
      show(rows)
    }
  }
}
