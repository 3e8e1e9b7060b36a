import JSON
import TerminalCore
import Testing

@testable import ConsoleApp
@testable import Operations

private let past = [
  PastCall(
    number: 12, target: "run-demo", method: "tools/call", name: "search_files",
    params: ["name": "search_files", "arguments": ["q": "old"]], outcome: "ok", isFine: true,
    answer: ["content": [["type": "text", "text": "one"]]], at: 1000, milliseconds: 31, bytes: 80),
  PastCall(
    number: 11, target: "elsewhere", method: "resources/read", name: "file:///a",
    params: ["uri": "file:///a"], outcome: "failed", isFine: false, answer: ["error": "no"],
    at: 900, milliseconds: 3, bytes: 20),
]

/// A window with one call of its own and two of earlier runs.
private func calls(_ keys: String, _ width: Int = 80, _ height: Int = 24) -> ConsoleState {
  var state = Sample.connected(width, height, keys: "Enter x Ctrl-S")
  let result: JSON = [
    "content": [["type": "text", "text": "two"]], "structuredContent": ["matches": []],
  ]
  _ = Reducer.reduce(&state, .call(1, .answered(Sample.answer(result))))
  _ = Sample.press("5", &state)
  _ = Reducer.reduce(&state, .historyLoaded(past))
  _ = Reducer.reduce(&state, .timerFired(.status))
  _ = Sample.press(keys, &state)
  return state
}

struct HistoryTests {
  @Test(arguments: [(40, 10), (80, 24), (120, 40), (200, 50)])
  func `the calls at every size`(width: Int, height: Int) {
    checkScreen(calls("", width, height), "calls-\(width)x\(height)")
  }

  @Test func `a call of an earlier run at every size`() {
    checkSizes(calls("j Enter"), "past-call")
    checkSizes(calls("j Enter ["), "past-call-asked")
  }

  @Test func `the history is asked for once and on request`() {
    var state = Sample.connected(80, 24)
    #expect(Sample.press("5", &state) == [.loadHistory(before: 0)])
    _ = Reducer.reduce(&state, .historyFailed("there is no folder"))
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("there is no folder"))
    #expect(Sample.press("R", &state).contains(.loadHistory(before: 0)))
  }

  @Test func `a call of an earlier run is opened, run again and edited`() {
    var state = calls("j Enter")
    #expect(state.result?.tabs == [.text, .tree, .raw, .asked])
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("history 12 search_files  ok 31ms"))
    _ = Sample.press("[", &state)
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("\"q\": \"old\""))
    #expect(Sample.press("y c", &state).contains(.copy("alidade history replay 12")))
    state = calls("G Enter")
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("\"error\": \"no\""))
    state = calls("j")
    #expect(
      Sample.press("r", &state).contains(
        .call(2, 1, .tool("search_files", arguments: ["q": "old"], schema: nil))))
    state = calls("j e")
    #expect(state.form?.value == ["q": "old"])
    state = calls("G r")
    #expect(state.status?.text.contains("connect to it first") == true)
  }

  @Test func `two answers are compared`() {
    let state = calls("D")
    checkSizes(state, "diff")
    let shown = ScreenText.shown(ConsoleView.draw(state))
    #expect(shown.contains("- \"one\""))
    #expect(shown.contains("+ \"two\""))
  }

  @Test func `a call whose secrets were not kept asks for them again`() {
    let masked = PastCall(
      number: 13, target: "run-demo", method: "tools/call", name: "search_files",
      params: ["name": "search_files", "arguments": ["q": "old", "password": "••••"]],
      outcome: "ok", isFine: true, answer: ["content": []], at: 1100, milliseconds: 1, bytes: 9)
    for (keys, asker) in [("j r", "e"), ("j Enter r", "e")] {
      var state = calls("")
      _ = Reducer.reduce(&state, .historyLoaded([masked]))
      let effects = Sample.press(keys, &state)
      #expect(!effects.contains { if case .call = $0 { true } else { false } })
      #expect(
        state.status?.text.hasSuffix("its secrets were not kept; \(asker) asks for them again")
          == true)
    }
    for keys in ["j e", "j Enter e"] {
      var state = calls("")
      _ = Reducer.reduce(&state, .historyLoaded([masked]))
      _ = Sample.press(keys, &state)
      #expect(state.form?.value == ["q": "old"])
    }
    var state = Sample.connected(80, 24, keys: "Enter")
    _ = Reducer.reduce(&state, .historyLoaded([masked]))
    _ = Sample.press("Alt-Up", &state)
    #expect(state.form?.value == ["q": "old"])
  }
}
