import JSON
import Operations
import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let calls = ScreenID("calls")
  static let pastCall = ScreenID("call.past")
  static let diff = ScreenID("diff")
}

extension ConsoleCommand.Scope {
  static let calls = Self(rawValue: "calls")
}

extension ScreenRow {
  static let calls = ScreenRow(
    id: .calls, title: "Calls", digit: "5", crumbs: { _, _ in ["calls"] },
    list: CallsScreen.source,
    exports: { state, _ in CallsScreen.exports(state) }, copies: CallsScreen.copies,
    opened: { state, _ in state.history.phase == .unasked ? state.loadHistory() : [] },
    refresh: { state, _ in state.loadHistory() }, commands: CallsCommands.rows,
    draw: { state, screen, canvas in
      ListScreenView(
        title: "Calls", empty: CallsScreen.empty(state), remark: CallsScreen.remark(state)
      ).draw(state, CallsScreen.source, on: &canvas)
    })

  static let pastCall = ScreenRow(
    id: .pastCall, title: "A call of an earlier run",
    crumbs: { _, screen in ["history \(screen.subject)"] }, scopes: { _, _ in [.detail] },
    text: { state, screen in CallsScreen.pastText(state, screen) },
    draw: { state, screen, canvas in
      DetailScreenView(title: "Call", text: CallsScreen.pastText(state, screen))
        .draw(state, on: &canvas)
    })

  /// What differs between two answers.
  static let diff = ScreenRow(
    id: .diff, title: "Two answers compared", crumbs: { _, screen in ["diff \(screen.subject)"] },
    scopes: { _, _ in [.detail] }, text: { state, screen in CallsScreen.diff(state, screen) },
    draw: { state, screen, canvas in
      DetailScreenView(title: "Difference", text: CallsScreen.diff(state, screen))
        .draw(state, on: &canvas)
    })
}

/// A line of the list of calls: of this run, or of an earlier one.
enum CallRow: Sendable, Hashable {
  case now(CallRecord)
  case past(PastCall)

  var key: String {
    switch self {
    case .now(let record): "#\(record.id)"
    case .past(let call): "\(call.number)"
    }
  }

  var name: String {
    switch self {
    case .now(let record): record.name
    case .past(let call): call.name
    }
  }

  /// When it was asked, in milliseconds since 1970.
  var at: Int64 {
    switch self {
    case .now(let record): record.started.wall
    case .past(let call): call.at
    }
  }

  var server: String {
    switch self {
    case .now(let record): record.server
    case .past(let call): call.target
    }
  }

  var milliseconds: Double? {
    switch self {
    case .now(let record): record.report?.duration.inMilliseconds
    case .past(let call): call.milliseconds
    }
  }

  var size: Int? {
    switch self {
    case .now(let record): record.report?.bytes
    case .past(let call): call.bytes
    }
  }

  /// The call of this run.
  var record: CallRecord? { if case .now(let record) = self { record } else { nil } }

  var method: String {
    switch self {
    case .now(let record): record.order.method
    case .past(let call): call.method
    }
  }

  var isError: Bool {
    switch self {
    case .now(let record):
      if case .failed = record.phase { true } else { record.report?.isError ?? false }
    case .past(let call): !call.isFine
    }
  }

  /// What was sent, where that is known.
  var arguments: JSON? {
    switch self {
    case .now(let record): record.shownArguments
    case .past(let call): call.params
    }
  }

  /// What came back, where something did.
  var answer: JSON? {
    switch self {
    case .now(let record): record.report?.result
    case .past(let call): call.answer
    }
  }
}

extension ConsoleState {
  /// The newest first: those of this run, then what the history has of earlier ones.
  var callRows: [CallRow] { (0..<callCount).compactMap(callRow) }

  var callCount: Int { callOrder.count + history.calls.count }

  func callRow(_ index: Int) -> CallRow? {
    guard index < callOrder.count else {
      let past = index - callOrder.count
      return history.calls.indices.contains(past) ? .past(history.calls[past]) : nil
    }
    return calls[callOrder[callOrder.count - 1 - index]].map(CallRow.now)
  }

  var selectedCall: CallRow? {
    guard screen.id == .calls, let index = list.current else { return nil }
    return callRow(index)
  }

  mutating func loadHistory() -> [Effect] {
    history.phase = .loading
    return [.loadHistory(before: started)]
  }
}

/// What the view of calls shows.
enum CallsScreen {
  static let source = ListSource(
    count: { state, _ in state.callCount },
    key: { state, _, index in state.callRow(index)?.key ?? "" },
    fields: { state, _, index in
      switch state.callRow(index) {
      case .now(let record):
        [record.name, record.server, CallWords.outcome(record, now: 0).text]
      case .past(let call): [call.name, call.target, call.outcome, call.method]
      case nil: []
      }
    },
    revision: { state, _ in
      state.history.revision * 100_000 + state.lastCall * 100 + state.running.count
    },
    facts: { state, _, index in
      state.callRow(index).map { facts($0) } ?? FilterFacts(fields: [])
    },
    sorts: [
      SortColumn("time") { state, _, index in .init(state.callRow(index).map { Double($0.at) }) },
      SortColumn("name") { state, _, index in .init(state.callRow(index)?.name ?? "") },
      SortColumn("ms") { state, _, index in .init(state.callRow(index)?.milliseconds) },
      SortColumn("size") { state, _, index in .init(state.callRow(index)?.size) },
      SortColumn("server") { state, _, index in .init(state.callRow(index)?.server ?? "") },
    ], table: table,
    cells: { state, _, index, signs in
      state.callRow(index).map { cells($0, state, signs) } ?? []
    },
    detail: { state, _, index in
      state.callRow(index).map { detail($0, state) } ?? TextView([])
    })

  private static func facts(_ row: CallRow) -> FilterFacts {
    var facts = FilterFacts(fields: [row.name, row.server, row.method])
    facts.method = row.method
    facts.tool = row.name
    facts.id = row.key
    facts.server = row.server
    facts.kinds = ["req"]
    facts.isError = row.isError
    facts.milliseconds = row.milliseconds
    facts.size = row.size
    facts.body = { (row.arguments?.compactBytes ?? []) + (row.answer?.compactBytes ?? []) }
    return facts
  }

  static func exports(_ state: ConsoleState) -> [Export] {
    let rows = state.markedOrAll.compactMap { state.callRow($0) }
    return [
      Export("calls.jsonl") {
        rows.flatMap { row -> [UInt8] in
          let line: JSON = [
            "call": .string(row.key), "at": .number(JSONNumber(row.at)),
            "server": .string(row.server), "method": .string(row.method),
            "name": .string(row.name), "asked": row.arguments ?? .null,
            "answer": row.answer ?? .null,
          ]
          return line.compactBytes + [10]
        }
      }
    ]
  }

  static let table = Table([
    .init("no", width: 5, rank: 1),
    .init("name", width: 13, growth: 3, rank: 0),
    .init("outcome", width: 15, rank: 0),
    .init("time", width: 8, rank: 3),
    .init("server", width: 10, growth: 1, rank: 2),
  ])

  static func cells(_ row: CallRow, _ state: ConsoleState, _ signs: SignSet) -> [Span] {
    switch row {
    case .now(let record):
      return [
        Span(row.key), Span(signs.safe(record.name, limit: 200).text),
        CallWords.outcome(record, now: state.time.steady),
        Span(String(WireScreen.clock(record.started.wall).prefix(8)), .dim),
        Span(signs.safe(record.server, limit: 100).text, .dim),
      ]
    case .past(let call):
      return [
        Span(row.key, .dim), Span(signs.safe(call.name, limit: 200).text, .dim),
        Span(
          "\(call.outcome) \(CallWords.milliseconds(call.milliseconds))ms",
          call.isFine ? .stateOff : .stateWarn),
        Span(String(WireScreen.clock(call.at).prefix(8)), .dim),
        Span(signs.safe(call.target, limit: 100).text, .dim),
      ]
    }
  }

  static func remark(_ state: ConsoleState) -> [Span] {
    switch state.history.phase {
    case .loading: [Span("reading the history", .stateRun)]
    case .failed: [Span("no history", .stateWarn)]
    default: []
    }
  }

  static func empty(_ state: ConsoleState) -> TextView {
    var lines = Lines(signs: state.signs)
    lines.plain("Nothing was called yet.", .title)
    if case .failed(let sentence) = state.history.phase {
      lines.add("history", sentence, .stateWarn)
    }
    return lines.text
  }

  // MARK: - Texts

  static func detail(_ row: CallRow, _ state: ConsoleState) -> TextView {
    var lines = Lines(signs: state.signs)
    lines.plain(state.signs.safe("\(row.key) \(row.name)", limit: 300).text, .title)
    switch row {
    case .now(let record):
      lines.plain(CallWords.outcome(record, now: state.time.steady).text, .dim)
      if let arguments = record.shownArguments { part("arguments", arguments, &lines) }
      if case .failed(let failure) = record.phase { lines.add("why", failure.sentence, .error) }
    case .past(let call):
      lines.plain(
        "\(call.outcome), \(CallWords.milliseconds(call.milliseconds)) ms, \(call.bytes) bytes",
        .dim)
      lines.add("target", call.target)
      part("asked", call.params, &lines)
    }
    if let answer = row.answer { said(answer, &lines) }
    return lines.text
  }

  private static let mostShown = 40_000

  private static func part(_ title: String, _ json: JSON, _ lines: inout Lines) {
    lines.gap()
    lines.plain(title, .title)
    lines.json(String(json.pretty.prefix(mostShown)))
  }

  /// What an answer says rather than how it is wrapped.
  private static func said(_ answer: JSON, _ lines: inout Lines) {
    if let structured = answer["structuredContent"] { return part("answer", structured, &lines) }
    let parts = answer["content"]?.array ?? []
    let texts = parts.compactMap { $0["text"]?.string }
    guard !texts.isEmpty, texts.count == parts.count else {
      return part("answer", answer, &lines)
    }
    if texts.count == 1, let json = ResultWords.json(texts[0]) {
      return part("answer", json, &lines)
    }
    lines.gap()
    lines.plain("answer", .title)
    lines.block(String(texts.joined(separator: "\n").prefix(mostShown)))
  }

  static func pastText(_ state: ConsoleState, _ screen: Screen) -> TextView {
    guard let call = state.history.calls.first(where: { "\($0.number)" == screen.subject }) else {
      return TextView([.init("the history does not hold it any more", .stateWarn)])
    }
    return detail(.past(call), state)
  }

  /// `new old` as the keys of two calls.
  static func diff(_ state: ConsoleState, _ screen: Screen) -> TextView {
    let keys = screen.subject.split(separator: " ").map(String.init)
    let sides = keys.compactMap { state.side(ofComparison: $0) }
    guard sides.count == 2, let (new, old) = sides.first.map({ ($0, sides[1]) }) else {
      return TextView([.init("one of the two is gone", .stateWarn)])
    }
    var lines = Lines(signs: state.signs)
    lines.plain("\(keys[1]) and then \(keys[0])", .title)
    lines.gap()
    let diff = old.diff(to: new, limit: 1000)
    if diff.isEmpty { lines.plain("They are the same.", .stateOK) }
    for change in diff.changes { add(change, &lines) }
    if !diff.isComplete { lines.plain("… and more", .dim) }
    return lines.text
  }

  private static func add(_ change: JSONChange, _ lines: inout Lines) {
    let place = "\(change.pointer)"
    lines.plain(lines.signs.safe(place.isEmpty ? "the whole" : place, limit: 300).text, .diffHunk)
    func line(_ sign: String, _ value: JSON, _ role: Role) {
      lines.block("\(sign) \(value.compact.prefix(2000))", role)
    }
    switch change.kind {
    case .added(let new): line("+", new, .diffAdd)
    case .removed(let old): line("-", old, .diffDelete)
    case .changed(let old, let new):
      line("-", old, .diffDelete)
      line("+", new, .diffAdd)
    case .reordered: lines.plain("in another order", .dim)
    }
  }

  static func copies(_ state: ConsoleState, _ screen: Screen) -> [CopyMenu.Item] {
    guard let row = state.selectedCall else { return [] }
    var items: [CopyMenu.Item] = [.init("y", "the name", row.name)]
    if let answer = row.answer { items.append(.init("j", "the answer as JSON", answer.pretty)) }
    if case .now(let record) = row, let link = state.links[record.link] {
      items.append(.init("c", "as a command", HeadlessCommand.of(record, link)))
    }
    return items
  }
}
