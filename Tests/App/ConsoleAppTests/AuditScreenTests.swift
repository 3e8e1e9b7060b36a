import EventLoop
import JSON
import TerminalCore
import Testing
import Widgets

@testable import Audit
@testable import ConsoleApp
@testable import Operations

private let rows: [String] = (1...40).map { number in
  let (tool, actor) = (
    ["list_agents", "create_memory", "search"][number % 3], ["ann", "bo"][number % 2]
  )
  let outcome = number % 7 == 0 ? "denied" : number % 11 == 0 ? "failed" : "ok"
  let kind = tool == "create_memory" ? "mcp.tool.invoked.mutating" : "mcp.tool.invoked"
  return
    #"{"number":\#(number),"at":\#(1_785_229_500_000_000 + number * 61_000_000),"kind":"\#(kind)","principal":"\#(actor)","credential":"","system":"alumia","tool":"\#(tool)","arguments":{"q":"needle"},"outcome":"\#(outcome)","microseconds":\#(number * 900),"request":"\#(number)","trace":"","session":"","client":"cli 1","version":"","detail":"","previous":"","hash":""}"#
}

/// A window that has a log of these rows open.
private func watching(
  _ width: Int = 80, _ height: Int = 24, _ lines: [String] = rows, links: [LogLink]? = nil,
  keys: String = ""
) -> ConsoleState {
  var state = Sample.connected(
    width, height,
    tools: [
      ["name": "search", "annotations": ["readOnlyHint": true], "inputSchema": ["type": "object"]],
      ["name": "create_memory", "inputSchema": ["type": "object", "required": ["text"]]],
    ], keys: "7")
  let part = LogLines(rows: lines.map { Array($0.utf8) }, first: 1)
  let profile = LogProfile.of(part)
  tell(.profile(profile), &state)
  tell(.lines([part], inFront: false), &state)
  tell(.digests([.init(first: 1, value: LogDigest(part, profile))]), &state)
  if let links { tell(.links([.init(first: 1, value: links)]), &state) }
  tell(.caughtUp, &state)
  _ = Reducer.reduce(&state, .timerFired(.status))
  _ = Sample.press(keys, &state)
  return state
}

@discardableResult
private func tell(_ news: LogNews, _ state: inout ConsoleState) -> [Effect] {
  Reducer.reduce(&state, .operated(.log(number: state.audit.number, news)))
}

private func shown(_ state: ConsoleState) -> String { ScreenText.shown(ConsoleView.draw(state)) }

struct AuditScreenTests {
  @Test(arguments: [(40, 10), (80, 24), (120, 40), (200, 50)])
  func `the audit at every size`(width: Int, height: Int) {
    let links = rows.indices.map { $0 == 37 ? LogLink.changed : $0 == 38 ? .gap : .whole }
    let state = watching(width, height, links: links, keys: "k k")
    checkScreen(state, "audit-\(width)x\(height)")
  }

  @Test func `its other views`() {
    checkSizes(watching(keys: "#"), "audit-counts")
    checkSizes(watching(keys: "H"), "audit-histogram")
    checkSizes(watching(keys: "f A ~t Space search Enter X ~e Enter"), "audit-filters")
    checkSizes(watching(keys: "g Enter"), "audit-event")
    checkSizes(watching(keys: "f"), "audit-filters-empty")
  }

  @Test
  func
    `secrets of a log are masked on the screen, in copies and in files, until they are asked for`()
  {
    let lines = [
      #"{"at":1785229500000000,"level":"info","msg":"login","password":"hunter2","url":"https://a:b@h.test/?token=abc"}"#,
      "plain text with Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
    ]
    var state = watching(80, 24, lines, keys: "g Enter")
    func written() -> String {
      let exports = ScreenRow.audit.exports(state, Screen(.audit))
      return exports.map { String(decoding: $0.bytes(), as: UTF8.self) }.joined()
        + AuditScreen.copies(state, state.screen).map(\.text).joined()
    }
    #expect(shown(state).contains("\"password\": \"••••\""))
    for word in ["hunter2", "a:b@", "token=abc", "c2lnbmF0dXJl"] {
      #expect(!shown(state).contains(word) && !written().contains(word), "\(word)")
    }
    _ = Sample.press(": reveal Enter", &state)
    #expect(shown(state).contains("hunter2") && written().contains("hunter2"))
    #expect(state.events.entries.last?.text.contains("are shown") == true)
    _ = Sample.press("Esc", &state)
    #expect(shown(state).contains("SECRETS SHOWN"))
    _ = Sample.press(": reveal Space off Enter Enter", &state)
    #expect(!shown(state).contains("hunter2"))
  }

  @Test func `the next row that a filter finds is gone to without hiding the others`() {
    var state = watching(keys: "/ ~c Space denied Enter")
    #expect(state.list.shown.count == 5)
    _ = Sample.press("/ Esc", &state)
    #expect(state.list.shown.count == 40)
    _ = Sample.press("g n", &state)
    #expect(state.list.current == 6)
    _ = Sample.press("n N N", &state)
    #expect(state.list.current == 34)
    #expect(state.status?.text.hasPrefix("round the start") == true)
  }

  @Test func `filters are stacked, counted, joined by AND or OR, and switched off`() {
    var state = watching(keys: "f A ~t Space search Enter A ~a Space ann Enter")
    #expect(shown(state).contains("[x]"))
    func count() -> Int { state.audit.shown.count }
    let search = (1...40).filter { $0 % 3 == 2 }
    let ann = (1...40).filter { $0 % 2 == 0 }
    #expect(count() == Set(search).intersection(ann).count)
    #expect(state.audit.hits(ofRule: 0) == search.count && state.audit.hits(ofRule: 1) == ann.count)
    Sample.press("M", &state)
    #expect(count() == Set(search).union(ann).count)
    Sample.press("X ~c Space denied Enter", &state)
    #expect(count() == Set(search).union(ann).filter { $0 % 7 != 0 }.count)
    Sample.press("g Space j Space", &state)
    #expect(count() == 40 - 5)
    Sample.press("G d", &state)
    #expect(count() == 40)
    Sample.press("q / needle Space !bo Enter L L L", &state)
    #expect(count() == ann.filter { $0 % 7 != 0 && $0 % 11 == 0 }.count)
  }

  @Test func `a filter that cannot be read leaves the one in force`() {
    var state = watching(keys: "/ ~t Space search")
    let before = state.audit.shown
    Sample.press("Space (", &state)
    #expect(state.list.filterProblem != nil && state.audit.shown == before)
    Sample.press("Esc", &state)
    #expect(state.audit.shown.count == 40)
  }

  @Test func `rows are counted by several fields at once`() {
    var state = watching()
    _ = Sample.press(": count Space by Space actor,decision Enter", &state)
    #expect(state.screen.id == .auditCounts)
    let rows = state.audit.counts.rows
    #expect(rows.allSatisfy { $0.values.count == 2 } && rows.reduce(0) { $0 + $1.count } == 40)
    let denied = (1...40).count { $0 % 7 == 0 && $0 % 2 == 0 }
    #expect(rows.first { $0.values == ["ann", "denied"] }?.count == denied)
    #expect(shown(state).contains("Count by actor, outcome"))
    let place = rows.firstIndex { $0.values == ["ann", "denied"] } ?? 0
    state.moveCursor(.to(place))
    _ = Sample.press("Enter", &state)
    #expect(state.audit.shown.count == denied)
    _ = Sample.press(": count Space actor,actor Enter", &state)
    #expect(state.status?.text.contains("each once") == true)
  }

  @Test func `windows of time, counts and the histogram narrow what is shown`() {
    var state = watching()
    Sample.press("t 2026-07-28T09:10..2026-07-28T09:15 Enter", &state)
    #expect(state.audit.shown.count == 5, "\(state.audit.shown)")
    Sample.press("t Enter", &state)
    #expect(state.audit.shown.count == 40)
    Sample.press("# ] Enter", &state)
    #expect(state.screen.id == .audit && state.audit.query.rules.first?.text == "~c \"ok\"")
    Sample.press("f d q H Enter", &state)
    #expect(state.audit.query.since != nil)
    for text in ["rubbish", "2026-02-30", "2026-07-28T25:00"] {
      state.status = nil
      Sample.press("t \(text) Enter", &state)
      #expect(state.status?.level == .warning, "\(text)")
    }
  }

  @Test func `rows in front keep the cursor where it is and rows behind are followed`() {
    var state = watching(keys: "")
    #expect(state.list.current == 39)
    let older = LogLines(rows: [Array(rows[0].utf8)], first: 0)
    tell(.lines([older], inFront: true), &state)
    #expect(state.audit.count == 41 && state.list.currentKey == "40")
    Sample.press("k", &state)
    let newer = LogLines(rows: [Array(rows[1].utf8)], first: 41)
    tell(.lines([newer], inFront: false), &state)
    #expect(shown(state).contains("PAUSED +1"))
    Sample.press("G", &state)
    #expect(state.list.currentKey == "41" && shown(state).contains("FOLLOW"))
  }

  @Test func `a log that is odd, hostile, gone or locked is told and survived`() {
    let state = watching(
      80, 24,
      [
        "no json", "\u{1B}[2J{", #"{"time":1,"tool":"evil\u202e\u001b[2J"}"#,
      ])
    #expect(shown(state).contains("not read") && !shown(state).contains("\u{1B}"))
    var failed = watching()
    let said = tell(.failed("audit.db: the database is locked by another process"), &failed)
    #expect(!said.isEmpty && failed.status?.text.contains("locked") == true)
    #expect(shown(failed).contains("FAILED"))
    tell(.turned(LogTail.Turn.rotated.rawValue), &failed)
    #expect(failed.status?.text.contains("rotated") == true)
    var other = failed
    _ = Reducer.reduce(&other, .operated(.log(number: 99, .caughtUp)))
    #expect(other.audit == failed.audit)
  }

  @Test func `a range is sent again after one question, what may change something after its own`() {
    var state = watching(keys: "g Space Space Space r")
    #expect(shown(state).contains("Send it again?"))
    var effects = Sample.press("Enter", &state)
    let numbers = state.audit.replay.items.map(\.number)
    #expect(numbers == [1, 2, 3])
    #expect(state.audit.replay.items[0].outcome == .skipped("the tool has changed: " + missing))
    guard case .running(let id) = state.audit.replay.items[1].outcome else {
      Issue.record("\(state.audit.replay.items)")
      return
    }
    #expect(effects.contains { if case .call(id, 1, _) = $0 { true } else { false } })
    effects = Reducer.reduce(&state, .call(id, .answered(Sample.answer(["content": []]))))
    #expect(state.audit.replay.items[1].outcome == .same("ok"))
    #expect(state.audit.replay.items[2].outcome == .skipped("the tool is gone"))
    checkSizes(state, "audit-replay")
  }

  private var missing: String {
    var state = watching(keys: "g r Enter")
    guard case .skipped(let words) = state.audit.replay.items[0].outcome else { return "" }
    Sample.press("q", &state)
    return String(words.dropFirst("the tool has changed: ".count))
  }

  @Test func `what is shown is written, as lines or as a table`() {
    var state = watching(keys: "/ ~t Space search Enter")
    let effects = Sample.press("w Enter", &state)
    guard case .write(let path, let bytes)? = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(path == "audit.ndjson")
    #expect(String(decoding: bytes, as: UTF8.self).split(separator: "\n").count == 13)
  }

  @Test func `another log is opened by its name and profile`() {
    var state = watching()
    let effects = Sample.press("o /var/log/x.log Space toolhive Enter", &state)
    #expect(
      effects.contains(
        .operate(.openLog(.file("/var/log/x.log"), profile: "toolhive", number: 2))))
  }
}
