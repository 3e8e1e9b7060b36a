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
      options: [follow, AuditRows.limit] + AuditRows.filters + [
        RecordRows.data, RecordRows.store, .json,
      ],
      examples: [
        .init("alidade audit tail -f --outcome denied", "Who is turned away, as it happens")
      ])
  ) { arguments, context async throws(CommandFailure) in
    let desk = try RecordDesk(arguments, context)
    let filter = try AuditRows.filter(arguments, now: desk.now)
    let store = try await desk.audit()
    let limit = arguments.integer(AuditRows.limit) ?? 20
    var head = try await desk.audited { () async throws(AuditError) in try await store.head() }
    let newest = try await desk.audited { () async throws(AuditError) in
      try await store.newest(limit, matching: filter)
    }
    desk.show(newest)
    head.number = max(head.number, newest.last?.number ?? 0)
    if arguments.has(follow) { try await desk.follow(store, after: head.number, filter) }
    await store.close()
    return .ok
  }

  static let auditSearch = Command(
    onLoop: CommandRow(
      "audit search", in: .serving, summary: "Find events of the audit",
      details: ["The newest that match, the oldest of them first; 50 without --limit."],
      options: AuditRows.filters + [AuditRows.limit, RecordRows.data, RecordRows.store, .json],
      examples: [
        .init(
          "alidade audit search --tool create_ticket --since 3d --slower-than 1",
          "Slow calls of one tool"),
        .init("alidade audit search --key alm_live_x7K --json", "What one key has done"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    let desk = try RecordDesk(arguments, context)
    let filter = try AuditRows.filter(arguments, now: desk.now)
    let store = try await desk.audit()
    let limit = arguments.integer(AuditRows.limit) ?? 50
    let found = try await desk.audited { () async throws(AuditError) in
      try await store.newest(limit, matching: filter)
    }
    await store.close()
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

  func show(_ entries: [AuditEntry]) {
    for entry in entries { context.output.line(wantsJSON ? entry.json.compact : entry.line) }
    context.output.flush()
  }

  /// Until it is interrupted, or nobody reads any more.
  fileprivate func follow(
    _ store: AuditStore, after number: Int64, _ filter: AuditFilter
  ) async throws(CommandFailure) {
    var last = number
    while context.output.failure == 0 {
      let from = last
      let page = try await audited { () async throws(AuditError) in
        try await store.page(after: from, limit: 1000, matching: filter)
      }
      show(page.entries)
      last = page.entries.last?.number ?? last
      if page.next != nil { continue }
      // The only thing a sleep throws is that it was cancelled: that is how following ends.
      do { try await LoopActor.loop.clock.sleep(for: Self.lookEvery) } catch { return }
    }
  }
}
