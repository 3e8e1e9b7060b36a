import EventLoop
import MCPProtocol
import Operations
import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let dashboard = ScreenID("dashboard")
}

extension ConsoleCommand.Scope {
  static let dashboard = Self(rawValue: "dashboard")
}

extension ScreenRow {
  /// All servers at a glance.
  static let dashboard = ScreenRow(
    id: .dashboard, title: "Dashboard", isPlace: true, crumbs: { _, _ in ["dashboard"] },
    list: DashboardScreen.source, showsWire: false,
    opened: { state, _ in state.openDashboard() },
    refresh: { state, _ in state.openDashboard() },
    commands: [
      ConsoleCommand(
        "dashboard.open", "Open the server", keys: [Key(.enter)], scope: .dashboard,
        hint: "open",
        availability: { state in
          state.list.current == nil ? .disabled(reason: "no server is selected") : .enabled
        },
        run: { state in
          guard let index = state.list.current else { return [] }
          return state.enter(Screen(.server, subject: state.servers.rows[index].key))
        })
    ],
    draw: { state, _, canvas in
      ListScreenView(
        title: "Dashboard", empty: TextView([.init("No server is known yet.", .title)])
      ).draw(state, DashboardScreen.source, on: &canvas)
    })
}

extension ConsoleState {
  /// Weighs what runs, and again while it is looked at.
  mutating func openDashboard() -> [Effect] {
    links.values.filter(\.isOpen).map { .weigh($0.id) }
      + [.operate(.auth(.list)), .startTimer(.office, milliseconds: 2000)]
  }
}

/// What the calls to one server were like lately.
struct CallTraffic {
  private static let span: Int64 = 60_000
  private static let slots = 10
  private static let slot: Int64 = 30_000

  let perMinute: Int
  /// Of a hundred calls, how many failed; nil without calls.
  let errorRate: Int?
  let line: [Int]

  init(_ state: ConsoleState, _ link: Link?) {
    let now = state.time.wall
    let calls = state.calls.values.filter { $0.link == link?.id }
    perMinute = calls.count { now - $0.started.wall <= Self.span }
    let ended = calls.filter { !$0.isRunning }
    let failed = ended.count { call in
      switch call.phase {
      case .failed: true
      case .done(let report): report.isError
      default: false
      }
    }
    errorRate = ended.isEmpty ? nil : failed * 100 / ended.count
    var line = [Int](repeating: 0, count: Self.slots)
    for call in calls {
      let age = (now - call.started.wall) / Self.slot
      if age >= 0, age < Int64(Self.slots) { line[Self.slots - 1 - Int(age)] += 1 }
    }
    self.line = line
  }

  func sparkline(_ signs: SignSet) -> String {
    let bars = Array(signs.isASCII ? "_.:-=+*#" : "▁▂▃▄▅▆▇█")
    let most = max(1, line.max() ?? 1)
    return String(
      line.map { $0 == 0 ? " " : bars[min(bars.count - 1, $0 * bars.count / (most + 1))] })
  }
}

enum DashboardScreen {
  static let source = ListSource(
    count: { state, _ in state.servers.rows.count },
    key: { state, _, index in state.servers.rows[index].key },
    fields: { state, _, index in
      let row = state.servers.rows[index]
      return [row.name, row.target, row.source, state.link(of: row)?.lastError ?? ""]
    },
    revision: { state, _ in state.servers.revision },
    sorts: [
      SortColumn("name") { state, _, index in .init(state.servers.rows[index].name) },
      SortColumn("p95") { state, _, index in
        .init(state.link(of: state.servers.rows[index])?.percentile(95))
      },
      SortColumn("calls") { state, _, index in
        .init(CallTraffic(state, state.link(of: state.servers.rows[index])).perMinute)
      },
      SortColumn("errors") { state, _, index in
        .init(CallTraffic(state, state.link(of: state.servers.rows[index])).errorRate)
      },
      SortColumn("memory") { state, _, index in
        .init(state.link(of: state.servers.rows[index])?.residentBytes)
      },
    ], table: table,
    cells: { state, _, index, signs in cells(state.servers.rows[index], state, signs) })

  private static let table = Table([
    .init("server", width: 10, growth: 2, rank: 0),
    .init("state", width: 11, rank: 0),
    .init("calls", width: 10, rank: 3),
    .init("/min", width: 4, rank: 2, alignedRight: true),
    .init("p95", width: 7, rank: 1, alignedRight: true),
    .init("err", width: 4, rank: 2, alignedRight: true),
    .init("era", width: 10, rank: 5),
    .init("expires", width: 9, rank: 4),
    .init("drift", width: 5, rank: 6, alignedRight: true),
    .init("RSS", width: 7, rank: 6, alignedRight: true),
    .init("last error", width: 12, growth: 3, rank: 7),
  ])

  /// In how many places the server is not what it was pinned to.
  private static func drift(_ link: Link?) -> Span {
    let count = link?.drift.values.reduce(0, +) ?? 0
    return count == 0 ? Span("") : Span(String(count), .stateWarn)
  }

  private static func cells(
    _ row: ServerRow, _ state: ConsoleState, _ signs: SignSet
  ) -> [Span] {
    let link = state.link(of: row)
    let traffic = CallTraffic(state, link)
    let summary = link.map { LinkSummary($0, now: state.time.steady) }
    let facts = AuthScreen.facts(row, state)
    return [
      Span(signs.safe(row.name, limit: 200).text, row.isEnabled ? .text : .dim),
      summary.map { Span("\(signs[$0.sign]) \($0.word)", $0.role) } ?? Span("not connected", .dim),
      Span(traffic.sparkline(signs), .stateRun),
      Span(link == nil ? "" : String(traffic.perMinute)),
      Span(link?.percentile(95).map { "\(Int($0.rounded()))ms" } ?? ""),
      Span(
        traffic.errorRate.map { "\($0)%" } ?? "", (traffic.errorRate ?? 0) > 0 ? .stateError : .dim),
      Span(link?.facts?.version.rawValue ?? "", .dim),
      facts.map { AuthScreen.expiry($0, state) } ?? Span(""),
      drift(link),
      Span(link?.residentBytes.map { "\($0 >> 20) MB" } ?? "", .dim),
      Span(signs.safe(link?.lastError ?? "", limit: 200).text, .stateError),
    ]
  }
}
