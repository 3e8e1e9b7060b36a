import Operations
import SafeText
import TerminalCore
import Widgets

/// Draws the grid: as many columns as there is room for, the chosen one among them, and below what its cell says.
struct ScopeGridView {
  let grid: ScopeGrid
  let state: ConsoleState

  /// Where the parts are at the present size.
  struct Layout {
    let head: Rect
    let rows: Rect
    let about: Rect

    init(_ state: ConsoleState) {
      let inside = ViewFrame.inside(state)
      let wanted = inside.height >= 12 ? 5 : inside.height >= 4 ? 1 : 0
      let (upper, about) = inside.splitBottom(wanted)
      (head, rows) = upper.splitTop(1)
      self.about = about
    }
  }

  private static let widestLabel = 18

  func draw(on canvas: inout Canvas) {
    let layout = Layout(state)
    let columns = columns(layout.rows.width)
    drawHead(columns, on: &canvas, in: layout.head)
    if state.list.shown.isEmpty {
      let words = "nothing matches; \(state.key(of: "view.out")) clears it"
      canvas.write(words, x: 1, in: layout.rows, Style(.dim))
    }
    let list = state.list
    ListView(list.selected).draw(on: &canvas, in: layout.rows) { line, place, canvas in
      guard let row = list.item(at: line) else { return }
      drawRow(row, columns, isCurrent: line == list.selected.cursor, on: &canvas, in: place)
    }
    drawAbout(on: &canvas, in: layout.about)
  }

  // MARK: - Columns

  private struct Column {
    let index: Int
    let x: Int
    let width: Int
  }

  private var chosen: Int { state.scopeColumn }

  private var nameWidth: Int {
    min(max(10, grid.widestName), max(10, ViewFrame.inside(state).width / 3))
  }

  /// Those that fit behind the names, from the first one that leaves room for the chosen one.
  private func columns(_ width: Int) -> [Column] {
    let widths = grid.scopes.indices.map { column in
      let label = CharacterWidth.of(state.signs.safe(grid.scopes[column], limit: 200).text)
      return max(grid.widestCells[column] + 2, min(label, Self.widestLabel)) + 2
    }
    let room = width - nameWidth - 3
    var first = min(chosen, max(0, widths.count - 1))
    var used = widths.indices.contains(first) ? widths[first] : 0
    while first > 0, used + widths[first - 1] <= room {
      first -= 1
      used += widths[first]
    }
    var (x, shown) = (nameWidth + 2, [Column]())
    for index in widths.indices.dropFirst(first) {
      // The chosen one is shown whatever its width.
      guard shown.isEmpty || x + widths[index] - nameWidth - 2 <= room else { break }
      shown.append(Column(index: index, x: x, width: widths[index]))
      x += widths[index]
    }
    return shown
  }

  /// The end of a name tells more than its beginning, which scopes of one server mostly share.
  private func label(_ column: Column) -> String {
    let name = state.signs.safe(grid.scopes[column.index], limit: 200).text
    let room = column.width - 2
    guard CharacterWidth.of(name) > room else { return name }
    var end = name.suffix(max(0, room - 1))
    while !end.isEmpty, CharacterWidth.of(String(end)) > room - 1 { end = end.dropFirst() }
    return state.signs[.ellipsis] + end
  }

  // MARK: - Rows

  private func drawHead(_ columns: [Column], on canvas: inout Canvas, in rect: Rect) {
    canvas.write("tool", x: 1, in: rect, Style(.dim))
    for column in columns {
      let place = Rect(x: rect.x + column.x, y: rect.y, width: column.width - 1, height: 1)
      let isChosen = column.index == chosen
      canvas.write(
        label(column), in: place.intersection(rect), Style(isChosen ? .title : .dim))
    }
    let hidden = grid.scopes.count - columns.count
    guard hidden > 0 else { return }
    let words = "+\(hidden)"
    canvas.write(words, x: rect.width - words.count, in: rect, Style(.dim))
  }

  private func drawRow(
    _ row: Int, _ columns: [Column], isCurrent: Bool, on canvas: inout Canvas, in place: Rect
  ) {
    let name = canvas.signs.safe(grid.name(row), limit: 200).text
    let isAside = row == 0 || grid.tool(row)?.isListed == false
    canvas.write(
      canvas.clipped(name, to: nameWidth), in: place, Style(isAside ? .dim : .text))
    for column in columns {
      let cell = grid.cell(row, column.index)
      let text = cell.text(canvas.signs)
      let isChosen = isCurrent && column.index == chosen
      let at = Rect(x: place.x + column.x - 2, y: place.y, width: column.width + 1, height: 1)
      let spans = [
        Span(isChosen ? "[" : " ", .key), Span(text, cell.standing.role),
        Span(isChosen ? "]" : "", .key),
      ]
      canvas.write(spans, in: at.intersection(place))
    }
  }

  // MARK: - About

  private func drawAbout(on canvas: inout Canvas, in rect: Rect) {
    guard rect.height > 0 else { return }
    let sentence = state.list.current.map { grid.sentence($0, chosen) } ?? ""
    var lines = Lines(signs: canvas.signs)
    lines.plain(canvas.signs.safe(sentence, limit: 600).text)
    let room = ViewFrame.ruled(rect, on: &canvas)
    guard rect.height > 2 else { return lines.text.draw(on: &canvas, in: room) }
    lines.text.draw(on: &canvas, in: room.splitBottom(2).rest)
    let legend = room.splitBottom(2).bottom
    canvas.write(signLegend(canvas.signs), in: legend)
    canvas.write(sourceLegend, y: 1, in: legend)
  }

  private func signLegend(_ signs: SignSet) -> [Span] {
    ScopeGrid.Standing.allCases.flatMap { standing in
      [
        Span(standing.sign(signs) + " ", standing.role), Span("\(standing.words)   ", .dim),
      ]
    }
  }

  private var sourceLegend: [Span] {
    let words = ScopeMatrix.Source.allCases.filter(grid.sources.contains).map {
      "\($0.letter) \($0.rawValue)"
    }
    return [Span(words.joined(separator: "  "), .dim)]
  }
}
