import SafeText
package import TerminalCore

/// What comes to the text that has the focus: a key, or a text in one piece.
package enum TextInput: Sendable, Hashable {
  case key(Key)
  case text(String)
}

/// One line of text that a person edits. It is kept in two halves, so that a key in a text of a megabyte costs no more than one in a word.
package struct TextField: Sendable, Hashable {
  private var before: String
  private var after = ""
  /// Line breaks stay in the text and are drawn as signs; otherwise they become spaces.
  package var keepsBreaks = false

  /// A field never grows beyond this; what does not fit is not taken at all.
  package static let longest = 4 << 20

  package init(_ text: String = "") { before = text }

  package var text: String { before + after }

  /// The character before which the next one goes.
  package var cursor: Int { before.count }

  package var isEmpty: Bool { before.isEmpty && after.isEmpty }

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
    guard before.utf8.count + after.utf8.count + line.utf8.count <= Self.longest else {
      return false
    }
    // A combining mark joins the character before it.
    before += line
    return true
  }

  package mutating func apply(_ edit: Edit) {
    switch edit {
    case .left: if let last = before.popLast() { after = String(last) + after }
    case .right: if !after.isEmpty { before.append(after.removeFirst()) }
    case .start: (before, after) = ("", text)
    case .end: (before, after) = (text, "")
    case .deleteBackward: _ = before.popLast()
    case .deleteForward: if !after.isEmpty { after.removeFirst() }
    case .deleteWord:
      while before.last == " " { before.removeLast() }
      while let last = before.last, last != " " { before.removeLast() }
    case .clear: before = ""
    }
  }

  package mutating func move(to place: Int) {
    let text = text
    before = String(text.prefix(max(0, place)))
    after = String(text.dropFirst(max(0, place)))
  }

  /// Draws the text so that the cursor is in view, and puts the terminal's cursor there.
  package func draw(on canvas: inout Canvas, in rect: Rect, _ style: Style = Style(.text)) {
    guard rect.width > 0, rect.height > 0 else { return }
    // Of a long text no more is made safe than can be in view.
    let left = canvas.signs.safe(String(before.suffix(rect.width))).text
    let right = canvas.signs.safe(String(after.prefix(rect.width))).text
    let column = CharacterWidth.of(left)
    let shift = max(0, column - rect.width + 1)
    canvas.write(left + right, x: -shift, in: rect, style)
    canvas.grid.cursor = Point(x: rect.x + column - shift, y: rect.y)
  }
}
