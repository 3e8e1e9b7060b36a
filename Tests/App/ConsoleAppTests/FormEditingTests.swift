import JSON
import Operations
import TerminalCore
import Testing
import Widgets

@testable import ConsoleApp

private let schema: JSON = [
  "type": "object", "required": ["q"],
  "properties": [
    "q": ["type": "string", "minLength": 2, "contentMediaType": "text/markdown; charset=utf-8"],
    "count": ["type": "integer", "maximum": 9],
    "flag": ["type": "boolean"],
    "tags": ["type": "array", "items": ["type": "string"], "description": "Words\u{1B} of it"],
    "token": ["type": "string", "format": "password"],
    "any": true,
  ],
]

private func form(_ keys: String = "") -> ConsoleState {
  Sample.connected(80, 40, tools: [["name": "t", "inputSchema": schema]], keys: "Enter \(keys)")
}

/// What the keys give to an editor.
private func handed(_ keys: String, _ state: inout ConsoleState) -> (EditorText, EditGoal)? {
  Sample.press(keys, &state).compactMap { effect in
    if case .edit(let text, let goal) = effect { (text, goal) } else { nil }
  }.first
}

struct FormEditingTests {
  @Test func `an editor gives a whole form back, or an error and nothing is lost`() {
    var state = form("hello")
    let screen = state.screen
    #expect(handed("Ctrl-E", &state)?.1 == .form(screen))
    _ = Reducer.reduce(&state, .edited(.form(screen), #"{"q": "new", "other": 1}"#))
    #expect(state.form?.value == ["q": "new", "other": 1])
    #expect(state.form?.isUnsent == true)
    _ = Reducer.reduce(&state, .edited(.form(screen), "{\n  \"q\": }"))
    #expect(state.form?.value == ["q": "new", "other": 1])
    #expect(
      ScreenText.shown(ConsoleView.draw(state)).contains("line 2, column 8: expected a value"))
    let again = handed("Enter", &state)
    #expect(again?.0 == EditorText("{\n  \"q\": }", suffix: ".json", line: 2))
    _ = Reducer.reduce(&state, .edited(.form(screen), nil))
    #expect(state.form?.value == ["q": "new", "other": 1])
    #expect(state.form?.source?.area.text == "{\n  \"q\": }")
  }

  @Test func `what an editor left broken stays in the form until it is mended`() {
    var state = form("hello")
    _ = Reducer.reduce(&state, .edited(.form(state.screen), "{\"q\": \"x\","))
    _ = Sample.press("Esc", &state)
    #expect(state.status?.text == "kept as it was written; it can be mended here")
    #expect(state.form?.sourceProblem?.line == 1)
    #expect(
      Sample.press("Ctrl-S", &state).allSatisfy { if case .call = $0 { false } else { true } })
    #expect(state.status?.text.hasPrefix("not sent: line 1, column 11: expected a key") == true)
    _ = Sample.press("Ctrl-O", &state)
    #expect(state.form?.showsJSON == true)
    #expect(handed("Ctrl-E", &state)?.0.text == "{\"q\": \"x\",")
    _ = Sample.press("End Backspace }", &state)
    #expect(state.form?.value == ["q": "x"])
    _ = Sample.press("Ctrl-O", &state)
    #expect(state.form?.field.text == "x")
  }

  @Test func `one field goes to the editor, as the text or the JSON that it is`() {
    let rows: [(keys: String, text: String, suffix: String)] = [
      ("hello Alt-e", "hello", ".md"), ("hello F4", "hello", ".md"), ("Tab 7 Alt-e", "7", ".txt"),
    ]
    for row in rows {
      var state = form()
      let given = handed(row.keys, &state)
      #expect(given?.0 == EditorText(row.text, suffix: row.suffix), "\(row.keys)")
    }
    var state = form()
    let (text, goal) =
      handed("Tab Tab Tab a one Up e", &state) ?? (EditorText("", suffix: ""), .request(0))
    #expect(goal == .field(state.screen, path: ["tags"]))
    #expect(text.suffix == ".jsonc" && text.text.hasSuffix("[\n  \"one\"\n]\n"))
    #expect(text.text.hasPrefix("// tags: list of values  Words"))
    #expect(text.text.contains("//   \"type\": \"array\","))
    #expect(handed("Up e", &state) == nil)
    #expect(state.status?.text.hasSuffix("it is chosen, not written") == true)
  }

  @Test func `what comes back of one field is typed by its schema`() {
    let rows: [(path: String, text: String, value: JSON?)] = [
      ("q", "two\nlines\n", "two\nlines"), ("q", "", nil), ("count", "12\n", 12),
      ("count", "x", "x"), ("tags", "// only words\n[\"a\", \"b\",]\n", ["a", "b"]),
      ("tags", "// nothing\n", nil),
      ("any", "{\"a\": 1e400}", ["a": .number(JSONNumber(text: "1e400") ?? JSONNumber(0))]),
      ("any", "\"12\"", "12"),
    ]
    for row in rows {
      var state = form()
      _ = Reducer.reduce(&state, .edited(.field(state.screen, path: [row.path]), row.text))
      #expect(state.form?.value[row.path] == row.value, "\(row.path) \(row.text)")
    }
  }

  @Test func `a field that cannot be read is a draft with its problem, and is not sent`() {
    var state = form("hello Tab Tab Tab")
    _ = Reducer.reduce(&state, .edited(.field(state.screen, path: ["tags"]), "// x\n[\"a\""))
    _ = Sample.press("Esc", &state)
    let shown = ScreenText.shown(ConsoleView.draw(state))
    #expect(shown.contains("draft  // x [\"a\""))
    #expect(shown.contains("line 2, column 5: expected"))
    #expect(
      Sample.press("Ctrl-S", &state).allSatisfy { if case .call = $0 { false } else { true } })
    #expect(state.status?.text.hasPrefix("not sent: line 2, column 5") == true)
    #expect(handed("e", &state)?.0 == EditorText("// x\n[\"a\"", suffix: ".jsonc", line: 2))
    _ = Reducer.reduce(&state, .edited(.field(state.screen, path: ["tags"]), "// x\n[\"a\"]"))
    #expect(state.form?.value == ["q": "hello", "tags": ["a"]])
    #expect(state.form?.problemCount == 0)
  }

  @Test func `the JSON of a form is typed, and form and text follow each other`() {
    var state = form("hello Ctrl-O")
    #expect(state.form?.source?.area.text == "{\n  \"q\": \"hello\"\n}")
    _ = Sample.press("Down End , Enter \"count\":12", &state)
    #expect(state.form?.value == ["q": "hello", "count": 12])
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("! count: 12 is more than"))
    _ = Sample.press("Backspace Ctrl-O", &state)
    #expect(state.form?.value == ["q": "hello", "count": 1])
    _ = Sample.press("Tab 0 Ctrl-O", &state)
    #expect(state.form?.source?.area.text.contains("\"count\": 10") == true)
    _ = Reducer.reduce(&state, .input(.paste("[\r\n1]")))
    #expect(state.form?.source?.area.lines.prefix(2) == ["[", "1]{"])
    #expect(state.form?.value == ["q": "hello", "count": 10])
    _ = Sample.press("Ctrl-X", &state)
    #expect(state.form?.sourceProblem == nil)
    #expect(state.form?.source?.area.text.hasPrefix("{\n") == true)
  }

  @Test func `a secret stays behind its mask in the JSON, and comes through`() {
    var state = form("hello Tab Tab Tab Tab hunter2 Ctrl-O")
    #expect(state.form?.source?.area.text.contains("••••") == true)
    _ = Sample.press("Down End Left Left x", &state)
    #expect(state.form?.value == ["q": "hellox", "token": "hunter2"])
    _ = Sample.press("Ctrl-R", &state)
    #expect(state.form?.source?.area.text.contains("hunter2") == true)
    _ = Sample.press("Ctrl-R", &state)
    #expect(state.form?.source?.area.text.contains("hunter2") == false)
    _ = Reducer.reduce(&state, .edited(.form(state.screen), #"{"token": "hunter2",}"#))
    #expect(state.form?.source?.area.text == #"{"token": "••••",}"#)
    _ = Sample.press("Esc End Left Backspace", &state)
    #expect(state.form?.value == ["token": "hunter2"])
    var bare = form("Ctrl-O")
    _ = Sample.press("Right \"token\":\"••••\"", &bare)
    #expect(bare.form?.value == [:])
  }

  @Test func `a long JSON is read when the typing rests, and before it is sent`() {
    var state = form("hello Ctrl-O")
    let long = String(repeating: "x", count: 40_000)
    _ = Sample.press("Down End Left", &state)
    let effects = Reducer.reduce(&state, .input(.paste(long)))
    #expect(effects == [.startTimer(.reading, milliseconds: 200)])
    #expect(state.form?.value == ["q": "hello"])
    _ = Reducer.reduce(&state, .timerFired(.reading))
    #expect(state.form?.value["q"]?.string?.utf8.count == 40_005)
    _ = Sample.press("y", &state)
    let sent = Sample.press("Ctrl-S", &state).contains { effect in
      if case .call(_, _, .tool(_, let arguments, _)) = effect {
        arguments?["q"]?.string?.utf8.count == 40_006
      } else {
        false
      }
    }
    #expect(sent)
  }

  @Test func `a paste that is larger than a field is refused and said`() {
    var state = form("hello")
    _ = Reducer.reduce(&state, .input(.paste(String(repeating: "x", count: TextField.longest))))
    #expect(state.form?.value == ["q": "hello"])
    #expect(state.status?.text.contains("more than a field holds") == true)
  }

  @Test func `the JSON of a form at every size`() {
    let state = form("hello Tab Tab Tab a one Ctrl-O Down End Enter")
    checkSizes(Sample.after("\"count\":", state), "form-json-broken")
    checkSizes(Sample.after("\"count\":12,", state), "form-json")
    var drafted = form("hello Tab Tab Tab")
    _ = Reducer.reduce(&drafted, .edited(.field(drafted.screen, path: ["tags"]), "[\"a\""))
    checkSizes(drafted, "form-again")
    checkSizes(Sample.after("Esc", drafted), "form-draft")
  }
}
