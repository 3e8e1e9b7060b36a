import JSON
import SafeText
import TerminalCore
import Testing

@testable import ConsoleApp
@testable import Operations

private func news(_ text: String, out: Bool = true) -> WireNews {
  let bytes = Array(text.utf8)
  do throws(JSONError) {
    return WireNews(isOutgoing: out, content: .message(try JSON.parse(bytes)), bytes: bytes)
  } catch {
    return WireNews(isOutgoing: out, content: .odd("no JSON"), bytes: bytes)
  }
}

private let request = news(
  #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"search_files"}}"#)
private let answer = news(#"{"jsonrpc":"2.0","id":7,"result":{"content":[]}}"#, out: false)
private let failure = news(
  #"{"jsonrpc":"2.0","id":8,"error":{"code":-32601,"message":"no\u001b[2J"}}"#, out: false)
private let notice = news(#"{"jsonrpc":"2.0","method":"notifications/progress"}"#, out: false)

/// A window that looks at the wire after these have passed.
private func watching(
  _ passed: [WireNews], _ width: Int = 80, _ height: Int = 24, keys: String = ""
) -> ConsoleState {
  var state = Sample.connected(width, height, keys: "6")
  pass(passed, &state)
  _ = Sample.press(keys, &state)
  return state
}

private func pass(_ passed: [WireNews], _ state: inout ConsoleState) {
  for item in passed {
    state.time.wall += 31
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .passed(item)))
  }
}

struct WireTests {
  @Test(arguments: [(40, 10), (80, 24), (120, 40), (200, 50)])
  func `the wire at every size`(width: Int, height: Int) {
    let state = watching([request, answer, notice, failure], width, height, keys: "k k")
    checkScreen(state, "wire-\(width)x\(height)")
  }

  @Test func `secrets are masked until they are asked for, and that is an event`() {
    let masked = #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"token":"••••"}}"#
    var secret = news(masked)
    secret.original = Secret(masked.replacing("••••", with: "s3cret-token"))
    var state = watching([secret])
    func shown() -> String { ScreenText.shown(ConsoleView.draw(state)) }
    func written() -> String {
      WireExport.exports(state).map { String(decoding: $0.bytes(), as: UTF8.self) }.joined()
    }
    #expect(!shown().contains("s3cret") && !written().contains("s3cret"))
    #expect(!"\(state.wire.entries)".contains("s3cret"))
    _ = Sample.press(": reveal Enter", &state)
    #expect(shown().contains("s3cret-token") && shown().contains("SECRETS SHOWN"))
    #expect(written().contains("s3cret-token"))
    #expect(state.events.entries.last?.text.contains("secrets of wire and audit are shown") == true)
    _ = Sample.press(": reveal Space off Enter", &state)
    #expect(!shown().contains("s3cret") && !written().contains("s3cret"))
    #expect(state.events.entries.last?.text.contains("hidden again") == true)
    _ = Sample.press(": reveal Enter", &state)
    var next = Sample.state(80, 24)
    _ = Reducer.reduce(&next, .keptLoaded(state.kept))
    #expect(!next.isRevealing)
  }

  @Test func `an exchange is named by its path`() {
    let facts: JSON = ["verb": "POST", "url": "https://h.test:8080/mcp?a=1", "status": 200]
    let state = watching([
      WireNews(isOutgoing: true, content: .exchange(facts), bytes: Array(facts.pretty.utf8))
    ])
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("POST /mcp?a=1 200"))
  }

  @Test func `what a server says on standard error stands among what passes`() {
    var state = watching([request])
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .told(.stderr("warm\u{1B}[2Jing up"))))
    pass([answer], &state)
    #expect(state.wire.entries.map(\.kind) == [.request, .log, .response])
    #expect(state.wire.entries[2].partner == 1)
    _ = Sample.press("k", &state)
    let shown = ScreenText.shown(ConsoleView.draw(state))
    #expect(shown.contains("log") && shown.contains("warm⟨U+001B⟩[2Jing up"))
    _ = Sample.press("/ ~d Space log Enter", &state)
    #expect(state.list.shown.count == 1)
    _ = Sample.press("r", &state)
    #expect(state.status?.text.contains("only requests of ours") == true)
  }

  @Test func `a message is looked at byte by byte`() {
    var state = watching([request], keys: "g Enter ]")
    #expect(
      ScreenText.shown(ConsoleView.draw(state)).contains(
        "00000000  7b 22 6a 73 6f 6e 72 70  63 22 3a 22 32 2e 30 22  {\"jsonrpc\":\"2.0\""))
    checkSizes(state, "message-bytes")
    _ = Sample.press("[", &state)
    #expect(!ScreenText.shown(ConsoleView.draw(state)).contains("00000000"))
  }

  @Test func `a request and its response find each other`() {
    var state = watching([request, notice, answer, failure])
    #expect(state.wire.entries.map(\.kind) == [.request, .notification, .response, .error])
    #expect(state.wire.entries[0].partner == 3)
    #expect(state.wire.entries[2].partner == 1)
    #expect(state.wire.entries[2].milliseconds == 62)
    #expect(state.wire.entries[2].method == "tools/call")
    _ = Sample.press("g p", &state)
    #expect(state.wireEntry?.number == 3)
    _ = Sample.press("g .", &state)
    #expect(state.wireEntry?.number == 4)
    _ = Sample.press("Enter", &state)
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("-32601"))
  }

  @Test func `the newest is followed until somebody looks back`() {
    var state = watching([request, answer])
    #expect(state.wireEntry?.number == 2)
    pass([notice], &state)
    #expect(state.wireEntry?.number == 3)
    _ = Sample.press("k", &state)
    pass([notice, notice], &state)
    #expect(state.wireEntry?.number == 2)
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("PAUSED +2"))
    _ = Sample.press("G", &state)
    pass([notice], &state)
    #expect(state.wireEntry?.number == 6)
  }

  @Test func `a filter holds for what still comes`() {
    var state = watching([request, answer], keys: "/ ntf Enter")
    #expect(state.list.shown.isEmpty)
    pass([notice, request, notice], &state)
    #expect(state.list.shown.count == 2)
    _ = Sample.press("Esc", &state)
    #expect(state.list.shown.count == 5)
  }

  @Test func `the log is bounded and stays usable while it is full`() {
    var log = WireLog()
    for _ in 0..<(WireLog.mostEntries + 700) { log.take(notice, of: 1, at: 0) }
    #expect(log.entries.count <= WireLog.mostEntries)
    #expect(log.entry(log.last)?.number == log.last)
    #expect(log.entry(1) == nil)
    let large = WireNews(
      isOutgoing: false, content: .odd("x"), bytes: [UInt8](repeating: 65, count: 1 << 20))
    for _ in 0..<400 { log.take(large, of: 1, at: 0) }
    #expect(log.bytes <= WireLog.mostBytes)
    #expect(log.entries.last?.size == 1 << 20)
  }

  @Test func `nothing on the wire reaches the terminal as it is`() {
    let state = watching([failure, news("\u{1B}[31m no JSON \u{202E}", out: false)])
    let shown = ScreenText.shown(ConsoleView.draw(state))
    #expect(!shown.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
  }

  @Test func `every message of the status line is found among the events`() {
    var state = Sample.connected(80, 24, keys: "0")
    _ = Sample.press("F2", &state)
    _ = Reducer.reduce(
      &state,
      .link(1, attempt: 1, .told(.serverLog(level: "error", logger: "db", data: "lost\u{1B}[2J"))))
    let texts = state.events.entries.map(\.text)
    #expect(texts.contains { $0.hasPrefix("mouse on") })
    #expect(texts.contains("connected to demo"))
    #expect(state.list.current.map { state.events.entries[$0].text } == "error: lost\u{1B}[2J")
    _ = Sample.press("/ lost Enter", &state)
    checkScreen(state, "events-80x24")
  }
}
