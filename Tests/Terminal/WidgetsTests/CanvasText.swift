import TerminalCore
import Widgets

extension Canvas {
  /// The rows as text, blanks at their ends cut.
  var rows: [String] {
    (0..<grid.size.height).map { y in
      var text = grid.row(y).map { String(String.UnicodeScalarView($0.glyph.scalars)) }.joined()
      while text.last == " " { text.removeLast() }
      return text
    }
  }
}

/// What a widget draws on a canvas of that size.
func drawn(
  _ width: Int, _ height: Int, ascii: Bool = false, _ draw: (inout Canvas) -> Void
) -> Canvas {
  var canvas = Canvas(
    size: Size(width: width, height: height), signs: SignSet(isASCII: ascii))
  draw(&canvas)
  return canvas
}
