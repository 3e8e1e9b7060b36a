import JSON
import TerminalCore
import TestSupport
import Testing

@testable import ConsoleApp
@testable import Operations

private let sizes = [(40, 10), (80, 24), (120, 40), (200, 50)]

private let answer: JSON = [
  "content": [
    ["type": "text", "text": "# Found\n\n- `a.swift`\n- **b.swift**\n\n[docs](https://a.test)"]
  ],
  "structuredContent": ["matches": [["path": "a.swift", "line": 12]]],
]

/// A window in which the first tool was called and answered, at rest.
private func answered(_ width: Int, _ height: Int, _ result: JSON, keys: String) -> ConsoleState {
  var state = Sample.connected(width, height, keys: "Enter x Ctrl-S")
  _ = Reducer.reduce(&state, .call(1, .answered(Sample.answer(result))))
  _ = Reducer.reduce(&state, .timerFired(.status))
  _ = Sample.press(keys, &state)
  return state
}

/// A window that has seen a request and its answer.
private func watched(_ width: Int, _ height: Int, keys: String) -> ConsoleState {
  var state = Sample.connected(width, height, keys: "6")
  let messages: [(JSON, Bool)] = [
    (
      ["jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": ["name": "search_files"]], true
    ),
    (["jsonrpc": "2.0", "id": 7, "result": ["content": []]], false),
  ]
  for (message, isOutgoing) in messages {
    state.time.wall += 31
    let news = WireNews(
      isOutgoing: isOutgoing, content: .message(message), bytes: message.compactBytes)
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .passed(news)))
  }
  _ = Sample.press(keys, &state)
  return state
}

/// A window that looks at one exchange of HTTP.
private func exchanged(_ width: Int, _ height: Int) -> ConsoleState {
  var state = Sample.connected(width, height, keys: "6")
  let facts: JSON = [
    "verb": "POST", "url": "https://mcp.example.test/mcp", "status": 200, "version": "HTTP/2",
    "peer": "203.0.113.7:443", "reused": true,
    "timings": ["nameLookup": 1, "connected": 12, "secured": 31, "firstByte": 55, "total": 58],
    "requestBytes": 214,
    "requestHeaders": [
      "Content-Type": "application/json", "Authorization": "Bearer ••••",
      "Mcp-Session-Id": "b7c1\u{202E}",
    ],
    "responseBytes": 2148,
    "responseHeaders": ["Content-Type": "text/event-stream", "Server": "nginx"],
  ]
  let news = WireNews(
    isOutgoing: true, content: .exchange(facts), bytes: Array(facts.pretty.utf8))
  _ = Reducer.reduce(&state, .link(1, attempt: 1, .passed(news)))
  _ = Sample.press("Enter", &state)
  return state
}

private let turns: JSON = [
  ["role": "user", "content": "Where is the mistake?"],
  [
    "role": "assistant",
    "content": [["type": "text", "text": "In a.swift, line 12.\nShall I remove it?"]],
  ],
  ["role": "user", "content": "Yes, 日本語\u{202E} too."],
]

private let rows: JSON = [
  "structuredContent": [
    "matches": [
      ["path": "b.swift", "line": 88, "kind": "file"], ["path": "a.swift", "line": 12],
      ["path": "日本.swift", "line": 120, "kind": "file"], ["path": "c.swift", "line": .null],
    ]
  ],
  "content": [],
]

private let bytes: JSON = [
  "contents": [
    [
      "uri": "file:///logo.bin", "mimeType": "application/octet-stream",
      "blob": "AAECAwQFBgcICQoLDA0OD0hlbGxvLCB3b3JsZCEbWzJKfn+AgcPp//4=",
    ]
  ]
]

/// A window with a long choice open.
private func choosing(_ width: Int, _ height: Int) -> ConsoleState {
  let colours = JSON.array((1...30).map { .string("colour-\($0)") })
  let tool: JSON = [
    "name": "paint", "inputSchema": ["type": "object", "properties": ["c": ["enum": colours]]],
  ]
  return Sample.connected(width, height, tools: [tool], keys: "Enter Enter 1")
}

/// A window whose call has run for a while, with progress, or has failed.
private func calling(_ width: Int, _ height: Int, _ news: CallNews?) -> ConsoleState {
  var state = Sample.connected(width, height, keys: "Enter x Ctrl-S")
  _ = Reducer.reduce(&state, .timerFired(.status))
  state.time.steady += 4_200
  if let news { _ = Reducer.reduce(&state, .call(1, news)) }
  return state
}

private let failure = OperationFailure(
  .unreachable, layer: "spawn", "run-demo: tools/call: the server process exited with status 3",
  hint: "look at its standard error", details: ["stderr": ["one line\u{1B}[2J"]])

/// Screens that have no golden of their own elsewhere, with the keys that lead there.
private let screens: [(name: String, state: @Sendable (Int, Int) -> ConsoleState)] = [
  ("server-open", { Sample.connected($0, $1, keys: "1 l") }),
  ("tool", { Sample.connected($0, $1, keys: "l") }),
  ("events-all", { Sample.connected($0, $1, keys: "F2 0") }),
  ("http-exchange", { exchanged($0, $1) }),
  ("chat", { answered($0, $1, ["structuredContent": ["messages": turns]], keys: "") }),
  ("hex", { answered($0, $1, bytes, keys: "] ]") }),
  ("sorted-table", { answered($0, $1, rows, keys: "] s line Enter") }),
  ("message", { watched($0, $1, keys: "g Enter") }),
  ("markdown", { answered($0, $1, answer, keys: "") }),
  ("value", { answered($0, $1, answer, keys: "] ] G Enter") }),
  ("wire-of-a-call", { answered($0, $1, answer, keys: "[") }),
  (
    "changes",
    {
      answered($0, $1, ["structuredContent": ["before": "a\nb\n", "after": "a\nc\nd\n"]], keys: "")
    }
  ),
  ("sorting", { Sample.connected($0, $1, keys: "s") }),
  ("marked", { Sample.connected($0, $1, keys: "Space j Space s falling Enter") }),
  ("filter-broken", { watched($0, $1, keys: "/ ( ~m") }),
  ("palette-line", { Sample.connected($0, $1, keys: ": call Space search_files Space") }),
  ("choosing", { choosing($0, $1) }),
  ("running", { calling($0, $1, nil) }),
  ("call-failed", { calling($0, $1, .failed(failure)) }),
  ("palette-found", { Sample.connected($0, $1, keys: ": sear") }),
  ("writing", { Sample.connected($0, $1, keys: "w") }),
  ("confirming", { Sample.connected($0, $1, keys: "j Enter Ctrl-S") }),
  ("copying-tool", { Sample.connected($0, $1, keys: "y") }),
  ("help-tools", { Sample.connected($0, $1, keys: "?") }),
]

struct EveryScreenTests {
  @Test(arguments: sizes)
  func `every screen at every size`(width: Int, height: Int) {
    for screen in screens {
      checkScreen(screen.state(width, height), "\(screen.name)-\(width)x\(height)")
    }
  }

  @Test func `every screen takes every key and every size and draws`() {
    let keys = "j k g G Space s Esc / x Esc z z < > n w Esc y Esc : Esc ? Esc Enter Esc [ ] h l"
    for screen in screens {
      var state = screen.state(80, 24)
      for (index, key) in Sample.keys(keys).enumerated() {
        _ = Reducer.reduce(&state, .input(.key(key)))
        let size = [(1, 1), (40, 8), (79, 15), (200, 50), (80, 24)][index % 5]
        _ = Reducer.reduce(&state, .resized(Size(width: size.0, height: size.1)))
        let grid = ConsoleView.draw(state)
        if let cursor = grid.cursor { #expect(grid.bounds.contains(cursor), "\(screen.name)") }
      }
    }
  }

  @Test func `a server that dies leaves what was typed, in every dialog`() {
    for keys in ["Enter needle", "s", "y", ":", "?", "w", "j Enter Ctrl-S", "Enter x Ctrl-S"] {
      var state = Sample.connected(80, 24, keys: keys)
      let form = state.form?.value
      _ = Reducer.reduce(&state, .link(1, attempt: 1, .told(.closed("the process has ended"))))
      #expect(state.form?.value == form)
      #expect(state.status?.text.contains("the process has ended") == true)
      _ = ConsoleView.draw(state)
      _ = Sample.press("Esc Esc Esc Esc 1 Enter", &state)
      #expect(state.links[1]?.isConnecting == true, "\(keys)")
    }
  }

  @Test func `a configuration that disappears leaves what is connected`() {
    var state = Sample.connected(80, 24, keys: "Enter needle")
    _ = Reducer.reduce(
      &state, .serversLoaded(ServerReport(rows: [], problems: ["servers.json: it is gone"])))
    #expect(state.form?.value == ["q": "needle"])
    #expect(state.links[1]?.isOpen == true)
    _ = Sample.press("Esc 1", &state)
    #expect(state.servers.rows.map(\.name) == ["demo"])
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("its file does not name it "))
    _ = Reducer.reduce(&state, .serversLoaded(ServerReport(rows: Sample.reachable)))
    #expect(state.servers.rows == Sample.reachable)
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .told(.closed("it has ended"))))
    _ = Reducer.reduce(&state, .serversLoaded(ServerReport(rows: [])))
    #expect(state.servers.rows.isEmpty)
  }
}

struct ThemeScreenTests {
  @Test func `every theme draws every role of one screen`() throws {
    for name in Themes.names {
      let text = try #require(Repository.text(of: "themes/\(name).theme"))
      let (theme, warnings) = ThemeParser.parse(text, name: name) {
        Repository.text(of: "themes/\($0).theme")
      }
      #expect(warnings.isEmpty)
      let state = Sample.connected(80, 24, keys: "j")
      let grid = ConsoleView.draw(state)
      let used = Set(grid.cells.map(\.style))
      let depths = ColorDepth.allCases.map { ResolvedTheme(theme, depth: $0) }
      let lines = Role.allCases.flatMap { role in
        Role.allCases.filter { used.contains(Style(role, on: $0)) }.map { surface in
          let looks = depths.map { Self.words($0[Style(role, on: surface)]) }
          return "\(role.name) on \(surface.name): " + looks.joined(separator: " | ")
        }
      }
      let screen =
        ScreenText.shown(grid) + "\n── looks: "
        + ColorDepth.allCases.map { "\($0)" }.joined(separator: " | ") + " ──\n"
        + lines.joined(separator: "\n") + "\n"
      Golden.check(screen, against: "Tests/App/ConsoleAppTests/Screens/theme-\(name).screen")
    }
  }

  private static func words(_ look: Attributes) -> String {
    func colour(_ color: Color) -> String {
      switch color {
      case .standard: "-"
      case .index(let index): "\(index)"
      case .rgb(let rgb): "\(rgb.red),\(rgb.green),\(rgb.blue)"
      }
    }
    let effects = Effects.names.filter { look.effects.contains($0.effect) }.map(\.name)
    return "\(colour(look.foreground)) on \(colour(look.background))"
      + (effects.isEmpty ? "" : " " + effects.joined(separator: "+"))
  }
}
