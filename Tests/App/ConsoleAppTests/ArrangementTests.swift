import JSON
import TerminalCore
import Testing
import Widgets

@testable import ConsoleApp
@testable import Operations

private func shownNames(_ state: ConsoleState) -> [String] {
  state.list.shown.map { state.servers.rows[$0].name }
}

struct ArrangementTests {
  @Test func `a list is sorted by a column and back`() {
    var state = Sample.state(80, 24, keys: "s name Down Enter")
    #expect(shownNames(state).first == "日本語サーバー")
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("by name, falling"))
    _ = Sample.press("s as Enter", &state)
    #expect(shownNames(state).first == "search")
    #expect(state.list.order == nil)
  }

  @Test func `the cursor stays on its item when the order changes`() {
    let state = Sample.state(80, 24, keys: "j s name Enter")
    #expect(state.selectedServer?.name == "prod")
  }

  @Test func `marks are set, spread and taken away`() {
    var state = Sample.state(80, 24, keys: "Space j V")
    #expect(state.list.marks.count == 3)
    #expect(state.markedItems == [0, 1, 2])
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("3 marked"))
    _ = Sample.press("g Space", &state)
    #expect(state.markedItems == [1, 2])
    _ = Sample.press("U", &state)
    #expect(state.list.marks.isEmpty)
  }

  @Test func `a broken filter leaves the last good one in force`() {
    var state = Sample.connected(80, 24, keys: "6")
    for number in 1...4 {
      let message: JSON = ["jsonrpc": "2.0", "id": .number(JSONNumber(number)), "method": "ping"]
      let news = WireNews(isOutgoing: true, content: .message(message), bytes: message.compactBytes)
      _ = Reducer.reduce(&state, .link(1, attempt: 1, .passed(news)))
    }
    _ = Sample.press("/ ~i Space 3", &state)
    #expect(state.list.shown.count == 1)
    _ = Sample.press("Space (", &state)
    #expect(state.list.shown.count == 1)
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("! something is missing"))
    _ = Sample.press("Enter", &state)
    #expect(state.list.isFilterFocused)
    _ = Sample.press("Backspace Enter", &state)
    #expect(!state.list.isFilterFocused)
    _ = Sample.press("Esc / Alt-Up", &state)
    #expect(state.list.filter.text == "~i 3 ")
  }

  @Test func `the list takes the whole frame and gives it back`() {
    var state = Sample.state(120, 40, keys: "z")
    #expect(SplitLayout(state).detail == nil)
    _ = Sample.press("z > >", &state)
    let wide = SplitLayout(state).list.width
    _ = Sample.press("< < < <", &state)
    #expect(SplitLayout(state).list.width == wide - 16)
    for _ in 0..<60 { _ = Sample.press("<", &state) }
    #expect(SplitLayout(state).list.width >= 24)
  }

  @Test func `Tab goes to the detail beside the list, and what moves moves it`() {
    var state = Sample.connected(80, 24, keys: "Tab")
    #expect(state.isDetailFocused)
    let cursor = state.list.selected.cursor
    _ = Sample.press("] ] ]", &state)
    _ = Sample.press("j j", &state)
    #expect(state.list.selected.cursor == cursor && state.list.detailTop == 2)
    _ = Sample.press("g", &state)
    #expect(state.list.detailTop == 0)
    _ = Sample.press("Esc j", &state)
    #expect(!state.isDetailFocused && state.list.selected.cursor == cursor + 1)
    _ = Sample.press("Tab z", &state)
    #expect(!state.isDetailFocused)
    _ = Sample.press("Tab", &state)
    #expect(state.status?.text.contains("z shows the detail again") == true)
    var narrow = Sample.connected(60, 20, keys: "Tab")
    #expect(!narrow.isDetailFocused && narrow.status?.text.contains("too narrow") == true)
    _ = Sample.press("j", &narrow)
    #expect(narrow.list.selected.cursor == 1)
  }

  @Test func `what a view kept is there again in the next run`() {
    var first = Sample.connected(80, 24, keys: "/ search Enter ] z")
    _ = Sample.press("1 s name Enter", &first)
    let kept = first.kept
    var second = ConsoleState(size: Size(width: 80, height: 24))
    _ = Reducer.reduce(&second, .keptLoaded(kept))
    _ = Reducer.reduce(&second, .started(notices: [], target: nil))
    _ = Reducer.reduce(&second, .serversLoaded(ServerReport(rows: Sample.reachable)))
    #expect(second.list.order?.column == "name")
    #expect(second.split.isZoomed)
    _ = Sample.press("Enter", &second)
    _ = Reducer.reduce(&second, .link(1, attempt: 1, .opened(Sample.facts)))
    let tools = Sample.report(Sample.tools)
    _ = Reducer.reduce(&second, .link(1, attempt: 1, .listed(tools, milliseconds: 1)))
    #expect(second.list.filter.text == "search")
    #expect(second.list.shown.count == 1)
    #expect(second.list.tab == 1)
  }

  @Test(
    arguments: [.null, 12, [], ["views": 3, "last": [], "split": "x", "presets": 7]] as [JSON])
  func `a file of another release is survived`(kept: JSON) {
    var state = Sample.state(80, 24)
    let before = ConsoleView.draw(state)
    _ = Reducer.reduce(&state, .keptLoaded(kept))
    #expect(ConsoleView.draw(state) == before)
  }
}
