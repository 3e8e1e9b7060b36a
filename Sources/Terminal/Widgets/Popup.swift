package import TerminalCore

/// A framed window over the rest, as large as its content asks and the screen allows.
package struct Popup: Sendable, Hashable {
  package var box: Box
  package var width: Int
  package var height: Int

  /// `width` and `height` are those of the content, without the frame.
  package init(title: [Span], note: [Span] = [], width: Int, height: Int) {
    box = Box(title: title, note: note, isFocused: true)
    self.width = width
    self.height = height
  }

  package func place(in rect: Rect) -> Rect {
    rect.centered(width: width + 2, height: height + 2)
  }

  /// Clears its place, draws the frame and returns what is inside.
  package func draw(on canvas: inout Canvas, in rect: Rect) -> Rect {
    let place = place(in: rect)
    // Blanks in the frame's own role: between frame and words no colour changes.
    canvas.grid.fill(place, Style(.borderFocus))
    return box.draw(on: &canvas, in: place)
  }
}
