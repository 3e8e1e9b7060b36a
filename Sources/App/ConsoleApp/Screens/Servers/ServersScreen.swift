import MCPProtocol
import Operations
import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let servers = ScreenID("servers")
  static let server = ScreenID("server")
}

extension ScreenRow {
  static let servers = ScreenRow(
    id: .servers, title: "Servers", shortTitle: "Serv", digit: "1", crumbs: { _, _ in ["servers"] },
    list: ServersScreen.source, copies: ServersScreen.copies,
    refresh: { state, _ in [.loadServers] + state.say(.info, "looking for servers") },
    commands: ServersCommands.rows,
    draw: { state, _, canvas in
      ListScreenView(
        title: "Servers", empty: EmptyServers.text(state)
      ).draw(state, ServersScreen.source, on: &canvas)
    })

  static let server = ScreenRow(
    id: .server, title: "One server",
    crumbs: { state, screen in [state.servers.row(screen.subject)?.name ?? ""] },
    scopes: { _, _ in [.server, .servers] },
    text: { state, screen in
      state.servers.row(screen.subject).map { ServerText($0, state).text } ?? TextView([])
    }, copies: ServersScreen.copies,
    refresh: { state, _ in [.loadServers] + state.say(.info, "looking for servers") },
    commands: ServerCommands.rows,
    draw: { state, screen, canvas in
      let rows = state.views[Screen(.servers)]
      let place = (rows?.selected.cursor ?? 0) + 1
      DetailScreenView(
        title: "Server", note: [Span("\(place)/\(rows?.shown.count ?? 0)", .dim)],
        text: state.servers.row(screen.subject).map { ServerText($0, state).text } ?? TextView([])
      ).draw(state, on: &canvas)
    })
}

/// What the list of servers shows.
enum ServersScreen {
  static let source = ListSource(
    count: { state, _ in state.servers.rows.count },
    key: { state, _, index in state.servers.rows[index].key },
    fields: { state, _, index in
      let row = state.servers.rows[index]
      let link = state.link(of: row).map { LinkSummary($0, now: state.time.steady).word }
      return [row.name, row.transport.rawValue, row.target, row.source, link ?? ""]
    },
    revision: { state, _ in state.servers.revision },
    sorts: [
      SortColumn("name") { state, _, index in .init(state.servers.rows[index].name) },
      SortColumn("state") { state, _, index in
        .init(
          state.link(of: state.servers.rows[index]).map { LinkSummary($0, now: 0).word } ?? "")
      },
      SortColumn("via") { state, _, index in
        .init(state.servers.rows[index].transport.rawValue)
      },
      SortColumn("from") { state, _, index in .init(state.servers.rows[index].source) },
      SortColumn("p50") { state, _, index in
        .init(state.link(of: state.servers.rows[index])?.percentile(50))
      },
    ], table: table,
    cells: { state, _, index, signs in cells(state.servers.rows[index], state, signs) },
    detail: { state, _, index in ServerText(state.servers.rows[index], state).text })

  static let table = Table([
    .init("name", width: 14, growth: 3, rank: 0),
    .init("state", width: 12, rank: 1),
    .init("via", width: 5, rank: 2),
    .init("from", width: 9, growth: 1, rank: 4),
    .init("speaks", width: 10, rank: 3),
    .init("p50", width: 6, rank: 5, alignedRight: true),
    .init("p95", width: 6, rank: 6, alignedRight: true),
    .init("memory", width: 7, rank: 7, alignedRight: true),
  ])

  static func cells(_ row: ServerRow, _ state: ConsoleState, _ signs: SignSet) -> [Span] {
    let name = signs.safe(row.name, limit: 200)
    let link = state.link(of: row)
    return [
      Span(name.text, row.isEnabled ? .text : .dim),
      standing(row, link, state, hasHidden: name.hasHidden, signs),
      Span(row.transport == .file ? "" : row.transport.rawValue, .dim),
      Span(signs.safe(row.source, limit: 200).text, .dim),
      Span(link?.facts?.version.rawValue ?? "", .dim),
      Span(milliseconds(link?.percentile(50)), .dim),
      Span(milliseconds(link?.percentile(95)), .dim),
      Span(link?.residentBytes.map { "\($0 >> 20) MB" } ?? "", .dim),
    ]
  }

  private static func standing(
    _ row: ServerRow, _ link: Link?, _ state: ConsoleState, hasHidden: Bool, _ signs: SignSet
  ) -> Span {
    if let link {
      let summary = LinkSummary(link, now: state.time.steady)
      return Span("\(signs[summary.sign]) \(summary.word)", summary.role)
    }
    if hasHidden { return Span("HIDDEN", .badgeHidden) }
    if row.transport == .file { return Span("broken", .stateError) }
    if !row.findings.isEmpty { return Span("check", .stateWarn) }
    return row.isEnabled ? Span("") : Span("off", .stateOff)
  }

  private static func milliseconds(_ value: Double?) -> String {
    value.map { "\(Int($0.rounded()))ms" } ?? ""
  }

  static func copies(_ state: ConsoleState, _ screen: Screen) -> [CopyMenu.Item] {
    guard let row = state.selectedServer else { return [] }
    return [
      .init("y", "the name", row.name),
      .init("u", row.transport == .stdio ? "the command line" : "the URL", row.target),
      .init("c", "as a command", "alidade list tools \(row.shellTarget)"),
    ]
  }
}

extension ConsoleState {
  func link(of row: ServerRow) -> Link? {
    links.values.first { $0.name == row.name && $0.source == row.source && $0.path == row.path }
  }

  /// The server under the cursor, or the one whose own view is open.
  var selectedServer: ServerRow? {
    if screen.id == .server { return servers.row(screen.subject) }
    guard screen.id == .servers, let index = list.current else { return nil }
    return servers.rows.indices.contains(index) ? servers.rows[index] : nil
  }
}
