package import TerminalCore

/// Draws the visible rows of a list, the selected one marked, and a scrollbar where not all fit.
package struct ListView {
  package let state: ScrollState
  package let isFocused: Bool
  /// The role of the scrollbar: a frame's where it is drawn on one.
  package let bar: Role
  /// Rows that carry a mark of their own in front.
  package var isMarked: (Int) -> Bool = { _ in false }
  /// Rows that somebody has put a note on.
  package var isNoted: (Int) -> Bool = { _ in false }

  package init(_ state: ScrollState, isFocused: Bool = true, bar: Role = .scrollbar) {
    self.state = state
    self.isFocused = isFocused
    self.bar = bar
  }

  /// `row` draws one item into the place it is given; the mark and the selection's surface are laid by the list.
  package func draw(
    on canvas: inout Canvas, in rect: Rect,
    row: (_ index: Int, _ place: Rect, _ canvas: inout Canvas) -> Void
  ) {
    let rows = state.visible(height: rect.height)
    let scrolls = rows.count < state.count
    for (line, index) in rows.enumerated() {
      let whole = rect.row(line)
      let (mark, rest) = whole.splitLeft(1)
      let place = scrolls ? rest.splitLeft(rest.width - 1).left : rest
      row(index, place, &canvas)
      let sign: Sign? = isMarked(index) ? .mark : isNoted(index) ? .note : nil
      if let sign { canvas.write(canvas.signs[sign], in: mark, Style(.match)) }
      guard index == state.cursor else { continue }
      if sign == nil { canvas.write(canvas.signs[.selected], in: mark, Style(.borderFocus)) }
      canvas.grid.lay(isFocused ? .selection : .selectionUnfocused, over: mark)
      canvas.grid.lay(isFocused ? .selection : .selectionUnfocused, over: place)
    }
    if scrolls { Scrollbar(rows, of: state.count).draw(on: &canvas, in: rect, bar) }
  }
}

/// Which part of a whole is in view, as a bar along the right edge.
package struct Scrollbar: Sendable, Hashable {
  private let shown: Range<Int>
  private let count: Int

  package init(_ shown: Range<Int>, of count: Int) {
    self.shown = shown
    self.count = count
  }

  /// The rows of the thumb in a bar of that height: at least one, and at the end only where the end is shown.
  package func thumb(height: Int) -> Range<Int> {
    guard count > 0, height > 0, shown.count < count else { return 0..<max(0, height) }
    let length = min(height, max(1, height * shown.count / count))
    let room = height - length
    let hidden = count - shown.count
    var start = (room * shown.lowerBound + hidden / 2) / hidden
    if shown.lowerBound > 0, start == 0, room > 1 { start = 1 }
    if shown.upperBound < count, start == room, room > 1 { start = room - 1 }
    return start..<(start + length)
  }

  package func draw(on canvas: inout Canvas, in rect: Rect, _ role: Role = .scrollbar) {
    let thumb = thumb(height: rect.height)
    for y in 0..<rect.height {
      let sign: Sign = thumb.contains(y) ? .scrollThumb : .scrollTrack
      canvas.write(canvas.signs[sign], x: rect.width - 1, y: y, in: rect, Style(role))
    }
  }
}
