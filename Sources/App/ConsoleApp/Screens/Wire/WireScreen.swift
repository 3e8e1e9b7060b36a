import JSON
import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let wire = ScreenID("wire")
  static let message = ScreenID("message")
}

extension ConsoleCommand.Scope {
  static let wire = Self(rawValue: "wire")
  static let message = Self(rawValue: "message")
}

extension ScreenRow {
  static let wire = ScreenRow(
    id: .wire, title: "Wire", digit: "6", crumbs: { _, _ in ["wire"] }, list: WireScreen.source,
    showsWire: false, exports: { state, _ in WireExport.exports(state) },
    copies: WireScreen.copies, commands: WireCommands.rows,
    draw: { state, screen, canvas in
      ListScreenView(
        title: "Wire",
        empty: TextView([
          .init("Nothing has passed yet.", .title), .init("Connect to a server first."),
        ]),
        remark: WireScreen.remark(state)
      ).draw(state, WireScreen.source, on: &canvas)
    })

  /// One message with its other half over the whole frame.
  static let message = ScreenRow(
    id: .message, title: "One message", crumbs: { _, screen in [screen.subject] },
    scopes: { _, _ in [.message, .detail] }, text: { state, _ in WireScreen.text(state) },
    copies: WireScreen.copies, commands: WireCommands.messageRows,
    draw: { state, _, canvas in
      DetailScreenView(
        title: "Message", note: state.list.tab == 0 ? [] : [Span("byte by byte", .dim)],
        text: WireScreen.text(state)
      ).draw(state, on: &canvas)
    })
}

extension ConsoleState {
  /// The message under the cursor, or the one whose own view is open.
  var wireEntry: WireEntry? {
    if screen.id == .message {
      return Int(screen.subject.dropFirst()).flatMap { shownEntry($0) }
    }
    guard screen.id == .wire, let index = list.current else { return nil }
    return wire.entries.indices.contains(index) ? wire.entries[index].shown(isRevealing) : nil
  }
}

extension ConsoleState {
  /// A message by its number, as it may be seen now.
  func shownEntry(_ number: Int) -> WireEntry? { wire.entry(number)?.shown(isRevealing) }
}

/// What the view of the wire shows.
enum WireScreen {
  static let source = ListSource(
    count: { state, _ in state.wire.entries.count },
    key: { state, _, index in "\(state.wire.entries[index].number)" },
    fields: { state, _, index in
      let entry = state.wire.entries[index]
      return [
        entry.method, entry.subject, "#\(entry.rpcID)", entry.kind.rawValue,
        state.name(of: entry.link), entry.kind == .error ? "error" : "",
        state.note(.wire, "\(entry.number)")?.comment ?? "",
      ]
    },
    revision: { state, _ in state.wire.generation },
    facts: { state, screen, index in facts(state, screen, index) },
    sorts: [
      SortColumn("time") { state, _, index in .init(state.wire.entries[index].number) },
      SortColumn("method") { state, _, index in .init(state.wire.entries[index].method) },
      SortColumn("ms") { state, _, index in
        .init(state.wire.entries[index].milliseconds.map(Double.init))
      },
      SortColumn("size") { state, _, index in .init(state.wire.entries[index].size) },
    ], table: table,
    cells: { state, _, index, signs in cells(state.wire.entries[index], state, signs) },
    noteKey: { state, _, index in "\(state.wire.entries[index].number)" }, grows: true,
    detail: { state, _, index in
      detail(state.wire.entries[index].shown(state.isRevealing), state)
    })

  static let table = Table([
    .init("time", width: 12, rank: 3),
    .init("", width: 2, rank: 0),
    .init("kind", width: 4, rank: 1),
    .init("method", width: 14, growth: 3, rank: 0),
    .init("ms", width: 5, rank: 2, alignedRight: true),
    .init("size", width: 7, rank: 4, alignedRight: true),
    .init("server", width: 8, rank: 5),
  ])

  private static func facts(
    _ state: ConsoleState, _ screen: Screen, _ index: Int
  ) -> FilterFacts {
    let entry = state.wire.entries[index]
    var facts = FilterFacts(fields: source.fields(state, screen, index))
    facts.method = entry.method
    facts.tool = entry.subject
    facts.id = entry.rpcID
    facts.server = state.name(of: entry.link)
    facts.kinds = [entry.kind.rawValue, entry.isOutgoing ? "out" : "in"]
    // An error answers a request, as a response does.
    if entry.kind == .error { facts.kinds.insert(WireEntry.Kind.response.rawValue) }
    facts.isError = entry.isFault
    facts.milliseconds = entry.milliseconds.map(Double.init)
    facts.size = entry.size
    facts.body = { entry.bytes }
    return facts
  }

  static func cells(_ entry: WireEntry, _ state: ConsoleState, _ signs: SignSet) -> [Span] {
    let words = [
      entry.kind == .http ? exchange(entry) : entry.method,
      entry.rpcID.isEmpty ? "" : "#\(entry.rpcID)", entry.subject,
    ]
    let text = words.filter { !$0.isEmpty }.joined(separator: " ")
    return [
      Span(clock(entry.at), .dim),
      Span(signs[entry.isOutgoing ? .request : .result], role(entry.kind)),
      Span(entry.kind.rawValue, role(entry.kind)),
      Span(signs.safe(text, limit: 300).text),
      Span(entry.milliseconds.map(String.init) ?? "", .dim),
      Span(CallWords.size(entry.size), .dim),
      Span(signs.safe(state.name(of: entry.link), limit: 60).text, .dim),
    ]
  }

  /// An exchange by its verb and path: the server that it went to is named beside it.
  private static func exchange(_ entry: WireEntry) -> String {
    let parts = entry.method.split(separator: " ", maxSplits: 1)
    guard let verb = parts.first, let url = parts.last, let scheme = url.firstRange(of: "://")
    else { return entry.method }
    let path = url[scheme.upperBound...].drop { $0 != "/" }
    return "\(verb) \(path.isEmpty ? "/" : path)"
  }

  static func remark(_ state: ConsoleState) -> [Span] {
    let revealed = state.isRevealing ? [Span("SECRETS SHOWN  ", .stateWarn)] : []
    return revealed + following(state)
  }

  private static func following(_ state: ConsoleState) -> [Span] {
    if state.list.follows { return [Span("FOLLOW", .stateRun)] }
    let last = state.wire.last - (state.list.pausedAt ?? state.wire.last)
    return [Span(last > 0 ? "PAUSED +\(last)" : "PAUSED", .stateWarn)]
  }

  private static func role(_ kind: WireEntry.Kind) -> Role {
    switch kind {
    case .request: .methodRequest
    case .response: .methodResult
    case .notification: .methodNotification
    case .error, .odd: .methodError
    case .http: .link
    case .log: .dim
    }
  }

  /// The time of day in UTC to the millisecond.
  static func clock(_ wall: Int64) -> String {
    let day = ((wall % 86_400_000) + 86_400_000) % 86_400_000
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let rest = day % 1000
    return "\(two(day / 3_600_000)):\(two(day / 60_000 % 60)):\(two(day / 1000 % 60))"
      + ".\(rest < 100 ? "0" : "")\(rest < 10 ? "0" : "")\(rest)"
  }

  // MARK: - Detail

  static func text(_ state: ConsoleState) -> TextView {
    guard let entry = state.wireEntry else {
      return TextView([.init("it has left the log", .stateWarn)])
    }
    return state.list.tab == 0 ? detail(entry, state) : hex(entry, state)
  }

  static func copies(_ state: ConsoleState, _ screen: Screen) -> [CopyMenu.Item] {
    guard let entry = state.wireEntry else { return [] }
    let items: [CopyMenu.Item] = [
      .init("y", "the message", String(decoding: entry.bytes, as: UTF8.self)),
      .init("j", "it as JSON", pretty(entry)), .init("u", "its method", entry.method),
    ]
    guard let (id, method, params) = state.replayable, let link = state.links[id] else {
      return items
    }
    return items + [
      .init("c", "the request as a command", HeadlessCommand.raw(link, method, params))
    ]
  }
}
