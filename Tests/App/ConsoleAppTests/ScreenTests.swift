import JSON
import Settings
import TerminalCore
import TestSupport
import Testing

@testable import ConsoleApp
@testable import Operations

func checkScreen(
  _ state: ConsoleState, _ name: String, at location: SourceLocation = #_sourceLocation
) {
  check(state, name, at: location)
}

private func check(
  _ state: ConsoleState, _ name: String, at location: SourceLocation = #_sourceLocation
) {
  Golden.check(
    ScreenText.of(ConsoleView.draw(state)),
    against: "Tests/App/ConsoleAppTests/Screens/\(name).screen",
    at: location)
}

struct ScreenTests {
  @Test(arguments: [(40, 10), (80, 24), (120, 40), (200, 50)])
  func `the list of servers at every size`(width: Int, height: Int) {
    check(Sample.state(width, height, keys: "j"), "servers-\(width)x\(height)")
  }

  @Test func `what to do where no server is known`() {
    check(Sample.state(80, 24, rows: []), "servers-empty-80x24")
    check(Sample.state(40, 8, rows: []), "servers-empty-40x8")
  }

  @Test func `a filter being typed and one that is kept`() {
    check(Sample.state(80, 24, keys: "/ curs"), "servers-filter-80x24")
    check(Sample.state(80, 24, keys: "/ nothing-like-it Enter"), "servers-filtered-out-80x24")
  }

  @Test func `one server over the whole frame`() {
    check(Sample.state(40, 12, keys: "j l"), "server-40x12")
    check(Sample.state(80, 24, keys: "G l"), "server-80x24")
  }

  @Test func `a hostile name is spelled out`() {
    check(Sample.state(80, 24, keys: "j j j j"), "servers-hostile-80x24")
  }

  @Test func `help lists the keys and what is wrong with those that cannot act`() {
    check(Sample.state(80, 24, keys: "?"), "help-80x24")
    check(Sample.state(60, 12, rows: [], keys: "? @enter"), "help-filtered-60x12")
  }

  @Test func `ASCII alone draws the same window`() {
    let state = Sample.state(80, 24, ascii: true, keys: "j")
    check(state, "servers-ascii-80x24")
    #expect(ScreenText.shown(ConsoleView.draw(state)).utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func `many servers scroll`() {
    check(Sample.state(80, 24, rows: Sample.many, keys: "PgDn PgDn"), "servers-many-80x24")
  }

  @Test func `a window that is too small says so and loses nothing`() {
    var state = Sample.state(80, 24, keys: "j j / s")
    let before = ConsoleView.draw(state)
    _ = Reducer.reduce(&state, .resized(Size(width: 30, height: 6)))
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("needs 40x8, is 30x6"))
    _ = Reducer.reduce(&state, .resized(Size(width: 80, height: 24)))
    #expect(ConsoleView.draw(state) == before)
  }

  @Test(arguments: [(40, 10), (80, 24), (120, 40), (200, 50)])
  func `the list of tools at every size`(width: Int, height: Int) {
    check(Sample.connected(width, height), "tools-\(width)x\(height)")
  }

  @Test func `a tool's detail in all its parts`() {
    check(Sample.connected(40, 12, keys: "l"), "tool-40x12")
    check(Sample.connected(80, 24, keys: "l ]"), "tool-schema-80x24")
    check(Sample.connected(80, 24, keys: "j j"), "tools-hostile-80x24")
    check(Sample.connected(80, 24, keys: "G l"), "tool-broken-80x24")
  }

  @Test func `a connection that fails says why and what to do`() {
    var state = Sample.state(80, 24, rows: Sample.reachable, keys: "Enter")
    let failure = OperationFailure(
      .unreachable, layer: "spawn", "run-demo: there is no program run-demo",
      hint: "install it first", details: ["stderr": ["one line\u{1B}[2J"]])
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .failed(failure)))
    check(state, "servers-failed-80x24")
    _ = Sample.press("2", &state)
    check(state, "tools-unconnected-80x24")
  }

  @Test func `the palette, the copy menu and a question`() {
    check(Sample.connected(80, 24, keys: ": sear"), "palette-80x24")
    check(Sample.connected(80, 24, keys: "y"), "copying-80x24")
    var rows = Sample.reachable
    rows[0].definition?.origin.trust = .project
    check(Sample.state(60, 20, rows: rows, keys: "Enter"), "confirming-60x20")
  }

  @Test(arguments: [(40, 10), (80, 24), (120, 40), (200, 50)])
  func `the form of a call at every size`(width: Int, height: Int) {
    let state = Sample.connected(
      width, height, keys: "Enter x Tab Tab Space Tab 900 Tab Space Ctrl-S")
    check(state, "form-\(width)x\(height)")
  }

  @Test(arguments: [(40, 10), (80, 24), (120, 40), (200, 50)])
  func `an answer at every size`(width: Int, height: Int) {
    var state = Sample.connected(width, height, keys: "Enter x Ctrl-S")
    let result: JSON = [
      "content": [["type": "text", "text": "2 matches"]],
      "structuredContent": [
        "matches": [["path": "a.swift", "line": 12], ["path": "日本.swift", "line": 88]]
      ],
    ]
    _ = Reducer.reduce(&state, .call(1, .answered(Sample.answer(result))))
    _ = Reducer.reduce(&state, .timerFired(.status))
    _ = Sample.press("] j j", &state)
    check(state, "result-\(width)x\(height)")
    if width == 80 { check(Sample.after("]", state), "result-table-80x24") }
  }

  @Test func `every size from nothing to sixty columns is drawn`() {
    for keys in ["", "?", "/ se", "l", "/ zzz", ":", "y"] {
      for width in 0...60 {
        for height in [0, 1, 2, 5, 7, 8, 9, 12, 20] {
          let grid = ConsoleView.draw(Sample.state(width, height, keys: keys))
          #expect(grid.size == Size(width: width, height: height))
          if let cursor = grid.cursor { #expect(grid.bounds.contains(cursor)) }
        }
      }
    }
  }
}
