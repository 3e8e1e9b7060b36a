package import SafeText
package import TerminalCore

/// What widgets draw on: a grid and the signs of the theme.
package struct Canvas: Sendable {
  package var grid: Grid
  package let signs: SignSet

  package init(size: Size, signs: SignSet) {
    grid = Grid(size: size)
    self.signs = signs
  }

  package var bounds: Rect { grid.bounds }

  /// Text of our own; foreign text comes as `SafeText`.
  @discardableResult
  package mutating func write(
    _ text: String, x: Int = 0, y: Int = 0, in rect: Rect, _ style: Style = .plain
  ) -> Int {
    grid.write(text, x: x, y: y, in: rect, style)
  }

  @discardableResult
  package mutating func write(
    _ text: SafeText, x: Int = 0, y: Int = 0, in rect: Rect, _ style: Style = .plain
  ) -> Int {
    grid.write(text.text, x: x, y: y, in: rect, style)
  }

  /// Text cut to a number of columns, with an ellipsis where something is cut off.
  package func clipped(_ text: String, to columns: Int) -> String {
    Fitting.clipped(text, to: columns, ellipsis: signs[.ellipsis])
  }
}

/// A piece of text and its style; several make a line.
package struct Span: Sendable, Hashable {
  package var text: String
  package var style: Style

  package init(_ text: String, _ role: Role = .text) {
    self.text = text
    style = Style(role)
  }
}

extension Canvas {
  /// Draws spans one after the other, the last one cut with an ellipsis where the line is full. Returns the columns used.
  @discardableResult
  package mutating func write(_ spans: [Span], x: Int = 0, y: Int = 0, in rect: Rect) -> Int {
    var column = x
    for span in spans {
      let room = rect.width - column
      guard room > 0 else { break }
      column += write(clipped(span.text, to: room), x: column, y: y, in: rect, span.style)
    }
    return column - x
  }
}

extension [Span] {
  package var width: Int { reduce(0) { $0 + CharacterWidth.of($1.text) } }
}
