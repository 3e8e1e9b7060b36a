import EventLoop
import JSON
import MCPProtocol
import Settings
import TerminalCore
import Testing
import Widgets

@testable import ConsoleApp
@testable import Operations

private let failure = OperationFailure(
  .unreachable, layer: "tcp", "nobody listens", hint: "start it")

struct LinkTests {
  @Test func `Enter connects and the tools open when the server is there`() {
    var state = Sample.state(80, 24, rows: Sample.reachable)
    let effects = Sample.press("Enter", &state)
    #expect(effects.contains { if case .connect(1, 1, _) = $0 { true } else { false } })
    #expect(state.links[1]?.isConnecting == true)
    let loading = Reducer.reduce(&state, .link(1, attempt: 1, .opened(Sample.facts)))
    #expect(loading.contains(.load(1, attempt: 1, .tools)))
    #expect(state.screen == Screen(.tools, link: 1))
  }

  @Test func `whoever has gone on reading is not taken away by a connection`() {
    var state = Sample.state(80, 24, rows: Sample.reachable, keys: "Enter l")
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .opened(Sample.facts)))
    #expect(state.screen.id == .server)
  }

  @Test func `news of an older attempt is dropped`() {
    var state = Sample.state(80, 24, rows: Sample.reachable, keys: "Enter r")
    #expect(state.links[1]?.attempt == 2)
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .failed(failure)))
    #expect(state.links[1]?.isConnecting == true)
    _ = Reducer.reduce(&state, .link(2, attempt: 1, .failed(failure)))
    #expect(state.links[1]?.isConnecting == true)
  }

  @Test func `a server of the project is shown before it is run`() {
    var rows = Sample.reachable
    rows[0].definition?.origin.trust = .project
    var state = Sample.state(80, 24, rows: rows)
    #expect(Sample.press("Enter", &state).isEmpty)
    _ = Sample.press("Esc", &state)
    #expect(state.links.isEmpty)
    #expect(
      Sample.press("Enter Enter", &state)
        .contains { if case .connect = $0 { true } else { false } })
    // Once agreed to it is not asked again.
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .failed(failure)))
    #expect(!Sample.press("Enter", &state).isEmpty)
  }

  @Test func `a list that changes is loaded again where it is looked at`() {
    var state = Sample.connected(80, 24)
    let seen = Reducer.reduce(&state, .link(1, attempt: 1, .told(.listChanged("tools"))))
    #expect(seen == [.load(1, attempt: 1, .tools)])
    _ = Reducer.reduce(
      &state, .link(1, attempt: 1, .listed(Sample.report(Sample.tools), milliseconds: 1)))
    _ = Sample.press("q", &state)
    #expect(Reducer.reduce(&state, .link(1, attempt: 1, .told(.listChanged("tools")))).isEmpty)
    #expect(Sample.press("2", &state) == [.load(1, attempt: 1, .tools)])
  }

  @Test func `filter and cursor of a list outlast other views and a reload`() {
    var state = Sample.connected(80, 24, keys: "/ a Enter j")
    let kept = state.selectedTool?.tool.name
    _ = Sample.press("1 2", &state)
    #expect(state.selectedTool?.tool.name == kept)
    #expect(state.list.filter.text == "a")
    _ = Reducer.reduce(
      &state,
      .link(
        1, attempt: 1, .listed(Sample.report([["name": "aaa"]] + Sample.tools), milliseconds: 1)))
    #expect(state.selectedTool?.tool.name == kept)
  }

  @Test func `a server that goes away leaves its tools readable and says so`() {
    var state = Sample.connected(80, 24)
    _ = Reducer.reduce(&state, .link(1, attempt: 1, .told(.closed("it ended with code 3"))))
    #expect(state.status?.text == "demo: it ended with code 3")
    #expect(state.tools(of: state.screen).count == Sample.tools.count)
    #expect(Sample.press("r", &state).contains { if case .connect = $0 { true } else { false } })
  }

  @Test func `a filter can exclude`() {
    #expect(FilterWords("!ro files").match(["search_files", "DEL"]))
    #expect(!FilterWords("!DEL files").match(["search_files", "DEL"]))
    #expect(FilterWords("").match([]))
    let rows: [(String, String, Bool)] = [
      ("file", "Search FILES", true), ("Files", "search files", false),
      ("über", "ÜBER alles", true),
      ("日本", "ツール日本語", true), ("longer than it", "long", false), ("!", "!", true),
      ("a b", "b a", true),
    ]
    for (words, text, expected) in rows {
      #expect(FilterWords(words).match([text]) == expected, "\(words)")
    }
  }

  @Test func `the palette finds commands, servers and tools`() {
    let rows = [
      ("unseal", "unseal_vault"), ("@pr", "prod"), (">quit", "Quit"), ("sf", "search_files"),
      ("https://h.test/mcp", "connect to https://h.test/mcp"),
    ]
    for (typed, found) in rows {
      let state = Sample.connected(80, 24, keys: ": \(typed)")
      guard case .palette(let palette) = state.overlay else {
        Issue.record("no palette")
        continue
      }
      #expect(palette.current?.title == found, "\(typed)")
    }
    #expect(
      Sample.connected(80, 24, keys: ": unseal Enter").selectedTool?.tool.name == "unseal_vault")
    var state = Sample.connected(80, 24, keys: ": >quit")
    #expect(Sample.press("Enter", &state) == [.quit])
  }

  @Test func `what is copied is what a shell takes`() {
    var state = Sample.connected(80, 24)
    #expect(Sample.press("y c", &state).contains(.copy("alidade call @demo search_files")))
    #expect(state.overlay == nil)
    #expect(state.status?.text.hasPrefix("copied as a command") == true)
    #expect(Sample.press("y y", &state).contains(.copy("search_files")))
  }

  @Test func `digits need a connection where the view is of one`() {
    var state = Sample.state(80, 24, rows: Sample.reachable)
    #expect(Sample.press("2", &state).isEmpty == false)
    #expect(state.status?.text.contains("no server is connected") == true)
    #expect(state.screen == Screen(.servers))
  }
}
