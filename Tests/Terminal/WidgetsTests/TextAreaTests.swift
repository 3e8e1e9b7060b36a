import TerminalCore
import Testing
import Widgets

private func area(_ text: String, _ words: String...) -> TextArea {
  var area = TextArea(text)
  area.settle(height: 4)
  for word in words {
    switch word {
    case "Down": area.move(.lines(1))
    case "Up": area.move(.lines(-1))
    case "PgDn": area.move(.pages(1))
    case "PgUp": area.move(.pages(-1))
    case "Enter": area.breakLine()
    case "Tab": area.indent(false)
    case "Shift-Tab": area.indent(true)
    default:
      if let key = Key(named: word), word.count > 1 {
        _ = area.take(.key(key))
      } else {
        _ = area.take(.text(word))
      }
    }
  }
  return area
}

struct TextAreaTests {
  @Test func `keys change the lines`() {
    let rows: [(area: TextArea, text: String, place: [Int])] = [
      (area("", "abc"), "abc", [0, 3]),
      (area("a\nb", "Down", "x"), "a\nxb", [1, 1]),
      (area("ab\ncd", "Down", "Backspace"), "abcd", [0, 2]),
      (area("ab\ncd", "End", "Del"), "abcd", [0, 2]),
      (area("ab\ncd", "Down", "Ctrl-W"), "abcd", [0, 2]),
      (area("ab\ncd", "Down", "Left", "x"), "abx\ncd", [0, 3]),
      (area("ab\ncd", "End", "Right", "x"), "ab\nxcd", [1, 1]),
      (area("  {", "End", "Enter"), "  {\n    ", [1, 4]),
      (area("  1", "End", "Enter"), "  1\n  ", [1, 2]),
      (area("", "a\r\nb\nc"), "a\nb\nc", [2, 1]),
      (area("ab", "Right", "1\n2"), "a1\n2b", [1, 1]),
      (area("x", "Tab", "Shift-Tab", "Shift-Tab"), "x", [0, 0]),
      (area("ab\ncd", "Down", "End", "Ctrl-U"), "ab\n", [1, 0]),
      (area("日本", "Right", "x"), "日x本", [0, 2]),
      (area("e", "End", "\u{301}"), "e\u{301}", [0, 1]),
      (area("", "Backspace", "Del", "Left", "Right", "Up", "Down"), "", [0, 0]),
    ]
    for row in rows {
      #expect(row.area.text == row.text)
      #expect([row.area.line, row.area.column] == row.place, "\(row.text)")
    }
  }

  @Test func `the column is kept over shorter lines`() {
    let moved = area("long line\n\nlong line", "End", "Down", "Down")
    #expect([moved.line, moved.column] == [2, 9])
    let ends = area("one\ntwo", "Down", "Down")
    #expect([ends.line, ends.column] == [1, 3])
    #expect(area("a\nb\nc\nd\ne\nf\ng", "PgDn", "PgDn", "PgUp").line == 3)
  }

  @Test func `a place is told in the scalars that a parser counts`() {
    var marked = TextArea("e\u{301}x1")
    marked.place(0, scalar: 3)
    #expect(marked.column == 2)
    marked.place(99, scalar: 99)
    #expect([marked.line, marked.column] == [0, 3])
  }

  @Test func `it never grows beyond what a field holds`() {
    var full = TextArea(String(repeating: "x", count: TextField.longest - 2))
    let taken = [full.take(.text("abc")), full.take(.text("a"))]
    #expect(taken == [false, true])
  }

  @Test func `the cursor is drawn inside, whatever the lines and the size`() {
    let texts = ["", "a", String(repeating: "\u{202E}日", count: 40), "\u{1B}[2J\n\n\n\n\n\nx"]
    for text in texts {
      for width in [0, 1, 2, 5, 41, 60] {
        for height in [0, 1, 3] {
          var area = TextArea(text)
          area.settle(height: height)
          area.place(.max, .max)
          var canvas = Canvas(size: Size(width: width, height: height), signs: SignSet())
          area.draw(on: &canvas, in: canvas.bounds)
          if let cursor = canvas.grid.cursor { #expect(canvas.bounds.contains(cursor)) }
        }
      }
    }
  }
}
