package import TerminalCore

/// A frame with a title in its upper and a note in its lower edge.
package struct Box: Sendable, Hashable {
  package var title: [Span]
  package var note: [Span]
  package var isFocused: Bool

  package init(title: [Span] = [], note: [Span] = [], isFocused: Bool = false) {
    self.title = title
    self.note = note
    self.isFocused = isFocused
  }

  /// Draws the frame and returns what it encloses.
  package func draw(on canvas: inout Canvas, in rect: Rect) -> Rect {
    guard rect.width >= 2, rect.height >= 2 else { return rect }
    let style = Style(isFocused ? .borderFocus : .border)
    edge(.topLeft, .topRight, title, y: 0, on: &canvas, in: rect, style)
    edge(.bottomLeft, .bottomRight, note, y: rect.height - 1, on: &canvas, in: rect, style)
    let side = canvas.signs[.vertical]
    for y in 1..<(rect.height - 1) {
      canvas.write(side, y: y, in: rect, style)
      canvas.write(side, x: rect.width - 1, y: y, in: rect, style)
    }
    return rect.inset(horizontal: 1, vertical: 1)
  }

  private func edge(
    _ left: Sign, _ right: Sign, _ words: [Span], y: Int, on canvas: inout Canvas, in rect: Rect,
    _ style: Style
  ) {
    let signs = canvas.signs
    let line = String(repeating: signs[.horizontal], count: max(0, rect.width - 2))
    canvas.write(signs[left] + line + signs[right], y: y, in: rect, style)
    let room = Rect(x: rect.x + 1, y: rect.y + y, width: rect.width - 2, height: 1)
    guard !words.isEmpty, room.width > 3 else { return }
    let used = canvas.write([Span(" ")] + words, in: room)
    canvas.write(" ", x: min(used, room.width - 1), in: room)
  }
}
