import TerminalCore
import Testing
import Widgets

@testable import ConsoleApp

private func mouse(_ action: String, _ x: Int, _ y: Int) -> [TerminalInput] {
  var parser = InputParser()
  return parser.feed(Array("\u{1B}[<\(action);\(x + 1);\(y + 1)M".utf8))
}

private func send(_ inputs: [TerminalInput], _ state: inout ConsoleState) -> [Effect] {
  inputs.flatMap { Reducer.reduce(&state, .input($0)) }
}

struct MouseTests {
  @Test func `a click selects a row and a second one opens it`() {
    var state = Sample.state(80, 24)
    _ = send(mouse("0", 5, 6), &state)
    #expect(state.selectedServer?.name == "日本語サーバー")
    _ = send(mouse("0", 5, 6), &state)
    #expect(state.status?.text.contains("nothing says how to reach it") == true)
  }

  @Test func `a click does what it stands for, whatever Enter was given to`() {
    var state = Sample.connected(80, 24)
    state.keymap = Keymap(["tool.call": [.character("t")], "list.down": [Key(.enter)]])
    _ = send(mouse("0", 5, 4), &state)
    _ = send(mouse("0", 5, 4), &state)
    #expect(state.screen.id == .form)
    var palette = Sample.connected(80, 24, keys: ": sear")
    palette.keymap = Keymap(["palette.run": [.control("j")]])
    let rows = palette.overlay?.list(in: palette.size)?.rows ?? Rect(palette.size)
    _ = send(mouse("0", rows.x + 1, rows.y), &palette)
    #expect(palette.overlay == nil)
  }

  @Test func `the wheel goes through a form, and a click puts the cursor into its JSON`() {
    var state = Sample.connected(80, 24, keys: "Enter")
    _ = send(mouse("65", 5, 5), &state)
    #expect(state.form?.selected.cursor == 3)
    _ = Sample.press("Ctrl-O", &state)
    _ = Reducer.reduce(&state, .input(.key(Key(.right))))
    let rows = FormView.Layout(state).rows
    _ = send(mouse("0", rows.x + 4, rows.y), &state)
    #expect(state.form?.source?.area.column == 1)
  }

  @Test func `a click beside the rows does nothing`() {
    var state = Sample.state(80, 24)
    let before = state
    for (x, y) in [(5, 0), (5, 3), (5, 20), (60, 5), (5, 22), (500, 500)] {
      #expect(send(mouse("0", x, y), &state).isEmpty)
    }
    #expect(state == before)
  }

  @Test func `the wheel scrolls the list`() {
    var state = Sample.state(80, 24, rows: Sample.many)
    _ = send(mouse("65", 5, 5) + mouse("65", 5, 5), &state)
    #expect(state.list.selected.top == 6)
    _ = send(mouse("64", 5, 5), &state)
    #expect(state.list.selected.top == 3)
  }

  @Test func `a click on a hint runs it`() {
    var state = Sample.state(80, 24)
    let line = ScreenText.shown(ConsoleView.draw(state)).split(separator: "\n").last ?? ""
    let filter = line.firstRange(of: "/ filter").map {
      line.distance(from: line.startIndex, to: $0.lowerBound)
    }
    _ = send(mouse("0", filter ?? 0, 23), &state)
    #expect(state.list.isFilterFocused)
    var help = Sample.state(80, 24)
    let hints = ScreenText.shown(ConsoleView.draw(help)).split(separator: "\n").last ?? ""
    let place =
      hints.firstIndex(of: "?").map { hints.distance(from: hints.startIndex, to: $0) } ?? 0
    _ = send(mouse("0", place, 23), &help)
    #expect(help.help != nil)
  }
}
