import TerminalCore
import Testing
import Widgets

struct DrawingTests {
  @Test func `a box has its title and note in its edges`() {
    let canvas = drawn(16, 3) {
      _ = Box(title: [Span("Servers")], note: [Span("1/4")]).draw(on: &$0, in: $0.bounds)
    }
    #expect(canvas.rows == ["╭ Servers ─────╮", "│              │", "╰ 1/4 ─────────╯"])
    let ascii = drawn(8, 2, ascii: true) { _ = Box().draw(on: &$0, in: $0.bounds) }
    #expect(ascii.rows == ["+------+", "+------+"])
  }

  @Test func `a long title is cut before the corner`() {
    let canvas = drawn(10, 2) {
      _ = Box(title: [Span("A very long title")]).draw(on: &$0, in: $0.bounds)
    }
    #expect(canvas.rows[0].hasPrefix("╭ A very"))
    #expect(canvas.rows[0].hasSuffix("╮"))
  }

  @Test func `a list marks its cursor and shows where it is`() {
    var state = ScrollState(count: 6)
    state.move(.to(2), height: 3)
    let canvas = drawn(8, 3) {
      ListView(state).draw(on: &$0, in: $0.bounds) { index, place, canvas in
        canvas.write("row \(index)", in: place)
      }
    }
    #expect(canvas.rows == [" row 0 █", " row 1 │", "▌row 2 │"])
    #expect(canvas.grid[3, 2].style.surface == .selection)
    #expect(canvas.grid[3, 1].style.surface == .text)
  }

  @Test func `hints that do not fit are counted`() {
    let hints = ["open", "filter", "copy", "edit"].enumerated().map {
      HintBar.Hint(key: "\($0.offset)", title: $0.element)
    }
    let closing = HintBar.Hint(key: "?", title: "keys")
    let rows: [(Int, Int, String)] = [
      (60, 0, " 0 open  1 filter  2 copy  3 edit  ? keys"),
      (60, 3, " 0 open  1 filter  2 copy  3 edit  ? keys (3 more)"),
      (42, 0, " 0 open  1 filter  2 copy  3 edit  ? keys"),
      (40, 0, " 0 open  1 filter  ? keys (2 more)"), (30, 0, " 0 open  ? keys (3 more)"),
      (18, 0, " 0 open  ? keys"), (14, 0, " ? keys"), (5, 0, " ? k"),
    ]
    for (width, unlisted, expected) in rows {
      let bar = HintBar(hints, closing: closing, unlisted: unlisted)
      let canvas = drawn(width, 1) { bar.draw(on: &$0, in: $0.bounds) }
      #expect(canvas.rows == [expected], "\(width)")
    }
  }

  @Test func `hints tell the mouse where they are`() {
    let bar = HintBar(
      [.init(key: "a", title: "one"), .init(key: "b", title: "two")],
      closing: .init(key: "?", title: "keys"))
    var targets: [HintBar.Target] = []
    _ = drawn(40, 2) { targets = bar.draw(on: &$0, in: Rect(x: 0, y: 1, width: 40, height: 1)) }
    #expect(targets.map(\.index) == [0, 1, 2])
    #expect(targets.map(\.place.x) == [1, 8, 15])
    #expect(targets.allSatisfy { $0.place.y == 1 })
  }

  @Test func `a bar's left gives way to its right`() {
    let rows: [(Int, String)] = [
      (20, " left words   right"), (14, " left…  right"), (9, " left w…"), (3, " …"),
    ]
    for (width, expected) in rows {
      let bar = Bar(left: [Span("left words")], right: [Span("right")])
      #expect(drawn(width, 1) { bar.draw(on: &$0, in: $0.bounds) }.rows == [expected])
    }
  }

  @Test func `a table drops the columns that matter least and stretches the elastic ones`() {
    let table = Table([
      .init("name", width: 6, growth: 1, rank: 0), .init("via", width: 5, rank: 2),
      .init("ms", width: 4, rank: 1, alignedRight: true),
    ])
    let cells = [Span("a-long-name"), Span("stdio"), Span("84")]
    let rows: [(Int, String)] = [
      (30, "a-long-name        stdio    84"), (19, "a-lon…  stdio    84"), (12, "a-lon…    84"),
      (6, "a-lon…"), (3, "a-…"),
    ]
    for (width, expected) in rows {
      let canvas = drawn(width, 1) { table.drawRow(cells, on: &$0, in: $0.bounds) }
      #expect(canvas.rows == [expected], "\(width)")
    }
  }

  @Test func `text hangs under its label and wraps`() {
    let view = TextView([
      .init("stdio", label: Span("via")), .init("a long command line", label: Span("command")),
    ])
    let canvas = drawn(20, 4) { view.draw(on: &$0, in: $0.bounds) }
    #expect(
      canvas.rows == ["via      stdio", "command  a long", "         command", "         line"])
    #expect(drawn(20, 1) { view.draw(on: &$0, in: $0.bounds, top: 99) }.rows == ["         line"])
  }

  @Test func `tabs keep the active one in view`() {
    var tabs = Tabs(["tree", "text", "table", "raw"])
    tabs.step(by: -1)
    #expect(tabs.active == 3)
    #expect(tabs.spans(width: 10).map(\.text).joined() == "table raw")
    tabs.step(by: 1)
    #expect(tabs.spans(width: 40).map(\.text).joined() == "tree text table raw")
  }

  @Test func `a popup clears its place and is cut to the screen`() {
    let canvas = drawn(12, 3) {
      for y in 0..<3 { $0.write("behindbehind", y: y, in: $0.bounds) }
      _ = Popup(title: [], width: 4, height: 1).draw(on: &$0, in: $0.bounds)
    }
    #expect(canvas.rows == ["beh╭────╮ind", "beh│    │ind", "beh╰────╯ind"])
    let small = drawn(3, 2) {
      _ = Popup(title: [], width: 40, height: 40).draw(on: &$0, in: $0.bounds)
    }
    #expect(small.rows == ["╭─╮", "╰─╯"])
  }

  @Test func `no widget draws outside its place at any size`() {
    for width in 0...30 {
      for height in 0...8 {
        let canvas = drawn(34, 12) { canvas in
          let place = Rect(x: 2, y: 2, width: width, height: height)
          let inside = Box(title: [Span("日本語")], note: [Span("n")]).draw(on: &canvas, in: place)
          ListView(ScrollState(count: 50)).draw(on: &canvas, in: inside) { _, place, canvas in
            canvas.write("wide 日本語 text that is long", in: place)
          }
          HintBar([.init(key: "a", title: "b")], closing: .init(key: "?", title: "k"))
            .draw(on: &canvas, in: place)
          Bar(left: [Span("x")], right: [Span("y")], surface: .header).draw(on: &canvas, in: place)
          TextView([.init("some words", label: Span("label"))]).draw(on: &canvas, in: place)
          TextField("abc").draw(on: &canvas, in: place)
        }
        let place = Rect(x: 2, y: 2, width: width, height: height).intersection(canvas.bounds)
        for y in 0..<12 {
          for x in 0..<34 where !place.contains(Point(x: x, y: y)) {
            #expect(canvas.grid[x, y] == .blank)
          }
        }
      }
    }
  }
}
