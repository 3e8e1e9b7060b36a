package import TerminalCore

/// Columns that share a width: the less important ones leave first, the elastic ones take what is left.
package struct Table: Sendable, Hashable {
  /// A column: its title, the columns it needs, how eagerly it grows, and how long it is kept in a narrow window.
  package struct Column: Sendable, Hashable {
    package let title: String
    package let width: Int
    package let growth: Int
    package let rank: Int
    package let isRight: Bool

    /// Columns of a lower rank stay longer.
    package init(
      _ title: String, width: Int, growth: Int = 0, rank: Int = 0,
      alignedRight isRight: Bool = false
    ) {
      self.title = title
      self.width = width
      self.growth = growth
      self.rank = rank
      self.isRight = isRight
    }
  }

  /// Where a column ended up.
  package struct Slot: Sendable, Hashable {
    package let column: Int
    package let x: Int
    package let width: Int
  }

  package let columns: [Column]
  private static let gap = 2

  package init(_ columns: [Column]) { self.columns = columns }

  /// The columns that fit, with what is left over shared out among the elastic ones.
  package func layout(width: Int) -> [Slot] {
    var kept = Array(columns.indices)
    while kept.count > 1, needed(kept) > width,
      let leaving = kept.max(by: { columns[$0].rank < columns[$1].rank })
    {
      kept.removeAll { $0 == leaving }
    }
    let spare = max(0, width - needed(kept))
    let growth = kept.reduce(0) { $0 + columns[$1].growth }
    var x = 0
    var slots: [Slot] = []
    for index in kept {
      let extra = growth == 0 ? 0 : spare * columns[index].growth / growth
      let width = min(columns[index].width + extra, max(0, width - x))
      slots.append(Slot(column: index, x: x, width: width))
      x += width + Self.gap
    }
    return slots
  }

  private func needed(_ kept: [Int]) -> Int {
    kept.reduce(0) { $0 + columns[$1].width } + Self.gap * max(0, kept.count - 1)
  }

  package func drawHeader(on canvas: inout Canvas, in rect: Rect) {
    drawRow(columns.map { Span($0.title, .dim) }, on: &canvas, in: rect)
  }

  /// Draws one row: a span for every column, shown or not.
  package func drawRow(_ cells: [Span], on canvas: inout Canvas, in rect: Rect) {
    for slot in layout(width: rect.width) where cells.indices.contains(slot.column) {
      let cell = cells[slot.column]
      let text = canvas.clipped(cell.text, to: slot.width)
      let lead = columns[slot.column].isRight ? slot.width - CharacterWidth.of(text) : 0
      canvas.write(text, x: slot.x + lead, in: rect, cell.style)
    }
  }
}
