package import TerminalCore

/// One line with something at its left and something at its right; the left gives way.
package struct Bar: Sendable, Hashable {
  package var left: [Span]
  package var right: [Span]
  package var surface: Role

  package init(left: [Span], right: [Span] = [], surface: Role = .text) {
    self.left = left
    self.right = right
    self.surface = surface
  }

  package func draw(on canvas: inout Canvas, in rect: Rect) {
    guard !rect.isEmpty else { return }
    if surface != .text { canvas.grid.fill(rect.row(0), Style(surface)) }
    let row = rect.inset(horizontal: 1).row(0)
    let rightWidth = min(right.width, row.width)
    let keepsRight = left.width + 2 + rightWidth <= row.width || rightWidth * 2 <= row.width
    let room = keepsRight && rightWidth > 0 ? row.width - rightWidth - 2 : row.width
    canvas.write(left, in: row.splitLeft(room).left)
    if keepsRight { canvas.write(right, x: row.width - rightWidth, in: row) }
  }
}
