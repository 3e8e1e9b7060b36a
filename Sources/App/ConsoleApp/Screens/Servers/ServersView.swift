import SafeText
import TerminalCore
import Widgets

/// Draws the list of servers with the selected one's detail beside it, or what to do where there is none.
struct ServersView {
  let state: ConsoleState
  let layout: ServersLayout

  init(_ state: ConsoleState) {
    self.state = state
    layout = ServersLayout(state)
  }

  private var servers: ServersState { state.servers }

  private static let table = Table([
    .init("name", width: 12, growth: 2, rank: 0),
    .init("via", width: 8, rank: 2),
    .init("from", width: 12, growth: 1, rank: 3),
    .init("", width: 6, rank: 1),
  ])

  func draw(on canvas: inout Canvas) {
    _ = box.draw(on: &canvas, in: layout.shell.frame)
    drawFilter(on: &canvas)
    if servers.rows.isEmpty {
      EmptyServersView(isLoaded: servers.isLoaded).draw(on: &canvas, in: layout.shell.inside)
      return
    }
    drawList(on: &canvas)
    guard let detail = layout.detail else { return }
    let divider = Rect(x: detail.x - 2, y: detail.y, width: 1, height: detail.height)
    for y in 0..<divider.height {
      canvas.write(canvas.signs[.vertical], y: y, in: divider, Style(.border))
    }
    if let row = servers.current {
      ServerDetailView(row).draw(on: &canvas, in: detail)
    }
  }

  // MARK: - Frame

  private var box: Box {
    var title = [Span("Servers", .title)]
    if servers.hidden > 0 || !servers.filter.isEmpty {
      title.append(Span(" \(servers.shown.count)/\(servers.rows.count)", .dim))
    } else if !servers.rows.isEmpty {
      title.append(Span(" \(servers.rows.count)", .dim))
    }
    return Box(title: title, note: note, isFocused: true)
  }

  private var note: [Span] {
    guard !servers.rows.isEmpty else { return [] }
    let place = servers.shown.isEmpty ? 0 : servers.selected.cursor + 1
    let hidden = servers.hidden > 0 ? ", \(servers.hidden) hidden by the filter" : ""
    return [Span("\(place)/\(servers.shown.count)\(hidden)", .dim)]
  }

  private func drawFilter(on canvas: inout Canvas) {
    guard servers.isFilterFocused || !servers.filter.isEmpty else { return }
    let row = layout.shell.frame.row(0)
    let start = 3 + box.title.width
    let room = Rect(x: row.x + start, y: row.y, width: row.width - start - 2, height: 1)
    let used = canvas.write("/", in: room, Style(.prompt))
    let wanted = CharacterWidth.of(servers.filter.text) + 2
    let field = room.splitLeft(used).rest.splitLeft(wanted).left
    canvas.grid.fill(field)
    let cursor = canvas.grid.cursor
    servers.filter.draw(on: &canvas, in: field, Style(.prompt))
    if !servers.isFilterFocused { canvas.grid.cursor = cursor }
  }

  // MARK: - List

  private func drawList(on canvas: inout Canvas) {
    let head = layout.list.row(0)
    Self.table.drawHeader(
      on: &canvas, in: Rect(x: head.x + 1, y: head.y, width: head.width - 2, height: 1))
    if servers.shown.isEmpty {
      canvas.write("no server matches", x: 1, in: layout.table, Style(.dim))
      return
    }
    ListView(servers.selected).draw(on: &canvas, in: layout.table) { index, place, canvas in
      guard let row = servers.row(at: index) else { return }
      let room = Rect(x: place.x, y: place.y, width: head.width - 2, height: 1)
      Self.table.drawRow(Self.cells(row, canvas.signs), on: &canvas, in: room.intersection(place))
    }
  }

  private static func cells(_ row: ServerRow, _ signs: SignSet) -> [Span] {
    let name = signs.safe(row.name, limit: 200)
    let state: Span =
      if name.hasHidden {
        Span("HIDDEN", .badgeHidden)
      } else if row.transport == .file {
        Span("broken", .stateError)
      } else if !row.findings.isEmpty {
        Span("check", .stateWarn)
      } else if !row.isEnabled {
        Span("off", .stateOff)
      } else {
        Span("")
      }
    return [
      Span(name.text, row.isEnabled ? .text : .dim), Span(row.transport.rawValue, .dim),
      Span(signs.safe(row.source, limit: 200).text, .dim), state,
    ]
  }
}
