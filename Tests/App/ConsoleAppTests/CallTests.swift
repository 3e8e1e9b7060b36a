import EventLoop
import JSON
import TerminalCore
import Testing

@testable import ConsoleApp
@testable import Operations

private let matches: JSON = [
  "content": [["type": "text", "text": "two\nlines\u{1B}[2J"]],
  "structuredContent": [
    "matches": [["path": "a.swift", "line": 12], ["path": "b.swift", "line": 88]]
  ],
]

/// A window in which the first tool was called and answered.
private func answered(
  _ result: JSON, _ width: Int = 80, _ height: Int = 24, keys: String = ""
) -> ConsoleState {
  var state = Sample.connected(width, height, keys: "Enter x Ctrl-S")
  _ = Reducer.reduce(&state, .call(1, .answered(Sample.answer(result))))
  _ = Reducer.reduce(&state, .timerFired(.status))
  _ = Sample.press(keys, &state)
  return state
}

struct CallTests {
  @Test func `an answer is looked at as text, tree, table and raw`() {
    var state = answered(matches)
    #expect(state.result?.tabs == [.text, .tree, .table, .raw, .wire])
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("lines⟨U+001B⟩[2J"))
    _ = Sample.press("]", &state)
    #expect(state.treeRow?.path == [])
    _ = Sample.press("]", &state)
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("b.swift  88"))
    _ = Sample.press("] ] ]", &state)
    #expect(state.result?.tab == .text)
  }

  @Test func `a tree folds, says where it is and is copied from`() {
    var state = answered(matches, keys: "] / b.swift Enter")
    #expect(
      state.treeRow.flatMap { state.result?.tree.pointer(of: $0) }
        == "/structuredContent/matches/1/path")
    #expect(Sample.press("y p", &state).contains(.copy("/structuredContent/matches/1/path")))
    #expect(Sample.press("y y", &state).contains(.copy("b.swift")))
    _ = Sample.press("Esc g H", &state)
    #expect(state.result?.tree.rows.count == 3)
    _ = Sample.press("L G", &state)
    #expect(state.treeRow?.value == 88)
    _ = Sample.press("h h", &state)
    #expect(state.treeRow?.key == "[1]")
  }

  @Test func `answers to the same call are folded as the last one was, in the next run too`() {
    var state = answered(matches, keys: "] j j l h")
    #expect(state.treeRow?.key == "matches")
    let folded = state.result?.tree.rows.count
    let kept = state.kept
    _ = Sample.press("r", &state)
    _ = Reducer.reduce(&state, .call(2, .answered(Sample.answer(matches))))
    #expect(state.call(of: state.screen)?.id == 2)
    #expect(state.result?.tree.rows.count == folded)
    var next = Sample.state(80, 24, rows: Sample.reachable)
    next.restore(kept)
    #expect(next.session.folds == ["search_files demo": ["/structuredContent/matches": false]])
  }

  @Test func `a conversation is shown as one`() {
    let turns: JSON = [
      ["role": "user", "content": "Hello"],
      ["role": "assistant", "content": [["type": "text", "text": "Hi\u{202E}"]]],
    ]
    let answers: [JSON] = [
      ["structuredContent": ["messages": turns]], ["structuredContent": ["result": turns]],
      ["content": [["type": "text", "text": .string(turns.compact)]]],
    ]
    for answer in answers {
      let state = answered(answer)
      #expect(state.result?.tab == .chat)
      let shown = ScreenText.shown(ConsoleView.draw(state))
      #expect(shown.contains("user") && shown.contains("  Hello") && shown.contains("Hi⟨U+202E⟩"))
    }
    let people: JSON = ["structuredContent": ["people": [["role": "cook"]]]]
    #expect(answered(people).result?.tabs.contains(.chat) == false)
  }

  @Test func `an answer that breaks its schema is shown with all its faults`() {
    let state = answered(["content": [], "structuredContent": ["matches": "none"]])
    let shown = ScreenText.shown(ConsoleView.draw(state))
    #expect(shown.contains("breaks its output schema in 1 place"))
    #expect(shown.contains("/matches: "))
    let bare = answered(["content": [["type": "text", "text": "hello"]]])
    #expect(ScreenText.shown(ConsoleView.draw(bare)).contains("hello"))
    #expect(ScreenText.shown(ConsoleView.draw(bare)).contains("no structured content"))
  }

  @Test func `a failure of the tool and one of the wire look different`() {
    let tool = answered(["isError": true, "content": [["type": "text", "text": "no such root"]]])
    #expect(ScreenText.shown(ConsoleView.draw(tool)).contains("the tool says that it failed"))
    var wire = Sample.connected(80, 24, keys: "Enter x Ctrl-S")
    let failure = OperationFailure(
      .timedOut, layer: "timeout", "no answer in 30 s", hint: "try again")
    _ = Reducer.reduce(&wire, .call(1, .failed(failure)))
    #expect(ScreenText.shown(ConsoleView.draw(wire)).contains("There is no answer."))
    #expect(ScreenText.shown(ConsoleView.draw(wire)).contains("try again"))
  }

  @Test func `in the list of calls x cancels the selected one`() {
    var state = Sample.connected(80, 24, keys: "Enter x Ctrl-S")
    _ = Sample.press("Esc Enter Ctrl-S", &state)
    #expect(state.running.map(\.id) == [1, 2])
    var other = state
    #expect(Sample.press("5 j x", &state).contains(.cancelCall(1)))
    #expect(state.running.map(\.id) == [2])
    #expect(Sample.press("5 j Ctrl-C", &other).contains(.cancelCall(1)))
  }

  @Test func `a running call shows how far it is and is cancelled by x`() {
    var state = Sample.connected(80, 24, keys: "Enter x Ctrl-S")
    state.time.steady = 4_200
    _ = Reducer.reduce(
      &state, .call(1, .progress(CallProgress(fraction: 0.4, message: "indexing"))))
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("40% ####------  4.2s  indexing"))
    _ = Sample.press("Esc Esc", &state)
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains(".. #1 search_files  40%"))
    #expect(Reducer.reduce(&state, .timerFired(.tick)) == [.startTimer(.tick, milliseconds: 250)])
    #expect(Sample.press("x", &state).contains(.cancelCall(1)))
    _ = Reducer.reduce(&state, .call(1, .answered(Sample.answer(matches))))
    #expect(state.calls[1]?.phase == .cancelled)
    #expect(Reducer.reduce(&state, .timerFired(.tick)).isEmpty)
  }

  @Test func `leaving while something runs is asked about`() {
    var state = Sample.connected(80, 24, keys: "Enter x Ctrl-S")
    #expect(Sample.press("Q", &state).isEmpty)
    #expect(Sample.press("Enter", &state) == [.quit])
    var other = Sample.connected(80, 24, keys: "Enter x Ctrl-S")
    #expect(Sample.press("Ctrl-C", &other).contains(.cancelCall(1)))
  }

  @Test func `a call is run again and sent with other arguments`() {
    var state = answered(matches)
    #expect(
      Sample.press("r", &state).contains {
        if case .call(2, 1, .tool("search_files", arguments: ["q": "x"], _)) = $0 {
          true
        } else {
          false
        }
      })
    _ = Reducer.reduce(&state, .call(2, .answered(Sample.answer(matches))))
    _ = Sample.press("e", &state)
    #expect(state.form?.value == ["q": "x"])
    _ = Sample.press("y Ctrl-S", &state)
    #expect(state.calls[3]?.arguments == ["q": "xy"])
  }

  @Test func `a table is sorted by a column of its own`() {
    var state = answered(
      ["structuredContent": ["rows": [["n": 9, "s": "b"], ["n": 10, "s": .null], ["s": "a"]]]],
      keys: "]")
    #expect(state.result?.tab == .table)
    _ = Sample.press("s Down Down Enter", &state)
    #expect(state.list.order?.words == "by n, falling")
    #expect(state.list.shown == [1, 0, 2])
  }

  @Test func `a link to a resource is read by Enter, and a resource is looked at byte by byte`() {
    var state = answered([
      "content": [["type": "resource_link", "name": "notes", "uri": "file:///n"]]
    ])
    #expect(
      Sample.press("Enter", &state).contains(.call(2, 1, .resource(uri: "file:///n"))))
    let read: JSON = ["contents": [["uri": "file:///n", "text": "hi"]]]
    _ = Reducer.reduce(&state, .call(2, .answered(Sample.answer(read))))
    #expect(state.result?.tabs == [.text, .tree, .hex, .raw, .wire])
    _ = Sample.press("] ]", &state)
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("68 69"))
  }

  @Test func `an answer is set beside the one before it`() {
    var state = answered(matches, keys: "D")
    #expect(state.status?.text == "there is no earlier answer of the same name")
    _ = Sample.press("r", &state)
    let other: JSON = ["content": [], "structuredContent": ["matches": []]]
    _ = Reducer.reduce(&state, .call(2, .answered(Sample.answer(other))))
    _ = Sample.press("D", &state)
    #expect(state.screen.id == .diff)
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("#1 and then #2"))
  }

  @Test func `errors among the calls are gone to`() {
    var state = answered(["isError": true, "content": []])
    _ = Sample.press("r", &state)
    _ = Reducer.reduce(&state, .call(2, .answered(Sample.answer(matches))))
    _ = Sample.press("5 g .", &state)
    #expect(state.selectedCall?.key == "#1")
    _ = Sample.press(".", &state)
    #expect(state.status?.text == "no error after this one")
  }

  @Test func `a secret that was typed is on no screen, in no log and no clipboard`() {
    let schema: JSON = ["properties": ["p": ["type": "string", "format": "password"]]]
    let tool: JSON = ["name": "t", "inputSchema": schema]
    var state = Sample.connected(120, 40, tools: [tool], keys: "Enter s3cret Ctrl-S")
    #expect(state.calls[1]?.arguments == ["p": "s3cret"])
    _ = Reducer.reduce(&state, .call(1, .answered(Sample.answer(["content": []]))))
    for keys in ["", "5", "0", "1"] {
      _ = Sample.press(keys, &state)
      #expect(!ScreenText.shown(ConsoleView.draw(state)).contains("s3cret"), "\(keys)")
    }
    #expect(!state.events.entries.contains { $0.text.contains("s3cret") })
    _ = Sample.press("5 y", &state)
    for case .copy(let text) in Sample.press("c", &state) { #expect(!text.contains("s3cret")) }
    let files = CallsScreen.exports(state).map { String(decoding: $0.bytes(), as: UTF8.self) }
    #expect(files.count == 1 && !files[0].contains("s3cret"))
  }

  @Test func `hostile answers are shown and survived`() {
    var deep: JSON = 1
    for _ in 0..<200 { deep = ["a": [deep]] }
    let long = String(repeating: "x\u{202E}", count: 500_000)
    for result: JSON in [
      ["structuredContent": deep, "content": []],
      ["content": [["type": "text", "text": .string(long)]]],
      .null, 12, "text", [], ["content": 7], ["content": [7, .null, ["type": 3]]],
      ["contents": [["uri": 3]]],
    ] {
      var state = answered(result)
      _ = Sample.press("] L G ] G ] g / x Enter Esc h h l H", &state)
      let shown = ScreenText.shown(ConsoleView.draw(state))
      #expect(!shown.unicodeScalars.contains("\u{202E}"))
      #expect(!shown.unicodeScalars.contains("\u{1B}"))
    }
  }

  @Test func `old answers are let go of`() {
    var state = Sample.connected(80, 24)
    for _ in 0..<230 {
      _ = state.call(1, .resource(uri: "file:///a"))
      _ = Reducer.reduce(&state, .call(state.lastCall, .answered(Sample.answer(matches))))
    }
    #expect(state.calls.count <= 200)
    #expect(state.calls[230] != nil)
  }
}
