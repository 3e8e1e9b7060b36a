import JSON
import TerminalCore
import Testing

@testable import ConsoleApp
@testable import Operations

private let resources: [JSON] = [
  ["uri": "file:///notes.txt", "name": "notes", "mimeType": "text/plain", "size": 1234],
  ["uri": "file:///evil\u{202E}.txt", "name": "evil"],
  ["name": "no uri"],
]
private let templates: [JSON] = [["uriTemplate": "file:///{dir}/{name*}", "name": "any file"]]
private let prompts: [JSON] = [
  [
    "name": "greet", "title": "Greeting", "description": "Greets somebody.",
    "arguments": [["name": "who", "required": true, "description": "Whom"], ["name": "tone"]],
  ],
  ["name": "plain"],
]

/// A window that shows the resources, or with `4` the prompts, of its server.
private func browsing(_ keys: String, _ width: Int = 80, _ height: Int = 24) -> ConsoleState {
  var state = Sample.connected(width, height, keys: "3")
  for (items, list) in [
    (resources, CatalogList.resources), (templates, .templates), (prompts, .prompts),
  ] {
    _ = Reducer.reduce(
      &state, .link(1, attempt: 1, .listed(Sample.report(items, list), milliseconds: 3)))
  }
  _ = Sample.press(keys, &state)
  return state
}

struct ResourceTests {
  @Test(arguments: [(40, 10), (80, 24), (120, 40), (200, 50)])
  func `resources and prompts at every size`(width: Int, height: Int) {
    checkScreen(browsing("", width, height), "resources-\(width)x\(height)")
    checkScreen(browsing("4", width, height), "prompts-\(width)x\(height)")
  }

  @Test func `the forms of templates and prompts at every size`() {
    checkSizes(browsing("G Enter my Space dir Tab a one"), "form-of-template")
    checkSizes(browsing("4 Enter Ctrl-S"), "form-of-prompt")
  }

  @Test func `both lists are loaded when the view is opened, and once`() {
    var state = Sample.connected(80, 24)
    #expect(
      Sample.press("3", &state)
        == [.load(1, attempt: 1, .resources), .load(1, attempt: 1, .templates)])
    _ = Sample.press("1", &state)
    #expect(Sample.press("3", &state).isEmpty)
  }

  @Test func `Enter reads a resource and opens a template's form`() {
    var state = browsing("")
    #expect(
      Sample.press("Enter", &state).contains(.call(1, 1, .resource(uri: "file:///notes.txt"))))
    state = browsing("G Enter a Enter b Tab")
    state = browsing("G Enter")
    _ = Sample.press("my Space dir Tab a one Up a two", &state)
    #expect(
      Sample.press("Ctrl-S", &state).contains(
        .call(1, 1, .resource(uri: "file:///my%20dir/one,two"))))
  }

  @Test func `a prompt is asked for what it requires`() {
    var state = browsing("4 Enter")
    #expect(!Sample.press("Ctrl-S", &state).contains { if case .call = $0 { true } else { false } })
    _ = Sample.press("Ann", &state)
    #expect(
      Sample.press("Ctrl-S", &state).contains(
        .call(1, 1, .prompt("greet", arguments: ["who": "Ann"]))))
    let result: JSON = [
      "messages": [["role": "user", "content": ["type": "text", "text": "Hello Ann"]]]
    ]
    _ = Reducer.reduce(&state, .call(1, .answered(Sample.answer(result))))
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("Hello Ann"))
    _ = Sample.press("e", &state)
    #expect(state.form?.value == ["who": "Ann"])
  }

  @Test func `what is copied is what a shell takes`() {
    var state = browsing("")
    #expect(Sample.press("y c", &state).contains(.copy("alidade read @demo file:///notes.txt")))
    state = browsing("4 Enter Ann")
    #expect(Sample.press("Tab Ctrl-S", &state).count > 0)
    #expect(Sample.press("y c", &state).contains(.copy("alidade prompt @demo greet who=Ann")))
  }
}
