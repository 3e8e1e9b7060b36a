import JSON
import MCPProtocol
import Operations
import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let tools = ScreenID("tools")
  static let tool = ScreenID("tool")
}

extension ScreenRow {
  static let tools = ScreenRow(
    id: .tools, title: "Tools", digit: "2", isOfLink: true,
    crumbs: { state, screen in [state.name(of: screen.link), "tools"] },
    list: ToolsScreen.source,
    exports: { state, screen in
      [.items("tools", state.markedOrAll.map { state.tools(of: screen)[$0].raw })]
    }, copies: ToolsScreen.copies,
    opened: { state, screen in state.loadOnce(.tools, of: screen.link) },
    refresh: { state, screen in state.load(.tools, of: screen.link) },
    commands: ToolsCommands.rows,
    draw: { state, screen, canvas in
      let notice = LinkNotice(state, screen, .tools)
      ListScreenView(title: "Tools", empty: notice.empty, remark: notice.remark)
        .draw(state, ToolsScreen.source, on: &canvas)
    })

  static let tool = ScreenRow(
    id: .tool, title: "One tool", isOfLink: true, crumbs: { _, screen in [screen.subject] },
    scopes: { _, _ in [.tool, .detail] }, text: { state, _ in ToolsScreen.text(state) },
    copies: ToolsScreen.copies,
    commands: ToolCommands.rows,
    draw: { state, _, canvas in
      DetailScreenView(title: "Tool", text: ToolsScreen.text(state)).draw(state, on: &canvas)
    })
}

/// What the list of tools shows.
enum ToolsScreen {
  static let source = ListSource(
    count: { state, screen in state.tools(of: screen).count },
    key: { state, screen, index in state.tools(of: screen)[index].tool.name },
    fields: { state, screen, index in
      let item = state.tools(of: screen)[index]
      return [
        item.tool.name, item.tool.title ?? "", item.tool.description ?? "", item.nature.rawValue,
      ]
    },
    revision: { state, screen in
      screen.link.flatMap { state.links[$0]?.lists[.tools]?.revision } ?? 0
    },
    sorts: [
      SortColumn("name") { .init($0.tools(of: $1)[$2].tool.name) },
      SortColumn("kind") { .init($0.tools(of: $1)[$2].nature.rawValue) },
      SortColumn("title") { .init($0.tools(of: $1)[$2].tool.displayTitle) },
    ], table: table,
    cells: { state, screen, index, signs in cells(state.tools(of: screen)[index], signs) },
    detail: { state, screen, index in
      let item = state.tools(of: screen)[index]
      return ToolText(
        item, tab: state.list.tab, signs: state.signs, facts: facts(item, state, screen)
      ).text
    })

  static func text(_ state: ConsoleState) -> TextView {
    guard let item = state.selectedTool else {
      return TextView([.init("the server does not list it any more", .stateWarn)])
    }
    return ToolText(
      item, tab: state.list.tab, signs: state.signs, facts: facts(item, state, state.screen)
    ).text
  }

  /// The scopes that it is known to need, and what came of calling it last.
  private static func facts(
    _ item: ToolItem, _ state: ConsoleState, _ screen: Screen
  ) -> [ToolText.Fact] {
    let server = state.servers.rows.first { state.link(of: $0)?.id == screen.link }
    let matrix = server.flatMap { state.auth.grids[$0.key]?.matrix }
    let needs = matrix?.rows.first { $0.tool == item.tool.name }?.needs ?? []
    let scopes = needs.map { cell in
      "\(cell.scope) \(cell.isGranted.map { $0 ? "granted" : "missing" } ?? "unknown")"
    }
    let isMissing = needs.contains { $0.isGranted == false }
    let calls = state.callOrder.reversed().lazy.compactMap { state.calls[$0] }
      .filter { $0.link == screen.link && $0.isCall(of: item.tool.name) }
    let last = calls.prefix(2).map {
      "\($0.label) \(CallWords.outcome($0, now: state.time.steady).text)"
    }
    return [
      .init(
        label: "scopes", words: scopes.joined(separator: ", "),
        role: isMissing ? .scopeMissing : .scopeGranted),
      .init(label: "last", words: last.joined(separator: ", "), role: .dim),
    ]
  }

  static let table = Table([
    .init("name", width: 18, growth: 3, rank: 0),
    .init("kind", width: 6, rank: 1),
    .init("title", width: 14, growth: 2, rank: 2),
  ])

  static func cells(_ item: ToolItem, _ signs: SignSet) -> [Span] {
    let name = item.tool.name.isEmpty ? "(no name)" : signs.safe(item.tool.name, limit: 200).text
    let title = item.tool.title ?? item.tool.annotations?.title ?? ""
    return [Span(name), badge(item), Span(signs.safe(title, limit: 200).text, .dim)]
  }

  private static func badge(_ item: ToolItem) -> Span {
    if item.hasHidden { return Span("HIDDEN", .badgeHidden) }
    if !item.issues.isEmpty { return Span("check", .stateWarn) }
    switch item.nature {
    case .readOnly: return Span("ro", .badgeReadOnly)
    case .write: return Span("write", .badgeWrite)
    case .destructive: return Span("DEL", .badgeDestructive)
    case .unknown: return Span("")
    }
  }

  static func copies(_ state: ConsoleState, _ screen: Screen) -> [CopyMenu.Item] {
    guard let item = state.selectedTool, let link = state.link else { return [] }
    return [
      .init("y", "the name", item.tool.name),
      .init("j", "the tool as JSON", item.raw.pretty),
      .init("s", "its input schema", (item.tool.inputSchema ?? .null).pretty),
      .init("c", "as a command", HeadlessCommand.call(link, item.tool.name, nil)),
    ]
  }
}

extension ConsoleState {
  func name(of link: Link.ID?) -> String { link.flatMap { links[$0]?.name } ?? "" }

  func tools(of screen: Screen) -> [ToolItem] { screen.link.flatMap { links[$0]?.tools } ?? [] }

  /// The tool under the cursor, or the one whose own view is open.
  var selectedTool: ToolItem? {
    let items = tools(of: screen)
    if screen.id == .tools {
      return list.current.flatMap { items.indices.contains($0) ? items[$0] : nil }
    }
    return items.first { $0.tool.name == screen.subject }
  }
}
