import JSON
import MCPProtocol
import TerminalCore
import Testing
import Widgets

@testable import ConsoleApp

private func names(_ keys: String) -> [String] {
  names(Sample.connected(80, 24, keys: keys))
}

private func names(_ state: ConsoleState) -> [String] {
  let tools = state.links[1]?.tools ?? []
  return state.list.shown.map { tools[$0].tool.name }
}

struct RulesTests {
  @Test func `filters let through and keep out, all or any, on or off`() {
    let one = "f + search Enter"
    let rows: [(String, [String])] = [
      (one, ["search_files"]),
      ("f + search Enter + vault Enter", []),
      ("f + search Enter + vault Enter |", ["search_files", "unseal_vault"]),
      (
        "f - search Enter - no_ Enter - 日 Enter",
        ["unseal_vault", "evil\u{1B}[2J\u{202E}txt", "broken"]
      ),
      ("\(one) !", ["unseal_vault", "evil\u{1B}[2J\u{202E}txt", "日本語ツール", "no_schema", "broken"]),
      ("f + search Enter + vault Enter Space", ["search_files"]),
      ("f + search Enter + vault Enter k d", ["unseal_vault"]),
      ("\(one) Esc / zzz", []),
    ]
    for (keys, expected) in rows { #expect(names(keys) == expected, "\(keys)") }
  }

  @Test func `the panel tells what each finds, and the list what holds`() {
    let state = Sample.connected(80, 24, keys: "f + e Enter - vault Enter")
    let shown = ScreenText.shown(ConsoleView.draw(state))
    #expect(shown.contains("[x] lets through  e  5 found"))
    #expect(shown.contains("[x] keeps out     vault  1 found"))
    let closed = ScreenText.shown(ConsoleView.draw(Sample.after("Esc", state)))
    #expect(closed.contains("Tools 4/6  +e -vault"))
  }

  @Test func `a filter that cannot be read is asked for again`() {
    var state = Sample.connected(80, 24, keys: "6 f + ~q")
    _ = Sample.press("Enter", &state)
    #expect(state.status?.level == .warning)
    #expect(state.list.rules.rules.isEmpty)
    guard case .asking(let question) = state.overlay else {
      Issue.record("the question is gone")
      return
    }
    #expect(question.field.text == "~q")
  }

  @Test func `they are kept for the next run`() {
    let state = Sample.connected(80, 24, keys: "f + e Enter - vault Enter Space")
    var next = Sample.state(80, 24, rows: Sample.reachable)
    next.restore(state.kept)
    #expect(FilterRules(next.session.views["tools demo"]?["rules"]) == state.list.rules)
    #expect(FilterRules(JSON.string("odd")) == FilterRules())
  }

  @Test(arguments: [(40, 10), (80, 24), (120, 40), (200, 50)])
  func `the filters at every size`(width: Int, height: Int) {
    let state = Sample.connected(width, height, keys: "f + e Enter - vault Enter")
    checkScreen(state, "rules-\(width)x\(height)")
  }
}

struct UndoTests {
  @Test func `changes of a list and closed views are taken back, the last one first`() {
    var state = Sample.connected(80, 24)
    _ = Sample.press("/ vault Enter s name Enter Space f - e Enter Esc", &state)
    #expect(state.list.marks.count == 1 && state.list.rules.isInForce)
    _ = Sample.press("u", &state)
    #expect(!state.list.rules.isInForce)
    _ = Sample.press("u", &state)
    #expect(state.list.marks.isEmpty)
    _ = Sample.press("u", &state)
    #expect(state.list.order == nil && state.list.filter.text == "vault")
    _ = Sample.press("u", &state)
    #expect(state.list.filter.isEmpty)
    _ = Sample.press("l q", &state)
    #expect(state.screen.id == .tools)
    _ = Sample.press("u", &state)
    #expect(state.screen.id == .tool)
  }

  @Test func `one goes back and forth among the views one was in`() {
    var state = Sample.connected(80, 24, keys: "3 5 6")
    _ = Sample.press("Alt-Left Alt-Left", &state)
    #expect(state.screen.id == .resources)
    _ = Sample.press("Alt-Right", &state)
    #expect(state.screen.id == .calls)
    _ = Sample.press("0 Alt-Right", &state)
    #expect(state.screen.id == .events)
    #expect(state.status?.text.contains("nothing after this") == true)
  }
}
