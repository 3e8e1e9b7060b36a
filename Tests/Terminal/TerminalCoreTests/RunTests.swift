import TerminalCore
import Testing

private func grid(_ lines: String..., width: Int = 12) -> Grid {
  var grid = Grid(size: Size(width: width, height: lines.count))
  for (y, line) in lines.enumerated() { grid.write(line, y: y, in: grid.bounds) }
  return grid
}

struct RunTests {
  @Test func `one changed cell is one run of one glyph`() {
    let runs = grid("hello", "world").runs(since: grid("hello", "werld"))
    #expect(runs.count == 1)
    #expect(runs.first?.x == 1)
    #expect(runs.first?.y == 1)
    #expect(runs.first?.glyphs == [Glyph("o")])
  }

  @Test func `runs split where the style changes`() {
    var new = grid("abcd")
    new.lay(.selection, over: Rect(x: 2, y: 0, width: 2, height: 1))
    #expect(new.runs(since: nil).map(\.glyphs.count) == [2, 2, 8])
    #expect(new.runs(since: grid("abcd")).map(\.glyphs.count) == [2])
  }

  @Test func `a wide character is painted whole`() {
    let cases = [
      ("日b", "a b"), ("a日", "ab日"), ("日本", "日語"), ("日", "日 "), ("ab", "日"), ("日本", " 日"),
    ]
    for (old, new) in cases {
      let (before, after) = (grid(old), grid(new))
      let screen = MemoryScreen(size: before.size)
      screen.paint(before.runs(since: nil), cursor: nil)
      let runs = after.runs(since: before)
      screen.paint(runs, cursor: nil)
      #expect(screen.cells == after.cells)
      for run in runs {
        #expect(run.glyphs.first != .continuation)
        #expect(run.glyphs.last?.width != 2)
      }
    }
  }

  @Test func `any change arrives on the screen`() {
    var generator = Steps(state: 7)
    let pieces = ["a", "日", "e\u{301}", " ", "👍", "xyz", "本語"]
    var shown = Grid(size: Size(width: 17, height: 5))
    let screen = MemoryScreen(size: shown.size)
    var painter = FramePainter()
    for _ in 0..<400 {
      let place = (Int(generator.next() % 20) - 2, Int(generator.next() % 6))
      let piece = pieces[Int(generator.next() % UInt64(pieces.count))]
      let style = Style(Role.allCases[Int(generator.next() % 5)])
      shown.write(piece, x: place.0, y: place.1, in: shown.bounds, style)
      painter.show(shown, on: screen)
      #expect(screen.cells == shown.cells)
    }
  }

  @Test func `an unchanged frame leaves the device alone`() {
    let screen = MemoryScreen(size: Size(width: 12, height: 1))
    var painter = FramePainter()
    var painted = [painter.show(grid("a"), on: screen), painter.show(grid("a"), on: screen)]
    painter.forget()
    painted.append(painter.show(grid("a"), on: screen))
    #expect(painted == [true, false, true])
    #expect(screen.frames == 2)
  }

  @Test func `another size repaints everything`() {
    #expect(grid("ab").runs(since: grid("ab", width: 5)).map(\.glyphs.count) == [12])
  }
}

/// A small deterministic generator.
private struct Steps {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}
