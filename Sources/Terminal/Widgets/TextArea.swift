import SafeText
package import TerminalCore

/// Lines of text that a person edits. Its cursor is a place between characters; rows are never wrapped.
package struct TextArea: Sendable, Hashable {
  package private(set) var lines: [String]
  package private(set) var line = 0
  /// The character of the line before which the next one goes.
  package private(set) var column = 0
  /// Where the cursor would like to be, on its way over shorter lines.
  private var wish: Int?
  private var top = 0
  private var height = 1

  package init(_ text: String = "") { lines = Self.lines(of: text) }

  package var text: String { lines.joined(separator: "\n") }

  private static func lines(of text: String) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
  }

  /// Takes the number of rows that are shown and keeps the cursor among them.
  package mutating func settle(height: Int) {
    self.height = max(1, height)
    top = min(max(top, line - self.height + 1), line, max(0, lines.count - self.height))
  }

  // MARK: - Moving

  /// How the cursor moves by keys that are commands elsewhere.
  package enum Move: Sendable, Hashable {
    case lines(Int)
    case pages(Int)
  }

  package mutating func move(_ move: Move) {
    let rows =
      switch move {
      case .lines(let rows): rows
      case .pages(let pages): pages * max(1, height - 1)
      }
    let wanted = wish ?? column
    let target = min(max(0, line + rows), lines.count - 1)
    // Beyond the first and the last line it goes to their ends.
    if target == line, rows != 0 { return place(line, rows < 0 ? 0 : .max) }
    place(target, wanted)
    wish = wanted
  }

  /// Puts the cursor at a place, counted from 0.
  package mutating func place(_ line: Int, _ column: Int) {
    self.line = min(max(0, line), lines.count - 1)
    self.column = min(max(0, column), lines[self.line].count)
    wish = nil
    settle(height: height)
  }

  /// The same with the column in Unicode scalars, as parsers count.
  package mutating func place(_ line: Int, scalar: Int) {
    let row = lines[min(max(0, line), lines.count - 1)]
    let before = String(String.UnicodeScalarView(row.unicodeScalars.prefix(max(0, scalar))))
    place(line, before.count)
  }

  // MARK: - Changing

  /// Takes a key or a paste; false where it means nothing here or is too long.
  package mutating func take(_ input: TextInput) -> Bool {
    switch input {
    case .text(let text): return insert(text)
    case .key(let key):
      if let edit = TextField.keys[key] {
        apply(edit)
        return true
      }
      guard case .character(let character) = key.code, key.modifiers.isEmpty else { return false }
      return insert(String(character))
    }
  }

  /// Inserts text with its line breaks; false where it would grow beyond what a field holds.
  @discardableResult
  package mutating func insert(_ new: String) -> Bool {
    let size = lines.reduce(lines.count) { $0 + $1.utf8.count }
    guard size + new.utf8.count <= TextField.longest else { return false }
    let (before, after) = parts
    var inserted = Self.lines(of: new)
    let last = inserted.count - 1
    inserted[0] = before + inserted[0]
    inserted[last] += after
    lines.replaceSubrange(line...line, with: inserted)
    place(line + last, lines[line + last].count - after.count)
    return true
  }

  /// A new line that begins where the one before begins.
  package mutating func breakLine() {
    let indent = lines[line].prefix(column).prefix { $0 == " " }
    let opens = parts.before.last { $0 != " " }.map { $0 == "{" || $0 == "[" } ?? false
    insert("\n" + indent + (opens ? "  " : ""))
  }

  /// Moves the line's text to the right or to the left.
  package mutating func indent(_ isOut: Bool) {
    guard isOut else {
      insert("  ")
      return
    }
    let spaces = min(2, lines[line].prefix { $0 == " " }.count)
    let column = column
    lines[line].removeFirst(spaces)
    place(line, column - spaces)
  }

  private var parts: (before: String, after: String) {
    (String(lines[line].prefix(column)), String(lines[line].dropFirst(column)))
  }

  private mutating func apply(_ edit: TextField.Edit) {
    switch edit {
    case .left where column == 0 && line > 0: place(line - 1, .max)
    case .right where column == lines[line].count && line + 1 < lines.count: place(line + 1, 0)
    case .deleteBackward where column == 0, .deleteWord where column == 0: join(line - 1)
    case .deleteForward where column == lines[line].count: join(line)
    default:
      var field = TextField(lines[line])
      field.keepsBreaks = true
      field.move(to: column)
      field.apply(edit)
      lines[line] = field.text
      place(line, field.cursor)
    }
  }

  /// Makes one line of that one and the next.
  private mutating func join(_ first: Int) {
    guard lines.indices.contains(first), lines.indices.contains(first + 1) else { return }
    let end = lines[first].count
    lines[first] += lines.remove(at: first + 1)
    place(first, end)
  }

  // MARK: - Drawing

  private func parts(of rect: Rect) -> (gutter: Rect, text: Rect) {
    let (gutter, text) = rect.splitLeft(rect.width > 40 ? String(lines.count).count + 1 : 0)
    return (gutter, text)
  }

  /// Puts the cursor where somebody has pointed, in the rectangle that it is drawn in. Hidden characters are wider than one column; then it is near.
  package mutating func place(at point: Point, in rect: Rect) {
    let room = parts(of: rect).text
    let before = CharacterWidth.of(String(lines[line].prefix(column)))
    let wanted = point.x - room.x + max(0, before - room.width + 1)
    let row = min(top, line) + point.y - rect.y
    let text = lines[min(max(0, row), lines.count - 1)]
    place(row, Fitting.prefix(of: text, columns: max(0, wanted)).count)
  }

  /// Draws the lines in view as JSON with their numbers, and puts the terminal's cursor where the next character goes.
  package func draw(on canvas: inout Canvas, in rect: Rect, marked: Int? = nil) {
    guard rect.width > 0, rect.height > 0 else { return }
    let (gutter, room) = parts(of: rect)
    let digits = max(0, gutter.width - 1)
    let before = canvas.signs.safe(String(lines[line].prefix(column))).text
    let cursor = CharacterWidth.of(before)
    let shift = max(0, cursor - room.width + 1)
    let first = min(top, line)
    for (y, index) in (first..<min(lines.count, first + rect.height)).enumerated() {
      let isMarked = index == marked
      if gutter.width > 0 {
        let number = String(index + 1)
        let pad = String(repeating: " ", count: max(0, digits - number.count))
        canvas.write(pad + number, y: y, in: gutter, Style(isMarked ? .stateWarn : .dim))
      }
      // Of a long line no more is made safe than is shown.
      let text = canvas.signs.safe(String(lines[index].prefix(shift + room.width + 1))).text
      var ink = JSONInk(text)
      canvas.write(ink.spans(text), x: -shift, y: y, in: room)
    }
    canvas.grid.cursor = Point(x: room.x + cursor - shift, y: rect.y + line - first)
  }
}
