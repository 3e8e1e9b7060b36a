import Audit
import EventLoop
import TerminalCore
import Widgets

/// What can be done with a log.
enum AuditCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "audit.open", "Open the event", keys: [Key(.enter), .character("l"), Key(.right)],
      scope: .audit, hint: "open", availability: needsRow,
      run: { state in
        guard let index = state.auditIndex else { return [] }
        let number = state.audit.number(ofRow: index)
        return state.enter(Screen(.auditRow, subject: String(number)))
      }),
    ConsoleCommand(
      "audit.follow", "Follow what comes, or stay", keys: [.character("F")], scope: .audit,
      hint: "follow",
      run: { state in
        state.toggleFollowing()
        return []
      }),
    ConsoleCommand(
      "audit.filters", "The stack of filters", keys: [.character("f")], scope: .audit,
      hint: "filters", run: { state in state.enter(Screen(.auditFilters)) }),
    ConsoleCommand(
      "audit.count", "Count by a field", keys: [.character("#")], scope: .audit, hint: "count",
      availability: needsRow, run: { state in state.enter(Screen(.auditCounts)) }),
    ConsoleCommand(
      "audit.histogram", "When it happened", keys: [.character("H")], scope: .audit,
      hint: "histogram", availability: needsRow,
      run: { state in state.enter(Screen(.auditHistogram)) }),
    ConsoleCommand(
      "audit.level", "Raise the floor of levels, or take it away", keys: [.character("L")],
      scope: .audit,
      run: { state in
        let next = LogRecord.Level(rawValue: state.audit.query.floor.rawValue + 1) ?? .debug
        state.audit.change { $0.floor = next }
        return state.say(.info, next == .debug ? "every level" : "\(next.word) and worse")
      }),
    ConsoleCommand(
      "audit.window", "Set a window of time", keys: [.character("t")], scope: .audit,
      run: { state in
        state.overlay = .asking(
          LineQuestion(title: "From when: 15m, 2h, or A..B; empty for all", deed: .auditWindow))
        return []
      }),
    ConsoleCommand(
      "audit.clear", "Hide everything before now", keys: [.character("C")], scope: .audit,
      run: { state in
        let now = state.time.wall * 1000
        state.audit.change { $0.since = now }
        return state.say(.info, "hidden up to now; \(state.windowKeys) bring it back")
      }),
    ConsoleCommand(
      "audit.frames", "To the frames of the wire", keys: [.character("p")], scope: .audit,
      hint: "frames", availability: { frames($0) == nil ? .disabled(reason: noFrames) : .enabled },
      run: openFrames),
    ConsoleCommand(
      "audit.replay", "Send the call again, or the marked ones", keys: [.character("r")],
      scope: .audit, hint: "replay", availability: canReplay, run: { $0.askForReplay() }),
    ConsoleCommand(
      "audit.source", "Open another log", keys: [.character("o")], scope: .audit, hint: "other log",
      run: { state in
        let profiles = LogProfile.all.map(\.id).joined(separator: ", ")
        state.overlay = .asking(
          LineQuestion(title: "FILE or DIR [PROFILE: \(profiles)]", deed: .openLog))
        return []
      }),
    jump("audit.nextError", "The next refusal or failure", ".", 1),
    jump("audit.previousError", "The refusal or failure before", ",", -1),
  ]

  static let rowRows: [ConsoleCommand] =
    NoteCommands.of(.auditRow) + [
      ConsoleCommand(
        "auditRow.close", "Back to the list", keys: [.character("h"), Key(.left)], scope: .auditRow,
        run: { state in
          _ = state.closeView()
          return []
        }),
      ConsoleCommand(
        "auditRow.frames", "To the frames of the wire", keys: [.character("p")], scope: .auditRow,
        hint: "frames",
        availability: { frames($0) == nil ? .disabled(reason: noFrames) : .enabled },
        run: openFrames),
      ConsoleCommand(
        "auditRow.replay", "Send the call again", keys: [.character("r")], scope: .auditRow,
        hint: "replay", availability: canReplay, run: { $0.askForReplay() }),
    ]

  private static func needsRow(_ state: ConsoleState) -> ConsoleCommand.Availability {
    state.list.shown.isEmpty ? .disabled(reason: "no row is shown") : .enabled
  }

  private static func canReplay(_ state: ConsoleState) -> ConsoleCommand.Availability {
    guard state.auditIndex != nil else { return .disabled(reason: "no row is selected") }
    return state.link?.isOpen == true
      ? .enabled : .disabled(reason: "no server is connected to send it to")
  }

  // MARK: - Frames

  private static let noFrames = "this window has not seen the frames of that call"
  /// Clocks of two machines differ by less.
  private static let nearby: Int64 = 120_000

  /// The request on the wire that the event is of: by its id and tool, near its time; else by its trace.
  private static func frames(_ state: ConsoleState) -> Int? {
    guard let index = state.auditIndex, let record = state.audit.record(index) else { return nil }
    let at = record.at.map { $0.microseconds / 1000 }
    let found = state.wire.entries.last { entry in
      guard entry.kind == .request, entry.subject == record.tool, !record.tool.isEmpty else {
        return false
      }
      let isNear = at.map { abs($0 - entry.at) < nearby } ?? true
      return isNear && !record.request.isEmpty && entry.rpcID == record.request
    }
    if let found { return found.number }
    guard !record.trace.isEmpty else { return nil }
    let trace = FilterNeedle(record.trace)
    return state.wire.entries.last { $0.kind == .request && trace.isFound(in: $0.bytes) }?.number
  }

  private static func openFrames(_ state: inout ConsoleState) -> [Effect] {
    guard let number = frames(state) else { return state.say(.warning, noFrames) }
    return state.enter(Screen(.message, subject: "~\(number)"))
  }

  private static func jump(
    _ id: String, _ title: String, _ key: Character, _ step: Int
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [.character(key)], scope: .audit,
      run: { state in
        guard let line = state.list.line(step, where: state.audit.isTroubled) else {
          return state.say(.info, "none \(step > 0 ? "after" : "before") this one")
        }
        state.moveCursor(.to(line))
        state.list.follows = false
        return []
      })
  }
}

extension AuditState {
  fileprivate func isTroubled(_ index: Int) -> Bool {
    guard let place = place(index) else { return false }
    let verdict =
      place.part.digest?.verdict(of: place.row) ?? record(index)?.verdict ?? .open
    return verdict == .denied || verdict == .failed || link(index) == .changed
  }
}

extension ConsoleState {
  /// `FILE [PROFILE]`, or the data folder of a server.
  mutating func openLog(named words: String) -> [Effect] {
    var parts = words.split(separator: " ").map(String.init)
    var profile: String?
    if parts.count > 1, let last = parts.last, LogProfile.named(last) != nil {
      profile = parts.removeLast()
    }
    let path = parts.joined(separator: " ")
    guard !path.isEmpty else { return openLog(.store(folder: nil), profile: nil) }
    if path == "-" { return openLog(.input, profile: profile) }
    return openLog(
      path.hasSuffix("/") ? .store(folder: String(path.dropLast())) : .file(path), profile: profile)
  }

  mutating func setAuditWindow(_ text: String) -> [Effect] {
    guard let window = AuditWindow.read(text, now: time.wall * 1000) else {
      return say(.warning, "'\(text)' is no window: write 15m, 2h, or 2026-07-28..2026-07-29")
    }
    audit.change { ($0.since, $0.until) = window }
    return []
  }
}
