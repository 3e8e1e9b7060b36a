import Audit
import EventLoop
import JSON
import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let audit = ScreenID("audit")
  static let auditRow = ScreenID("auditRow")
}

extension ConsoleCommand.Scope {
  static let audit = Self(rawValue: "audit")
  static let auditRow = Self(rawValue: "auditRow")
}

extension ScreenRow {
  static let audit = ScreenRow(
    id: .audit, title: "Audit", digit: "7", crumbs: { _, _ in ["audit"] },
    list: AuditScreen.source, showsWire: false,
    exports: { state, _ in AuditExport.exports(state) }, copies: AuditScreen.copies,
    opened: { state, _ in
      state.audit.phase == .closed ? state.openLog(.store(folder: nil), profile: nil) : []
    },
    prepare: { state, screen in
      state.audit.settle(typed: state.views[screen]?.filterInForce ?? "")
    },
    refresh: { state, _ in state.openLog(state.audit.source, profile: state.audit.wantedProfile) },
    commands: AuditCommands.rows,
    draw: { state, _, canvas in
      ListScreenView(
        title: "Audit", empty: AuditScreen.empty(state), remark: AuditScreen.remark(state)
      ).draw(state, AuditScreen.source, on: &canvas)
    })

  /// One row over the whole frame.
  static let auditRow = ScreenRow(
    id: .auditRow, title: "One event", crumbs: { _, screen in ["#\(screen.subject)"] },
    scopes: { _, _ in [.auditRow, .detail] }, text: { state, _ in AuditText.of(state) },
    copies: AuditScreen.copies, commands: AuditCommands.rowRows,
    draw: { state, _, canvas in
      DetailScreenView(title: "Event", text: AuditText.of(state)).draw(state, on: &canvas)
    })
}

extension ConsoleState {
  /// The row under the cursor, or the one whose own view is open.
  var auditIndex: Int? {
    if screen.id == .auditRow { return Int(screen.subject).flatMap { audit.row(ofNumber: $0) } }
    return screen.id == .audit ? list.current : nil
  }

  mutating func openLog(_ source: LogSource, profile: String?) -> [Effect] {
    let opening = audit.open(source, profile: profile)
    return [.operate(opening)] + say(.info, "opening \(source.words)")
  }

  mutating func takeLog(_ number: Int, _ news: LogNews) -> [Effect] {
    guard number == audit.number else { return [] }
    audit.take(news)
    switch news {
    case .failed(let sentence): return say(.error, sentence)
    case .turned(let sentence): return say(.warning, sentence)
    default: return []
    }
  }
}

/// What the view of the audit shows.
enum AuditScreen {
  static let source = ListSource(
    count: { state, _ in state.audit.count },
    key: { state, _, index in String(state.audit.number(ofRow: index)) },
    fields: { state, _, index in
      guard let record = state.audit.record(index) else { return [] }
      return LogField.allCases.map { $0.text(of: record) }
    },
    revision: { state, _ in state.audit.revision },
    facts: { state, _, index in
      FilterFacts(
        fields: state.audit.record(index).map { record in
          LogField.allCases.map { $0.text(of: record) }
        } ?? [])
    }, table: table,
    cells: { state, _, index, signs in cells(index, state, signs) },
    noteKey: { state, _, index in state.audit.noteKey(index) }, grows: true,
    ownRows: ListSource.OwnRows(
      shown: { state, _ in state.audit.shown },
      line: { state, _, key in
        Int(key).flatMap { state.audit.row(ofNumber: $0) }.flatMap { state.audit.line(ofRow: $0) }
      },
      found: { state, _, text in state.audit.rows(foundBy: text) }),
    detail: { state, _, index in AuditText(index, state).text })

  static let table = Table([
    .init("time", width: 12, rank: 3),
    .init("outcome", width: 10, rank: 1),
    .init("tool", width: 12, growth: 3, rank: 0),
    .init("ch", width: 2, rank: 2),
    .init("actor", width: 10, growth: 1, rank: 4),
    .init("ms", width: 6, rank: 5, alignedRight: true),
    .init("system", width: 8, growth: 1, rank: 6),
  ])

  static func cells(_ index: Int, _ state: ConsoleState, _ signs: SignSet) -> [Span] {
    guard let record = state.audit.record(index) else { return [] }
    let name = record.tool.isEmpty ? record.kind : record.tool
    let link = state.audit.link(index)
    return [
      Span(record.at.map { WireScreen.clock($0.microseconds / 1000) } ?? "", .dim),
      Span(
        signs.safe(record.oddity == nil ? outcome(record) : "not read", limit: 40).text,
        role(record)),
      Span(
        signs.safe(name.isEmpty ? state.audited(record.detail) : name, limit: 200).text
          + (record.isMutating ? " !" : "")),
      Span(link.map(sign) ?? "", link.map(role) ?? .dim),
      Span(signs.safe(record.actor, limit: 80).text, .dim),
      Span(record.microseconds.map { String($0 / 1000) } ?? "", .dim),
      Span(signs.safe(record.system, limit: 60).text, .dim),
    ]
  }

  private static func outcome(_ record: LogRecord) -> String {
    record.outcome.isEmpty ? record.level.word : record.outcome
  }

  static func role(_ record: LogRecord) -> Role {
    switch record.verdict {
    case .denied: return .levelWarn
    case .failed: return .levelError
    case .fine, .open: break
    }
    switch record.level {
    case .debug: return .levelDebug
    case .info: return .levelInfo
    case .warning: return .levelWarn
    case .error: return .levelError
    }
  }

  /// The state of the chain in a letter that needs no colour.
  private static func sign(_ link: LogLink) -> String {
    switch link {
    case .none: ""
    case .whole: "="
    case .changed: "X"
    case .gap: "?"
    }
  }

  static func role(_ link: LogLink) -> Role {
    switch link {
    case .none: .dim
    case .whole: .stateOK
    case .changed: .stateError
    case .gap: .stateWarn
    }
  }

  static func remark(_ state: ConsoleState) -> [Span] {
    let audit = state.audit
    var spans = state.isRevealing ? [Span("SECRETS SHOWN  ", .stateWarn)] : []
    if case .failed = audit.phase { spans.append(Span("FAILED", .stateError)) }
    if !audit.isCaughtUp, audit.phase == .open { spans.append(Span("LOADING", .stateRun)) }
    if audit.isCaughtUp {
      let isFollowing = state.list.follows
      spans.append(
        isFollowing ? Span("FOLLOW", .stateRun) : Span(paused(state), .stateWarn))
    }
    for word in audit.query.words { spans.append(Span(" \(word)", .match)) }
    return spans
  }

  private static func paused(_ state: ConsoleState) -> String {
    let more = state.audit.count - (state.list.pausedAt ?? state.audit.count)
    return more > 0 ? "PAUSED +\(more)" : "PAUSED"
  }

  static func empty(_ state: ConsoleState) -> TextView {
    var lines = Lines(signs: state.signs)
    let open = state.key(of: "audit.source")
    switch state.audit.phase {
    case .closed, .opening:
      lines.plain("opening \(state.signs.safe(state.audit.source.words).text)", .dim)
    case .failed(let sentence):
      lines.plain("The log cannot be read.", .title)
      lines.block(sentence, .error)
      lines.gap()
      lines.plain(
        "\(open) opens another one: a file, or the folder of a server; "
          + "\(state.key(of: "view.refresh")) tries again.")
    case .open:
      lines.plain("Nothing is in the log yet.", .title)
      lines.plain("Each call of a server that alidade serves is a row here.")
      lines.plain("\(open) opens another log.")
    }
    return lines.text
  }

  static func copies(_ state: ConsoleState, _ screen: Screen) -> [CopyMenu.Item] {
    guard let index = state.auditIndex, let place = state.audit.place(index),
      let record = state.audit.record(index)
    else { return [] }
    let line = state.audited(place.part.lines.bytes(of: place.row))
    let items: [CopyMenu.Item] = [
      .init("y", "the row", String(decoding: line, as: UTF8.self)),
      .init("a", "its arguments", state.audited(record.arguments)),
      .init("t", "its trace", record.trace), .init("u", "its tool", record.tool),
    ]
    return items.filter { !$0.text.isEmpty }
  }
}
