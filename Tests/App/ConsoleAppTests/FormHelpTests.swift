import EventLoop
import JSON
import MCPProtocol
import TerminalCore
import Testing
import Widgets

@testable import ConsoleApp
@testable import Operations

/// A window with the form of one tool open.
private func form(_ properties: JSON, keys: String = "") -> ConsoleState {
  let tool: JSON = [
    "name": "one", "inputSchema": ["type": "object", "properties": properties],
  ]
  var state = Sample.connected(80, 24, tools: [tool], keys: "Enter")
  state.time.wall = 1_700_000_000_000
  _ = Sample.press(keys, &state)
  return state
}

private let colours: JSON = .array((1...20).map { .string("colour-\($0)") })

struct FormHelpTests {
  @Test func `a long choice opens, is narrowed and taken`() {
    var state = form(["c": ["enum": colours]], keys: "Enter")
    #expect(state.picker?.items.count == 20)
    _ = Sample.press("1 7 Enter", &state)
    #expect(state.form?.value == ["c": "colour-17"])
    #expect(state.overlay == nil)
  }

  @Test func `several of many are ticked one after the other`() {
    var state = form(
      ["c": ["type": "array", "items": ["enum": colours]]], keys: "Enter 1 9 Enter")
    #expect(state.picker?.isMultiple == true)
    _ = Sample.press("Backspace Backspace 2 0 Enter Esc", &state)
    #expect(state.form?.value == ["c": ["colour-19", "colour-20"]])
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("colour-19, colour-20"))
  }

  @Test(arguments: [
    ("now", "2023-11-14T22:13:20Z"), ("now-2h", "2023-11-14T20:13:20Z"),
    ("today", "2023-11-14T00:00:00Z"), ("tomorrow+9h", "2023-11-15T09:00:00Z"),
    ("now+1d-30m", "2023-11-15T21:43:20Z"), ("soon", "soon"), ("now+", "now+"),
    ("now-99999999999h", "now-99999999999h"),
  ])
  func `words for a moment become the moment`(text: String, expected: String) {
    let state = form(["at": ["type": "string", "format": "date-time"]], keys: "\(text) Enter")
    #expect(state.form?.value == ["at": .string(expected)])
  }

  @Test func `numbers and the parts of dates are stepped`() {
    var state = form(["n": ["type": "integer", "minimum": 3]], keys: "Ctrl-N Ctrl-N Ctrl-N")
    #expect(state.form?.value == ["n": 5])
    _ = Sample.press("Ctrl-P", &state)
    #expect(state.form?.value == ["n": 4])
    let date = form(
      ["d": ["type": "string", "format": "date"]], keys: "2024-01-31 Left Left Left Ctrl-P")
    #expect(date.form?.value == ["d": "2024-02-31"])
  }

  @Test func `examples and what the server offers are taken by a key`() {
    let state = form(
      ["s": ["type": "string", "examples": ["red", "green"]]], keys: "Ctrl-N Ctrl-N")
    #expect(state.form?.value == ["s": "green"])
  }

  @Test @LoopActor func `a secret is named and not written`() async throws {
    let schema: JSON = [
      "token": ["type": "string", "format": "password"], "q": ["type": "string"],
    ]
    let state = form(schema, keys: "$KEY Tab x")
    let form = try #require(state.form)
    #expect(form.value == ["token": "$KEY", "q": "x"])
    let order = CallRecord.Order.tool("one", arguments: form.value, schema: form.schema.json)
    let (sent, kept) = try await SecretReferences.fill(order) { $0 == "KEY" ? "s3cret" : nil }
    guard case .tool(_, let arguments?, _) = sent else {
      Issue.record("no arguments")
      return
    }
    #expect(arguments == ["token": "s3cret", "q": "x"])
    #expect(kept == ["token": "$KEY", "q": "x"])
    await #expect(throws: OperationFailure.self) {
      try await SecretReferences.fill(order) { _ in nil }
    }
    let written = CallRecord.Order.tool(
      "one", arguments: ["token": "plain"], schema: form.schema.json)
    #expect(try await SecretReferences.fill(written) { _ in nil }.kept == ["token": "••••"])
  }

  @Test func `arguments are kept under a name, secrets left out, and taken back`() {
    let schema: JSON = [
      "token": ["type": "string", "format": "password"], "q": ["type": "string"],
    ]
    var state = form(schema, keys: "s3cret Tab needle Ctrl-K mine Enter")
    #expect("\(state.kept)".contains("mine"))
    #expect(!"\(state.kept)".contains("s3cret"))
    _ = Sample.press("Ctrl-U other Ctrl-G Enter", &state)
    #expect(state.form?.value == ["q": "needle"])
  }

  @Test func `a click focuses a field, a second one changes it`() {
    var state = form(["a": ["type": "string"], "b": ["type": "boolean"]])
    let rows = FormView.Layout(state).rows
    func click(_ line: Int) {
      var parser = InputParser()
      let bytes = Array("\u{1B}[<0;20;\(rows.y + line + 1)M".utf8)
      for input in parser.feed(bytes) { _ = Reducer.reduce(&state, .input(input)) }
    }
    click(1)
    #expect(state.form?.selected.cursor == 1)
    click(1)
    #expect(state.form?.value == ["b": true])
    click(1)
    #expect(state.form?.value == ["b": false])
    click(9)
    #expect(state.form?.selected.cursor == 1)
  }

  @Test func `a paste of a megabyte is taken or left, never half`() {
    var state = form(["s": ["type": "string"]], keys: "x")
    let large = String(repeating: "word ", count: 200_000)
    _ = Reducer.reduce(&state, .input(.paste(large)))
    #expect(state.form?.field.text.utf8.count == 1_000_001)
    _ = ConsoleView.draw(state)
  }
}

struct WatchingTests {
  private func resources() -> ConsoleState {
    var state = Sample.connected(80, 24)
    state.links[1]?.facts?.capabilities = ["resources": ["subscribe": true]]
    _ = Sample.press("3", &state)
    let list = Sample.report([["uri": "file:///a", "name": "a"]], .resources)
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .listed(list, milliseconds: 1)))
    return state
  }

  @Test func `a resource is watched, marked when it changes, and let go of`() {
    var state = resources()
    #expect(
      Sample.press("F", &state).contains(.subscribe(1, uri: "file:///a", isOn: true)))
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .subscribed(uri: "file:///a", isOn: true)))
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("watched"))
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .told(.resourceUpdated(uri: "file:///a"))))
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("changed"))
    #expect(Sample.press("F", &state).contains(.subscribe(1, uri: "file:///a", isOn: false)))
  }

  @Test func `a resource that is looked at is read again when it changes`() {
    var state = resources()
    _ = Sample.press("Enter", &state)
    let answer = Sample.answer(["contents": [["uri": "file:///a", "text": "one"]]])
    _ = Reducer.reduce(&state, .call(1, .answered(answer)))
    let effects = Reducer.reduce(
      &state, .link(1, attempt: 1, .told(.resourceUpdated(uri: "file:///a"))))
    #expect(effects.contains(.call(2, 1, .resource(uri: "file:///a"))))
    #expect(state.screen.subject == "#2")
  }

  @Test func `a server that tells of no changes is not asked to`() {
    var state = resources()
    state.links[1]?.facts?.capabilities = ["resources": [:]]
    _ = Sample.press("F", &state)
    #expect(state.status?.text.contains("does not tell of changes") == true)
  }
}

struct SpokenTests {
  @Test func `moving tells what is selected and nothing else`() {
    var spoken = SpokenView()
    var state = Sample.connected(80, 24)
    let first = spoken.lines(state)
    #expect(first.first == "servers > demo > tools, open")
    #expect(first.last == "search_files, ro, Search files, 1 of 6")
    _ = Sample.press("j", &state)
    #expect(spoken.lines(state) == ["unseal_vault, DEL, 2 of 6"])
    #expect(spoken.lines(state).isEmpty)
  }

  @Test func `fields, problems, questions and the status are told in words`() {
    var spoken = SpokenView()
    var state = Sample.connected(80, 24, keys: "Enter")
    #expect(spoken.lines(state).last?.hasPrefix("q, required: unset, string 1..200") == true)
    _ = Sample.press("Ctrl-S", &state)
    let lines = spoken.lines(state)
    #expect(lines.contains { $0.hasPrefix("warning: not sent") })
    #expect(lines.last?.contains("problem: ") == true)
    _ = Sample.press("Esc :", &state)
    #expect(spoken.lines(state).last?.hasPrefix("find : ") == true)
  }

  @Test func `nothing told holds an escape or a frame`() {
    var spoken = SpokenView()
    for keys in ["", "j j", "y", "?", "Enter", "0", "6"] {
      for line in spoken.lines(Sample.connected(80, 24, ascii: true, keys: keys)) {
        #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F })
      }
    }
  }
}

struct ThemeWatchTests {
  @Test func `names are read from a block of events, whole or cut`() {
    func event(_ name: String) -> [UInt8] {
      let padded = Array(name.utf8) + [UInt8](repeating: 0, count: 16 - name.utf8.count)
      return [UInt8](repeating: 0, count: 12) + [16, 0, 0, 0] + padded
    }
    let block = event("a.theme") + event("nord.theme")
    #expect(ThemeWatch.names(in: block[...]) == ["a.theme", "nord.theme"])
    for length in block.indices { _ = ThemeWatch.names(in: block[..<length]) }
  }
}
