import Arguments
import EventLoop
import JSON
import MCPProtocol
import Operations

extension Command {
  static let watch = Command(
    onLoop: CommandRow(
      "watch", in: .servers, summary: "Show what a server tells by itself, as it happens",
      details: [
        "One line an event: lists that changed, resources that were updated, log messages, progress, tasks. "
          + "With --json each is a JSON object on a line of its own.",
        "Ends with code 0 after --count events, or without a count when nothing came for --timeout seconds; "
          + "with 7 where the count was not reached in time, with 4 when the server is gone.",
      ],
      positionals: [TargetRows.target, WatchRows.uris],
      options: [WatchRows.count, LogRows.level] + InputRows.options + TargetRows.reaching,
      rest: TargetRows.command,
      examples: [
        .init("alidade watch https://mcp.example.com/mcp", "Changed lists and log messages"),
        .init(
          "alidade watch @files file:///notes.txt --count 1 --timeout 60 --json",
          "The next change of a resource, for scripts"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    let feed = EventFeed(clock: LoopActor.loop.clock)
    return try await ServerRun.with(arguments, context, telling: feed.put) {
      run, connection async throws(CommandFailure) in
      try await Watch(run: run, connection: connection, feed: feed).run()
    }
  }
}

enum WatchRows {
  static let uris = PositionalRow(
    ValueRow("URI", .known("uris")), .any, help: "Resources whose changes are to be told")
  static let count = OptionRow(
    "count", short: "n", takes: ValueRow("N", .integer(1...1_000_000)),
    help: "End after that many events")
}

/// The level from which on a server is asked to log.
enum LogRows {
  static let level = OptionRow(
    "log-level", takes: ValueRow("LEVEL", .choice(LogLevel.known.map(\.rawValue))),
    help: "Ask the server for its log from that level on, and show it")
}

/// One run of `watch`: subscribes, then writes events until there is a reason to end.
@LoopActor
private struct Watch {
  let run: ServerRun
  let connection: Connection
  let feed: EventFeed

  func run() async throws(CommandFailure) -> ExitCode {
    try await subscribe()
    try warn()
    let wanted = run.arguments.integer(WatchRows.count)
    let limit = run.arguments.duration(TargetRows.timeout)
    var seen = 0
    while wanted.map({ seen < $0 }) ?? true {
      switch await feed.next(within: limit) {
      case .event(.closed(let sentence), _): throw CommandFailure(.unreachable, sentence)
      case .event(.silent(let sentence), _): throw CommandFailure(.unreachable, sentence)
      case .event(let event, let time): seen += show(event, time)
      case .cancelled: return .interrupted
      case .timedOut: return try timedOut(seen, of: wanted)
      }
    }
    return .ok
  }

  private func subscribe() async throws(CommandFailure) {
    for uri in run.arguments.all(WatchRows.uris) {
      try await run.asked { () async throws(OperationFailure) in
        try await connection.subscribe(to: uri)
      }
    }
    connection.followLists()
  }

  /// What makes waiting pointless is said before it, not after.
  private func warn() throws(CommandFailure) {
    if let silence = connection.silence { throw CommandFailure(.unreachable, silence) }
    let uris = run.arguments.all(WatchRows.uris)
    guard !connection.promisesEvents, uris.isEmpty else { return }
    guard connection.mayTellUnasked else {
      throw CommandFailure(
        .usage, "there is nothing to watch: the server offers no notifications",
        hint: "name the resources to watch after the target")
    }
    run.say("the server promises no events; waiting all the same")
  }

  /// One for what counts as an event of the server.
  private func show(_ event: ConnectionEvent, _ time: WallTime) -> Int {
    guard let entry = WatchEntry(event) else { return 0 }
    if !entry.isEvent, case .finding(_, isMinor: true) = event, !run.isVerbose { return 0 }
    let output = run.context.output
    if run.wantsJSON {
      output.document(entry.json(at: time))
    } else {
      output.line(entry.line(at: time))
    }
    output.flush()
    return entry.isEvent ? 1 : 0
  }

  private func timedOut(_ seen: Int, of wanted: Int?) throws(CommandFailure) -> ExitCode {
    guard let wanted else { return .ok }
    throw CommandFailure(.timedOut, "\(seen) of \(wanted) events came in time")
  }
}
