import TerminalCore
import Testing

private func text(_ grid: Grid, row: Int = 0) -> String {
  grid.row(row).map { cell in String(String.UnicodeScalarView(cell.glyph.scalars)) }.joined()
}

struct GridTests {
  @Test func `text is written, clipped and counted`() {
    var grid = Grid(size: Size(width: 6, height: 1))
    #expect(grid.write("abc", in: grid.bounds) == 3)
    #expect(text(grid) == "abc   ")
    #expect(grid.write("0123456789", x: 4, in: grid.bounds) == 2)
    #expect(text(grid) == "abc 01")
    #expect(grid.write("xyz", x: -1, in: grid.bounds) == 2 + 1)
    #expect(text(grid) == "yzc 01")
  }

  @Test func `a wide character that does not fit leaves blanks`() {
    var grid = Grid(size: Size(width: 5, height: 1))
    grid.write("日本語", in: grid.bounds)
    #expect(text(grid) == "日本 ")
    grid.fill(grid.bounds)
    grid.write("日本語", x: -1, in: grid.bounds)
    #expect(text(grid) == " 本語")
  }

  @Test func `cutting a wide character blanks its other half`() {
    for (x, expected) in [(0, "a 本"), (1, " a本"), (2, "日a "), (3, "日 a")] {
      var grid = Grid(size: Size(width: 4, height: 1))
      grid.write("日本", in: grid.bounds)
      grid.write("a", x: x, in: grid.bounds)
      #expect(text(grid) == expected)
    }
  }

  @Test func `filling half of a wide character blanks the whole`() {
    var grid = Grid(size: Size(width: 4, height: 1))
    grid.write("日本", in: grid.bounds)
    grid.fill(Rect(x: 1, y: 0, width: 2, height: 1))
    #expect(text(grid) == "    ")
  }

  @Test func `drawing outside is impossible at any size`() {
    for width in 0...60 {
      for height in 0...20 where (width * 7 + height) % 3 == 0 {
        var grid = Grid(size: Size(width: width, height: height))
        let inner = grid.bounds.inset(horizontal: 2, vertical: 1)
        for y in -2...(height + 2) {
          grid.write("日本e\u{301}👍🏽abcdefghijklmnopqrstuvwxyz", x: -3, y: y, in: inner, Style(.key))
        }
        for y in 0..<height {
          for x in 0..<width where !inner.contains(Point(x: x, y: y)) {
            #expect(grid[x, y] == .blank)
          }
        }
        #expect(isWhole(grid))
      }
    }
  }

  /// Every wide glyph has its right half and every right half its glyph.
  private func isWhole(_ grid: Grid) -> Bool {
    (0..<grid.size.height).allSatisfy { y in
      (0..<grid.size.width).allSatisfy { x in
        let glyph = grid[x, y].glyph
        if glyph == .continuation { return x > 0 && grid[x - 1, y].glyph.width == 2 }
        return glyph.width != 2
          || (x + 1 < grid.size.width && grid[x + 1, y].glyph == .continuation)
      }
    }
  }

  @Test func `a hostile size is brought down to what a grid holds`() {
    let size = Size(width: .max, height: -3)
    #expect(size == Size(width: Size.limit.width, height: 0))
    #expect(Grid(size: size).cells.isEmpty)
  }

  @Test func `rectangles never turn inside out`() {
    let rect = Rect(x: 2, y: 3, width: 4, height: 2)
    #expect(rect.inset(horizontal: 9, vertical: 9).width == 0)
    #expect(rect.splitTop(5).rest.isEmpty)
    #expect(rect.splitBottom(1).bottom == Rect(x: 2, y: 4, width: 4, height: 1))
    #expect(rect.splitLeft(1).rest == Rect(x: 3, y: 3, width: 3, height: 2))
    #expect(rect.row(7).isEmpty)
    #expect(rect.centered(width: 2, height: 9) == Rect(x: 3, y: 3, width: 2, height: 2))
    #expect(rect.intersection(Rect(x: 50, y: 0, width: 1, height: 1)).isEmpty)
  }
}
