import CVTerm

/// A terminal in memory that understands what a program sends to it.
final class VirtualTerminal {
  private let screen: OpaquePointer
  private(set) var width: Int
  private(set) var height: Int

  init(width: Int, height: Int) {
    screen = cvt_new(Int32(width), Int32(height))
    (self.width, self.height) = (width, height)
  }

  deinit { cvt_free(screen) }

  func feed(_ bytes: [UInt8]) { cvt_feed(screen, bytes, bytes.count) }

  func resize(width: Int, height: Int) {
    cvt_resize(screen, Int32(width), Int32(height))
    (self.width, self.height) = (width, height)
  }

  /// The screen as text, blanks at the ends of rows cut.
  var text: String {
    (0..<height).map { y in
      var line = (0..<width).map { cell($0, y) }.joined()
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }

  private func cell(_ x: Int, _ y: Int) -> String {
    var scalars = [UInt32](repeating: 0, count: 6)
    guard cvt_cell(screen, Int32(x), Int32(y), &scalars) > 0 else { return "" }
    let shown = scalars.prefix { $0 != 0 }.compactMap(Unicode.Scalar.init)
    return shown.isEmpty ? " " : String(String.UnicodeScalarView(shown))
  }

  /// All foreground colours on the screen: an index below 256, or 0x1000000 and the RGB value.
  var colors: Set<Int> {
    var found: Set<Int> = []
    for y in 0..<height {
      for x in 0..<width {
        var foreground: Int32 = 0
        var background: Int32 = 0
        _ = cvt_look(screen, Int32(x), Int32(y), &foreground, &background)
        for color in [foreground, background] where color >= 0 { found.insert(Int(color)) }
      }
    }
    return found
  }

  var isAlternate: Bool { cvt_is_alternate(screen) != 0 }
  var isCursorVisible: Bool { cvt_is_cursor_visible(screen) != 0 }
  var isMouseTaken: Bool { cvt_mouse(screen) != 0 }
}
