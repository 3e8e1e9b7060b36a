import TerminalCore
import Testing
import Widgets

private func typed(_ words: String...) -> TextField {
  var field = TextField()
  for word in words {
    if let key = Key(named: word), word.count > 1 {
      _ = field.take(key)
    } else {
      for character in word { _ = field.take(.character(character)) }
    }
  }
  return field
}

struct TextFieldTests {
  @Test func `typing and editing keys change the text`() {
    let rows: [([String], String)] = [
      (["abc"], "abc"), (["abc", "Backspace"], "ab"), (["abc", "Left", "Left", "Del"], "ac"),
      (["abc", "Home", "x"], "xabc"), (["abc", "Ctrl-A", "Del"], "bc"),
      (["ab cd", "Ctrl-W"], "ab "), (["ab cd  ", "Ctrl-W"], "ab "),
      (["ab", "Ctrl-W", "Ctrl-W"], ""),
      (["abc", "Left", "Ctrl-U"], "c"), (["a", "Backspace", "Backspace"], ""),
      (["日本", "Left", "x"], "日x本"),
    ]
    for (words, expected) in rows {
      var field = TextField()
      for word in words {
        if word.count > 1, let key = Key(named: word) {
          _ = field.take(key)
        } else {
          field.insert(word)
        }
      }
      #expect(field.text == expected, "\(words)")
    }
  }

  @Test func `a text of a megabyte is edited and drawn by its window alone`() {
    var field = TextField(String(repeating: "日\u{202E}x", count: 200_000))
    for name in ["Left", "Backspace", "Ctrl-W", "Right"] {
      if let key = Key(named: name) { _ = field.take(key) }
    }
    field.insert("end")
    var canvas = Canvas(size: Size(width: 20, height: 1), signs: SignSet())
    field.draw(on: &canvas, in: canvas.bounds)
    #expect(canvas.grid.cursor.map(canvas.bounds.contains) == true)
    #expect(field.text == "xend")
  }

  @Test func `keys that are no editing are left to others`() {
    var field = TextField()
    for name in ["Enter", "Esc", "Tab", "F1", "Ctrl-L", "Alt-x", "Up"] {
      #expect(Key(named: name).map { field.take($0) } == false)
    }
  }

  @Test func `a paste is one line`() {
    var field = TextField("ab")
    field.insert("c\nd\te")
    #expect(field.text == "abc d e")
    #expect(field.cursor == 7)
  }

  @Test func `a mark joins the character before it`() {
    var field = TextField("e")
    field.insert("\u{301}")
    #expect(field.cursor == 1)
    #expect(field.text.count == 1)
  }

  @Test func `a paste beyond the limit is refused whole`() {
    var field = TextField("a")
    field.insert(String(repeating: "x", count: TextField.longest))
    #expect(field.text == "a")
  }

  @Test func `the cursor is always in view`() {
    for width in 1...6 {
      var field = TextField("0123456789日本語")
      for _ in 0..<15 {
        let canvas = drawn(width, 1) { field.draw(on: &$0, in: $0.bounds) }
        let cursor = canvas.grid.cursor
        #expect(cursor.map { (0..<width).contains($0.x) } == true)
        _ = field.take(Key(.left))
      }
    }
  }

  @Test func `foreign characters in a field are shown, not sent`() {
    let canvas = drawn(20, 1) { TextField("a\u{1B}[m").draw(on: &$0, in: $0.bounds) }
    #expect(canvas.rows == ["a⟨U+001B⟩[m"])
  }
}
