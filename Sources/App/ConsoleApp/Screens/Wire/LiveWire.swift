import TerminalCore
import Widgets

/// What passes the wire of the connection in view, beside whatever is looked at.
struct LiveWire {
  private static let table = Table([
    .init("", width: 2, rank: 0),
    .init("kind", width: 4, rank: 0),
    .init("method", width: 14, growth: 1, rank: 0),
    .init("ms", width: 5, rank: 1, alignedRight: true),
    .init("size", width: 7, rank: 2, alignedRight: true),
  ])

  private let state: ConsoleState
  private let link: Link?

  init(_ state: ConsoleState) {
    self.state = state
    link = state.link
  }

  func draw(on canvas: inout Canvas, in rect: Rect) {
    let (edge, rest) = rect.splitLeft(2)
    for y in 0..<edge.height {
      canvas.write(canvas.signs[.vertical], y: y, in: edge, Style(.border))
    }
    let (head, rows) = rest.splitTop(2)
    canvas.write(
      [
        Span("Wire", .title),
        Span("  what passes now; \(state.key(of: "go.wire")) opens it", .dim),
      ], in: head)
    Self.table.drawHeader(on: &canvas, in: head.row(1))
    let newest = newest(rows.height)
    for (y, entry) in newest.enumerated() {
      let cells = WireScreen.cells(entry, state, canvas.signs)
      Self.table.drawRow(
        [cells[1], cells[2], cells[3], cells[4], cells[5]], on: &canvas, in: rows.row(y))
    }
    if newest.isEmpty { canvas.write("nothing has passed yet", in: rows, Style(.dim)) }
  }

  /// The last messages of the connection, the oldest of them first.
  private func newest(_ count: Int) -> [WireEntry] {
    var found: [WireEntry] = []
    for entry in state.wire.entries.reversed() {
      guard found.count < count else { break }
      if link == nil || entry.link == link?.id { found.append(entry) }
    }
    return found.reversed()
  }
}
