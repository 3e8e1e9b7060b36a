import TerminalCore
import Testing
import Widgets

@testable import ConsoleApp

private func selected(after keys: String, rows: [ServerRow] = Sample.servers) -> String? {
  Sample.state(80, 24, rows: rows, keys: keys).selectedServer?.name
}

struct KeyTests {
  @Test func `the cursor moves by letters and arrows`() {
    let rows = [
      ("", "search"), ("j", "prod"), ("Down Down", "日本語サーバー"), ("j j k", "prod"), ("G", "unclear"),
      ("G g", "search"), ("End Home", "search"), ("PgDn", "unclear"), ("k", "search"),
      ("G j", "unclear"),
    ]
    for (keys, name) in rows { #expect(selected(after: keys) == name, "\(keys)") }
  }

  @Test func `a filter narrows the list and the cursor comes back with it`() {
    #expect(selected(after: "/ prod Enter") == "prod")
    #expect(Sample.state(80, 24, keys: "/ prod Enter").hiddenServers == 5)
    #expect(selected(after: "/ prod Enter Esc") == "prod")
    #expect(Sample.state(80, 24, keys: "/ prod Enter Esc").hiddenServers == 0)
    #expect(selected(after: "/ CURSOR Enter") == nil)
    #expect(selected(after: "/ cursor Down Enter") == "unclear")
    #expect(selected(after: "/ cursor Space htps Enter") == "unclear")
  }

  @Test func `Esc goes one step out and never ends the program`() {
    var state = Sample.state(80, 24, keys: "/ s Enter l ?")
    #expect(state.help != nil)
    let steps: [(ConsoleState) -> Bool] = [
      { $0.help == nil && $0.route.count == 2 },
      { $0.route.count == 1 && !$0.list.filter.isEmpty },
      { $0.list.filter.isEmpty },
      { $0.status?.text == "q quits" },
    ]
    for step in steps {
      #expect(!Sample.press("Esc", &state).contains(.quit))
      #expect(step(state))
    }
  }

  @Test func `q closes a view and at the root ends the program`() {
    var state = Sample.state(80, 24, keys: "l")
    #expect(Sample.press("q", &state).isEmpty)
    #expect(state.route.count == 1)
    #expect(Sample.press("q", &state) == [.quit])
  }

  @Test func `letters typed into a field are text, whatever they do elsewhere`() {
    let state = Sample.state(80, 24, keys: "/ qQ?RjG")
    #expect(state.list.filter.text == "qQ?RjG")
    #expect(Sample.state(80, 24, keys: "? q j R").help?.filter.text == "qjR")
  }

  @Test func `Ctrl-C ends the program only when pressed twice in time`() {
    var state = Sample.state(80, 24)
    #expect(Sample.press("Ctrl-C", &state).contains(.startTimer(.quitArmed, milliseconds: 2000)))
    #expect(state.status?.text == "Ctrl-C again within 2 s quits")
    var late = state
    _ = Reducer.reduce(&late, .timerFired(.quitArmed))
    #expect(!Sample.press("Ctrl-C", &late).contains(.quit))
    #expect(Sample.press("Ctrl-C", &state) == [.quit])
  }

  @Test func `a command that cannot act says why`() {
    var state = Sample.state(80, 24, rows: [])
    _ = Sample.press("Enter", &state)
    #expect(
      state.status?.text
        == "Connect, or go to the tools of an open connection: no server is known yet")
    _ = Sample.press("/", &state)
    #expect(state.status?.text == "Filter the list: there is nothing to filter")
  }

  @Test func `an Esc and a letter in one read are two keys where Alt means nothing`() {
    var state = Sample.state(80, 24, keys: "l")
    _ = Reducer.reduce(&state, .input(.key(Key(.character("j"), .alt))))
    #expect(state.route.count == 1)
    #expect(state.selectedServer?.name == "prod")
  }

  @Test func `a paste goes into a field or nowhere`() {
    var state = Sample.state(80, 24, keys: "/")
    _ = Reducer.reduce(&state, .input(.paste("pro\nd")))
    #expect(state.list.filter.text == "pro d")
    var browsing = Sample.state(80, 24)
    let before = browsing.list
    _ = Reducer.reduce(&browsing, .input(.paste("qqq\nQ")))
    #expect(browsing.list == before)
    #expect(browsing.status?.text == "nothing takes a paste here; / filters")
  }

  @Test func `help runs what is selected`() {
    var state = Sample.state(80, 24)
    #expect(Sample.press("? repaint Enter", &state).contains(.repaint))
    #expect(state.help == nil)
    #expect(Sample.press("? @f2 Enter", &state).contains(.setMouse(true)))
    _ = Sample.press("F1 filter Esc", &state)
    #expect(state.help?.filter.isEmpty == true)
    _ = Sample.press("Esc", &state)
    #expect(state.help == nil)
  }

  @Test func `help moves and scrolls over what its filter shows`() {
    var state = Sample.state(80, 24, keys: "? Down Down Up")
    #expect(state.help?.selected.cursor == 1)
    _ = Sample.press("Down Down page", &state)
    #expect(state.help?.selected.cursor == 0)
    _ = Sample.press("Down Down Down Down Down Down Down Down", &state)
    #expect(state.help?.current?.title.lowercased().contains("page") == true)
  }

  @Test func `a server that leaves its file closes its view`() {
    var state = Sample.state(80, 24, keys: "j l")
    _ = Reducer.reduce(&state, .serversLoaded(ServerReport(rows: [Sample.servers[0]])))
    #expect(state.route == [Screen(.servers)])
  }

  @Test func `the cursor stays on its server when the list is loaded again`() {
    var state = Sample.state(80, 24, keys: "j j")
    let more = [ServerRow(name: "new", transport: .http, target: "u", source: "alidade")]
    _ = Reducer.reduce(
      &state, .serversLoaded(ServerReport(rows: more + Sample.servers, problems: ["a", "b"])))
    #expect(state.selectedServer?.name == "日本語サーバー")
    #expect(state.status == Status(level: .error, text: "a (and 1 more)"))
  }

  @Test func `an error stays until a key, a message for its time`() {
    var state = Sample.state(80, 24)
    _ = Reducer.reduce(&state, .serversLoaded(ServerReport(rows: [], problems: ["broken"])))
    #expect(state.status?.level == .error)
    _ = Sample.press("k", &state)
    #expect(state.status?.level != .error)
  }
}

extension ConsoleState {
  fileprivate var hiddenServers: Int { servers.rows.count - list.shown.count }
}
