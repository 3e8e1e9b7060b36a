import JSON
import TerminalCore
import Testing

@testable import ConsoleApp
@testable import Operations

private let exchange: JSON = [
  "verb": "POST", "url": "https://demo.test/mcp", "status": 200, "version": "HTTP/2",
  "requestHeaders": ["accept": "application/json"], "requestBytes": 80,
  "responseHeaders": ["content-type": "application/json"], "responseBytes": 900,
  "timings": ["total": 12.5],
]

private func pass(_ message: JSON, out: Bool, _ state: inout ConsoleState) {
  let news = WireNews(isOutgoing: out, content: .message(message), bytes: message.compactBytes)
  _ = Reducer.reduce(&state, .link(1, attempt: 1, .passed(news)))
}

private func watching(_ secret: String = "x") -> ConsoleState {
  var state = Sample.connected(80, 24, keys: "6")
  pass(
    [
      "id": 1, "method": "tools/call",
      "params": ["name": "a", "arguments": ["k": .string(secret)]],
    ],
    out: true, &state)
  pass(["id": 1, "result": ["isError": true, "content": []]], out: false, &state)
  let facts = WireNews(
    isOutgoing: true, content: .exchange(exchange), bytes: Array(exchange.pretty.utf8))
  _ = Reducer.reduce(&state, .link(1, attempt: 1, .passed(facts)))
  return state
}

private func written(_ effects: [Effect]) -> String? {
  effects.lazy.compactMap { effect -> String? in
    if case .write(_, let bytes) = effect { String(decoding: bytes, as: UTF8.self) } else { nil }
  }.first
}

struct OutputTests {
  @Test func `frames are written as lines of JSON, marked ones alone`() throws {
    var state = watching()
    let all = try #require(written(Sample.press("w Enter", &state)))
    let lines = all.split(separator: "\n")
    #expect(lines.count == 3)
    let first = try JSON.parse(String(lines[0]))
    #expect(first["method"] == "tools/call" && first["direction"] == "out")
    #expect(first["message"]?["params"]?["name"] == "a")
    let marked = try #require(written(Sample.press("g Space w Enter", &state)))
    #expect(marked.split(separator: "\n").count == 1)
  }

  @Test func `exchanges are written as an archive by the name's end`() throws {
    var state = watching()
    let text = try #require(written(Sample.press("w Ctrl-U log.har Enter", &state)))
    let log = try JSON.parse(text)["log"]
    #expect(log?["version"] == "1.2")
    let entry = log?["entries"]?.array?.first
    #expect(entry?["request"]?["url"] == "https://demo.test/mcp")
    #expect(entry?["response"]?["status"] == 200)
    #expect(entry?["time"] == 12.5)
    #expect(entry?["request"]?["headers"]?.array?.first?["name"] == "accept")
  }

  @Test func `a request of the wire is sent again, from either half`() {
    for keys in ["g r", "g j r"] {
      var state = watching()
      let effects = Sample.press(keys, &state)
      #expect(
        effects.contains {
          if case .call(1, 1, .raw("tools/call", let params)) = $0 {
            params?["name"] == "a"
          } else {
            false
          }
        })
    }
  }

  @Test func `a request whose secret was not kept is not sent again`() {
    var state = watching("••••")
    #expect(Sample.press("g r", &state).contains(.startTimer(.status, milliseconds: 4000)))
    #expect(state.status?.text.contains("its secrets were not kept") == true)
  }

  @Test func `a request is edited and sent, and broken JSON goes back to the editor`() {
    var state = watching()
    let effects = Sample.press("g e", &state)
    #expect(
      effects.contains {
        if case .edit(let text, .request(1)) = $0 {
          text.text.contains("tools/call") && text.suffix == ".json"
        } else {
          false
        }
      })
    _ = Reducer.reduce(&state, .edited(.request(1), "{oops"))
    #expect(
      Sample.press("Enter", &state) == [
        .edit(EditorText("{oops", suffix: ".json", line: 1), .request(1))
      ])
    _ = Reducer.reduce(&state, .edited(.request(1), #"{"method":"ping"}"#))
    #expect(state.calls[1]?.order == .raw("ping", params: nil))
  }

  @Test func `errors of tools are found by the filter`() {
    var state = watching()
    _ = Sample.press("/ ~e Enter", &state)
    #expect(state.list.shown.count == 1)
  }

  @Test func `two messages are set side by side`() {
    var state = watching()
    pass(["id": 2, "method": "tools/call", "params": ["name": "b"]], out: true, &state)
    pass(["id": 3, "method": "tools/call", "params": ["name": "b", "x": 1]], out: true, &state)
    _ = Sample.press("G D", &state)
    let shown = ScreenText.shown(ConsoleView.draw(state))
    #expect(shown.contains("~4 and then ~5"))
    #expect(shown.contains("/params/x"))
  }

  @Test func `the pane is printed without its frame`() {
    var state = Sample.state(80, 24)
    let effects = Sample.press("P", &state)
    guard case .show(let text, .plainly)? = effects.first else {
      Issue.record("nothing is shown")
      return
    }
    #expect(text.contains("search") && text.contains("⟨U+001B⟩"))
    #expect(!text.contains("│") && !text.contains("╭"))
    #expect(text.split(separator: "\n").allSatisfy { $0.last != " " })
  }

  @Test func `what acts on a terminal is spelled out in what is printed and paged`() throws {
    var state = Sample.connected(80, 24, keys: "Enter")
    _ = Reducer.reduce(&state, .input(.paste("a\u{202E}b\u{9B}c")))
    let form = PlainText(state).text
    #expect(form.contains(#"a\u202eb\u009bc"#), "\(form)")
    #expect(!form.unicodeScalars.contains("\u{202E}"))
    _ = Sample.press("Ctrl-S", &state)
    let answer: JSON = ["content": [["type": "text", "text": "x\u{1B}[31m\u{202E}y\u{9B}"]]]
    _ = Reducer.reduce(&state, .call(1, .answered(Sample.answer(answer))))
    for keys in ["P", "v"] {
      guard case .show(let text, _)? = Sample.press(keys, &state).first else {
        Issue.record("\(keys) shows nothing")
        return
      }
      let bad: [Unicode.Scalar] = ["\u{1B}", "\u{202E}", "\u{9B}"]
      #expect(text.unicodeScalars.allSatisfy { !bad.contains($0) }, "\(keys): \(text)")
      #expect(text.contains("[31m"))
    }
  }
}
