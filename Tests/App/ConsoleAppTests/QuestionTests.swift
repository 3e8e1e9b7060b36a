import JSON
import MCPProtocol
import TerminalCore
import Testing

@testable import ConsoleApp
@testable import Operations

private func question(_ params: JSON, _ method: String = "elicitation/create") -> Action {
  .link(
    1, attempt: 1,
    .told(
      .question(
        .init(id: 5, request: InputRequest(key: "5", method: method, params: params)))))
}

private let form: JSON = [
  "message": "Which branch\u{202E}?",
  "requestedSchema": [
    "type": "object", "required": ["branch"],
    "properties": [
      "branch": ["type": "string", "description": "Its name"], "force": ["type": "boolean"],
    ],
  ],
]

struct QuestionTests {
  @Test(arguments: [(40, 10), (80, 24), (120, 40), (200, 50)])
  func `a question at every size`(width: Int, height: Int) {
    var state = Sample.connected(width, height)
    _ = Reducer.reduce(&state, question(form))
    _ = Reducer.reduce(&state, .timerFired(.status))
    checkScreen(state, "question-waiting-\(width)x\(height)")
    _ = Sample.press("a main", &state)
    checkScreen(state, "question-\(width)x\(height)")
  }

  @Test func `a form is answered, declined or left for later`() {
    var state = Sample.connected(80, 24)
    _ = Reducer.reduce(&state, question(form))
    #expect(state.screen.id == .tools)
    _ = Sample.press("a main Esc", &state)
    #expect(state.questions.count == 1)
    #expect(
      Sample.press("a Backspace Ctrl-S", &state).contains(
        .answer(1, 5, .elicitation(.accept(["branch": "mai"])))))
    #expect(state.questions.isEmpty)
    #expect(state.screen.id == .tools)
    _ = Reducer.reduce(&state, question(form))
    #expect(Sample.press("a Ctrl-D", &state).contains(.answer(1, 5, .elicitation(.decline))))
  }

  @Test func `an answer that breaks the schema is not sent`() {
    var state = Sample.connected(80, 24)
    _ = Reducer.reduce(&state, question(form))
    #expect(
      !Sample.press("a Ctrl-S", &state).contains { if case .answer = $0 { true } else { false } })
    #expect(state.questions.count == 1)
  }

  @Test func `whoever waits for the call sees its question at once`() {
    var state = Sample.connected(80, 24, keys: "Enter x Ctrl-S")
    _ = Reducer.reduce(&state, question(form))
    #expect(state.screen.id == .question)
    _ = Sample.press("main Ctrl-S", &state)
    #expect(state.screen.id == .result)
  }

  @Test func `an address is shown whole and opened by nobody`() {
    var state = Sample.connected(80, 24)
    _ = Reducer.reduce(
      &state, question(["mode": "url", "message": "Sign in", "url": "https://h.test/a?b=c"]))
    _ = Sample.press("a", &state)
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("https://h.test/a?b=c"))
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("y u copies it, o opens it"))
    var copying = state
    #expect(Sample.press("y u", &copying).contains(.copy("https://h.test/a?b=c")))
    var opening = state
    #expect(Sample.press("o Enter", &opening).contains(.open(.page("https://h.test/a?b=c"))))
    #expect(Sample.press("Ctrl-S", &state).contains(.answer(1, 5, .elicitation(.accept(nil)))))
  }

  @Test func `a wish for a model is answered by the person`() {
    var state = Sample.connected(80, 24)
    let params: JSON = [
      "messages": [["role": "user", "content": ["type": "text", "text": "Name it"]]],
      "maxTokens": 10,
    ]
    _ = Reducer.reduce(&state, question(params, "sampling/createMessage"))
    _ = Sample.press("a Bob", &state)
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("user: Name it"))
    #expect(
      Sample.press("Ctrl-S", &state)
        .contains(.answer(1, 5, .sampling(SamplingAnswer(text: "Bob", model: "human")))))
  }

  @Test func `what was typed for a question that went away is back when it is asked again`() {
    var state = Sample.connected(80, 24)
    _ = Reducer.reduce(&state, question(form))
    _ = Sample.press("a main", &state)
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .told(.questionWithdrawn(5))))
    #expect(state.questions.isEmpty)
    _ = Reducer.reduce(&state, question(form))
    _ = Sample.press("Esc a", &state)
    #expect(state.form?.value == ["branch": "main"])
    _ = Sample.press("Ctrl-D", &state)
    _ = Reducer.reduce(&state, question(form))
    _ = Sample.press("a", &state)
    #expect(state.form?.value == [:])
  }

  @Test func `a form that cannot be sent names keys that act`() {
    var state = Sample.connected(80, 24, keys: "Enter x")
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .told(.closed("the process has ended"))))
    _ = Sample.press("Ctrl-S", &state)
    #expect(state.status?.text == "not sent: the server is not connected; Esc, then r connects")
    _ = Sample.press("Esc r", &state)
    #expect(state.links[1]?.isConnecting == true)
  }

  @Test func `a question that is withdrawn closes its view and harms nothing`() {
    var state = Sample.connected(80, 24)
    _ = Reducer.reduce(&state, question(form))
    _ = Sample.press("a ma", &state)
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .told(.questionWithdrawn(5))))
    #expect(state.screen.id == .tools)
    #expect(state.questions.isEmpty)
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .told(.questionWithdrawn(5))))
  }

  @Test func `what is typed on for a question that went away is no command of the view below`() {
    var state = Sample.connected(80, 24)
    _ = Reducer.reduce(&state, question(form))
    _ = Sample.press("a ma", &state)
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .told(.questionWithdrawn(5))))
    let route = state.route
    #expect(!Sample.press("in Q q Enter", &state).contains(.quit))
    #expect(state.route == route)
    #expect(state.overlay == nil)
    #expect(state.status?.text.contains("Esc goes on in this view") == true)
    _ = Sample.press("Esc", &state)
    #expect(state.route == route)
    _ = Sample.press("Enter", &state)
    #expect(state.route != route)
  }

  @Test func `a message that does not fit says so, and a key shows all of it`() throws {
    var state = Sample.connected(80, 24)
    let words = (1...200).map { "line \($0)" }.joined(separator: "\n")
    _ = Reducer.reduce(
      &state,
      question(["message": .string(words), "requestedSchema": form["requestedSchema"] ?? .null]))
    _ = Sample.press("a", &state)
    let shown = ScreenText.shown(ConsoleView.draw(state))
    #expect(shown.contains(/… \d+ more lines, F3 reads them/))
    guard case .show(let text, .pager)? = Sample.press("F3", &state).first else {
      Issue.record("nothing is shown")
      return
    }
    #expect(text.hasPrefix("line 1\n") && text.contains("line 200\n"))
  }

  @Test func `broken questions are shown and can be declined`() {
    for params: JSON in [
      .null, 12, [], ["message": 3], ["requestedSchema": 7], ["mode": "url"],
      ["message": "x", "requestedSchema": ["type": "array"]],
    ] {
      for method in ["elicitation/create", "sampling/createMessage", "roots/list", "who/knows"] {
        var state = Sample.connected(80, 24)
        _ = Reducer.reduce(&state, question(params, method))
        _ = Sample.press("a", &state)
        _ = ConsoleView.draw(state)
        #expect(
          Sample.press("Ctrl-D", &state).contains { if case .answer = $0 { true } else { false } })
      }
    }
  }
}
