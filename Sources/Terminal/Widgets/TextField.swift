import SafeText
package import TerminalCore

/// What comes to the text that has the focus: a key, or a text in one piece.
package enum TextInput: Sendable, Hashable {
  case key(Key)
  case text(String)
}

/// One line of text that a person edits.
package struct TextField: Sendable, Hashable {
  package private(set) var text: String
  /// The character before which the next one goes.
  package private(set) var cursor: Int
  /// Line breaks stay in the text and are drawn as signs; otherwise they become spaces.
  package var keepsBreaks = false

  /// A field never grows beyond this; what does not fit is not taken at all.
  package static let longest = 1 << 20

  package init(_ text: String = "") {
    self.text = text
    cursor = text.count
  }

  package var isEmpty: Bool { text.isEmpty }

  /// What a key does in any text field.
  package enum Edit: String, Sendable, Hashable, CaseIterable {
    case left, right, start, end
    case deleteBackward, deleteForward, deleteWord, clear
  }

  /// The keys of editing, the same in every field.
  package static let keys: [Key: Edit] = [
    Key(.left): .left, Key(.right): .right, Key(.home): .start, Key(.end): .end,
    .control("a"): .start, .control("e"): .end, .control("b"): .left, .control("f"): .right,
    Key(.backspace): .deleteBackward, Key(.delete): .deleteForward,
    .control("w"): .deleteWord, .control("u"): .clear,
  ]

  /// Takes what was typed or pasted; false where it means nothing here or does not fit.
  package mutating func take(_ input: TextInput) -> Bool {
    switch input {
    case .key(let key): take(key)
    case .text(let text): insert(text)
    }
  }

  /// Takes a key; false where it means nothing here.
  package mutating func take(_ key: Key) -> Bool {
    if let edit = Self.keys[key] {
      apply(edit)
      return true
    }
    guard case .character(let character) = key.code, key.modifiers.isEmpty else { return false }
    insert(String(character))
    return true
  }

  /// Inserts text in one piece; line breaks become spaces. False where it would grow too long.
  @discardableResult
  package mutating func insert(_ new: String) -> Bool {
    let line = keepsBreaks ? new : String(new.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    guard text.utf8.count + line.utf8.count <= Self.longest else { return false }
    let before = text.prefix(cursor) + line
    let rest = text.dropFirst(cursor)
    text = String(before + rest)
    // A combining mark joins the character before it: the cursor counts what is there, not what was typed.
    cursor = max(0, text.count - rest.count)
    return true
  }

  package mutating func apply(_ edit: Edit) {
    switch edit {
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(text.count, cursor + 1)
    case .start: cursor = 0
    case .end: cursor = text.count
    case .deleteBackward: remove(max(0, cursor - 1)..<cursor)
    case .deleteForward: remove(cursor..<min(text.count, cursor + 1))
    case .deleteWord: remove(wordStart..<cursor)
    case .clear: remove(0..<cursor)
    }
  }

  package mutating func move(to place: Int) { cursor = min(max(0, place), text.count) }

  private var wordStart: Int {
    let before = Array(text.prefix(cursor))
    let end = before.lastIndex { $0 != " " } ?? 0
    let space = before[..<end].lastIndex(of: " ")
    return space.map { $0 + 1 } ?? 0
  }

  private mutating func remove(_ range: Range<Int>) {
    text = String(text.prefix(range.lowerBound) + text.dropFirst(range.upperBound))
    cursor = min(range.lowerBound, text.count)
  }

  /// Draws the text so that the cursor is in view, and puts the terminal's cursor there.
  package func draw(on canvas: inout Canvas, in rect: Rect, _ style: Style = Style(.text)) {
    guard rect.width > 0, rect.height > 0 else { return }
    let before = canvas.signs.safe(String(text.prefix(cursor))).text
    let after = canvas.signs.safe(String(text.dropFirst(cursor).prefix(rect.width))).text
    let column = CharacterWidth.of(before)
    let shift = max(0, column - rect.width + 1)
    canvas.write(before + after, x: -shift, in: rect, style)
    canvas.grid.cursor = Point(x: rect.x + column - shift, y: rect.y)
  }
}
