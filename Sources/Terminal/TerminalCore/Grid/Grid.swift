/// A screen as a value. Views draw into it; drawing outside of it, or half a wide character, is impossible.
package struct Grid: Sendable, Hashable {
  package let size: Size
  package private(set) var cells: [Cell]
  /// Where the terminal's own cursor stands; hidden where nil.
  package var cursor: Point?

  package init(size: Size) {
    self.size = size
    cells = Array(repeating: .blank, count: size.width * size.height)
  }

  package var bounds: Rect { Rect(size) }

  /// The cell there; a blank one outside.
  package subscript(x: Int, y: Int) -> Cell {
    bounds.contains(Point(x: x, y: y)) ? cells[y * size.width + x] : .blank
  }

  package func row(_ y: Int) -> ArraySlice<Cell> {
    guard 0..<size.height ~= y else { return [] }
    return cells[(y * size.width)..<((y + 1) * size.width)]
  }

  // MARK: - Drawing

  /// Blanks a part in one style.
  package mutating func fill(_ rect: Rect, _ style: Style = .plain) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    for y in area.y..<area.maxY {
      unglue(x: area.x, y: y)
      unglue(x: area.maxX, y: y)
      let start = y * size.width
      for x in area.x..<area.maxX { cells[start + x] = Cell(style: style) }
    }
  }

  /// Changes the surface under what is already drawn: a selected row, a popup's shade.
  package mutating func lay(_ surface: Role, over rect: Rect) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    for y in area.y..<area.maxY {
      for x in area.x..<area.maxX { cells[y * size.width + x].style.surface = surface }
    }
  }

  /// Draws one line of text from a place of the rectangle, clipped to it. Returns the columns used.
  /// A wide character that does not fit whole leaves blanks.
  @discardableResult
  package mutating func write(
    _ text: String, x: Int = 0, y: Int = 0, in rect: Rect, _ style: Style = .plain
  ) -> Int {
    let area = rect.intersection(bounds)
    let row = rect.y + y
    guard area.y..<area.maxY ~= row, y >= 0 else { return 0 }
    var column = rect.x + x
    let start = column
    for character in text {
      guard column < area.maxX else { break }
      column += put(character, x: column, y: row, in: area, style)
    }
    return max(0, min(column, area.maxX) - start)
  }

  private mutating func put(
    _ character: Character, x: Int, y: Int, in area: Rect, _ style: Style
  ) -> Int {
    if let ascii = character.asciiValue, ascii >= 0x20, ascii != 0x7F {
      set(Glyph(rawValue: UInt64(ascii)), width: 1, x: x, y: y, in: area, style)
      return 1
    }
    let cluster = Cluster(character)
    let fits = x >= area.x && x + cluster.width <= area.maxX
    var column = x
    for glyph in cluster.glyphs {
      let width = glyph.width
      for half in 0..<width where !fits {
        set(.blank, width: 1, x: column + half, y: y, in: area, style)
      }
      if fits { set(glyph, width: width, x: column, y: y, in: area, style) }
      column += width
    }
    return cluster.width
  }

  private mutating func set(
    _ glyph: Glyph, width: Int, x: Int, y: Int, in area: Rect, _ style: Style
  ) {
    guard x >= area.x, x + width <= area.maxX else { return }
    unglue(x: x, y: y)
    unglue(x: x + width, y: y)
    cells[y * size.width + x] = Cell(glyph, style: style)
    if width == 2 { cells[y * size.width + x + 1] = Cell(.continuation, style: style) }
  }

  /// Blanks both halves of a wide character whose right half stands at x, before that border is cut.
  private mutating func unglue(x: Int, y: Int) {
    guard 1..<max(1, size.width) ~= x else { return }
    let index = y * size.width + x
    guard cells[index].glyph == .continuation else { return }
    cells[index].glyph = .blank
    cells[index - 1].glyph = .blank
  }
}
