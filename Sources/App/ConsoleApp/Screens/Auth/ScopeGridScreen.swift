import Audit
import JSON
import Operations
import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let scopeGrid = ScreenID("scopeGrid")
}

extension ConsoleCommand.Scope {
  static let scopeGrid = Self(rawValue: "scopeGrid")
}

extension ScreenRow {
  /// Which tool of a server needs which scope, what is granted, and where each is known from.
  static let scopeGrid = ScreenRow(
    id: .scopeGrid, title: "The scopes of tools",
    crumbs: { state, screen in
      [state.servers.row(screen.subject)?.name ?? "", "scopes"]
    },
    list: ScopeGridScreen.source, exports: { state, _ in ScopeGridScreen.exports(state) },
    copies: ScopeGridScreen.copies,
    opened: { state, _ in [.operate(.auth(.list))] + state.loadScopes() },
    refresh: { state, _ in [.operate(.auth(.list))] + state.loadScopes() },
    commands: ScopeGridScreen.commands, draw: ScopeGridScreen.draw)
}

extension ConsoleState {
  /// The grid of the server that is looked at; nil until its scopes are known.
  var scopeGrid: ScopeGrid? { authServer.flatMap { auth.grids[$0.key] } }

  /// The chosen column.
  var scopeColumn: Int {
    min(auth.columns[screen.subject] ?? 0, max(0, (scopeGrid?.scopes.count ?? 1) - 1))
  }
}

enum ScopeGridScreen {
  static let source = ListSource(
    count: { state, _ in state.scopeGrid?.count ?? 0 },
    key: { state, _, index in state.scopeGrid?.name(index) ?? "" },
    fields: { state, _, index in state.scopeGrid?.fields(index) ?? [] },
    revision: { state, _ in state.auth.revision },
    facts: { state, _, index in
      var facts = FilterFacts(fields: [])
      if let grid = state.scopeGrid {
        facts.fields = grid.fields(index)
        facts.isError = grid.tool(index).map { grid.matrix.allows($0) == false } ?? false
      }
      return facts
    }, rows: { state in ScopeGridView.Layout(state).rows })

  static let commands: [ConsoleCommand] = [
    turn("scopeGrid.left", "The scope to the left", [.character("h"), Key(.left)], -1),
    turn("scopeGrid.right", "The scope to the right", [.character("l"), Key(.right)], 1),
    ConsoleCommand(
      "scopeGrid.explain", "Say what the cell says, and where it is known from",
      keys: [Key(.enter)], scope: .scopeGrid, hint: "why", availability: ListCommands.hasItems,
      run: { state in sentence(state).map { state.say(.info, $0) } ?? [] }),
    AuthCommands.stepUp(.scopeGrid),
  ]

  private static func turn(
    _ id: String, _ title: String, _ keys: [Key], _ step: Int
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: keys, scope: .scopeGrid, hint: step > 0 ? "scope" : nil,
      availability: { state in
        (state.scopeGrid?.scopes.count ?? 0) < 2
          ? .disabled(reason: "there is no other scope") : .enabled
      },
      run: { state in
        let last = max(0, (state.scopeGrid?.scopes.count ?? 1) - 1)
        state.auth.columns[state.screen.subject] = min(max(0, state.scopeColumn + step), last)
        return []
      })
  }

  static func sentence(_ state: ConsoleState) -> String? {
    guard let grid = state.scopeGrid, let row = state.list.current else { return nil }
    return grid.sentence(row, state.scopeColumn)
  }

  static func draw(_ state: ConsoleState, _ screen: Screen, on canvas: inout Canvas) {
    let title = Span("Scopes of tools", .title)
    guard let grid = state.scopeGrid else {
      ViewFrame(state: state, title: [title]).draw(on: &canvas)
      let inside = ViewFrame.inside(state).inset(horizontal: 1)
      return empty(state).draw(on: &canvas, in: inside)
    }
    let lacking = grid.matrix.rows.count { grid.matrix.allows($0) == false }
    let words = "  \(grid.matrix.rows.count) tools, \(grid.scopes.count) scopes"
    var spans = [title, Span(words, .dim)]
    if lacking > 0 { spans.append(Span("  \(lacking) lack some", .scopeMissing)) }
    let place = state.list.shown.isEmpty ? 0 : state.list.selected.cursor + 1
    let gaps = grid.matrix.gaps.first.map { "  ! " + canvas.signs.safe($0, limit: 200).text } ?? ""
    ViewFrame(
      state: state, title: spans,
      note: [Span("\(place)/\(state.list.shown.count)", .dim), Span(gaps, .stateWarn)]
    ).draw(on: &canvas)
    ScopeGridView(grid: grid, state: state).draw(on: &canvas)
  }

  private static func empty(_ state: ConsoleState) -> TextView {
    var lines = Lines(signs: state.signs)
    if let problem = state.authServer.flatMap({ state.auth.matrixFailures[$0.key] }) {
      lines.block(problem, .error)
      lines.plain("\(state.key(of: "view.refresh")) asks again.", .dim)
    } else {
      lines.plain("The server, its descriptor and its metadata are being asked …", .dim)
    }
    return lines.text
  }

  static func copies(_ state: ConsoleState, _ screen: Screen) -> [CopyMenu.Item] {
    guard let grid = state.scopeGrid, let row = state.authServer else { return [] }
    let scope =
      grid.scopes.indices.contains(state.scopeColumn) ? grid.scopes[state.scopeColumn] : ""
    let items: [CopyMenu.Item] = [
      .init("y", "what the cell says", sentence(state) ?? ""), .init("u", "the scope", scope),
      .init("j", "all of it as JSON", grid.matrix.json.pretty),
      .init("c", "as a command", "alidade auth scopes \(row.shellTarget)"),
    ]
    return items.filter { !$0.text.isEmpty }
  }

  static func exports(_ state: ConsoleState) -> [Export] {
    guard let grid = state.scopeGrid else { return [] }
    return [
      Export.json("scopes", grid.matrix.json),
      Export("scopes.csv") {
        let rows = (0..<grid.count).map { row in
          CSV.line(
            [grid.name(row)]
              + grid.scopes.indices.map { column in
                let cell = grid.cell(row, column)
                let from = cell.sources.map(\.rawValue).joined(separator: ", ")
                return cell.standing.words + (from.isEmpty ? "" : " [\(from)]")
              })
        }
        return Array((CSV.line(["tool"] + grid.scopes) + rows.joined()).utf8)
      },
    ]
  }
}
