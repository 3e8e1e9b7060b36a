import Audit
import JSON
import MCPProtocol
import TerminalCore
import Testing

@testable import ConsoleApp
@testable import Operations

/// A connected window that changes nothing.
private func readOnly(_ width: Int = 80, _ height: Int = 24, keys: String = "") -> ConsoleState {
  var state = Sample.connected(width, height)
  state.isReadOnly = true
  Sample.press(keys, &state)
  return state
}

private func isCall(_ effect: Effect) -> Bool { if case .call = effect { true } else { false } }

struct ReadOnlyTests {
  @Test func `only tools that are marked read-only are called`() {
    var state = readOnly()
    #expect(Sample.press("Enter x Ctrl-S", &state).contains(where: isCall))
    state = readOnly()
    #expect(!Sample.press("j Enter Ctrl-S", &state).contains(where: isCall))
    #expect(
      state.status?.text
        == "Send the call: the window is read-only, and unseal_vault is not marked read-only by its server"
    )
    #expect(state.calls.isEmpty && state.overlay == nil)
  }

  @Test func `no way leads round it`() {
    let orders: [(CallRecord.Order, Bool)] = [
      (.tool("search_files", arguments: [:], schema: nil), true),
      (.tool("unseal_vault", arguments: [:], schema: nil), false),
      (.tool("no_schema", arguments: nil, schema: nil), false),
      (.tool("unknown", arguments: nil, schema: nil), false),
      (.resource(uri: "file:///a"), true), (.prompt("p", arguments: nil), true),
      (.raw("tools/list", params: nil), true), (.raw("resources/subscribe", params: nil), false),
      (.raw("tools/call", params: ["name": "search_files"]), true),
      (.raw("tools/call", params: ["name": "unseal_vault"]), false),
      (.raw("tools/call", params: nil), false), (.raw("evil/wipe", params: nil), false),
    ]
    for (order, isMade) in orders {
      var state = readOnly()
      #expect(state.call(1, order).contains(where: isCall) == isMade, "\(order)")
      #expect(isMade || state.status?.text.contains("read-only") == true)
      var free = Sample.connected(80, 24)
      #expect(free.call(1, order).contains(where: isCall))
    }
    var state = readOnly()
    #expect(!state.tryLine(":call unseal_vault").contains(where: isCall))
    #expect(state.status?.text.contains("unseal_vault is not marked read-only") == true)
    #expect(!state.tryLine(":raw evil/wipe").contains(where: isCall))
    #expect(state.begin(1, .raw("evil/wipe", params: nil)) == nil)
  }

  @Test func `every other change is refused with the reason`() {
    let wishes: [OfficeWish] = [
      .decide(id: "a", isApproved: true, reason: ""), .revokeKey(id: "k"), .rotateKey(id: "k"),
      .revokeConsent(id: "c"),
    ]
    for wish in wishes {
      var state = readOnly()
      let effects = state.ask(wish)
      #expect(!effects.contains { if case .operate = $0 { true } else { false } }, "\(wish)")
      #expect(state.status?.text == "the window is read-only")
    }
    let state = readOnly()
    let writing = Keymap.commands.filter(\.isWrite)
    #expect(
      Set(writing.map(\.id)) == [
        "server.add", "server.import", "auth.revoke", "auth.forget", "authServer.revoke",
        "authServer.forget", "approvals.approve", "approvals.reject", "keys.mint", "keys.rotate",
        "keys.revoke", "consents.revoke", "faults.switch", "faults.clear",
      ])
    for command in writing {
      #expect(command.availability(state) == .disabled(reason: "the window is read-only"))
    }
    var servers = readOnly(keys: "1")
    Sample.press("A", &servers)
    #expect(servers.overlay == nil)
    #expect(
      servers.status?.text == "Add a server to the catalog: the window is read-only")
  }

  @Test func `a server that is marked prod is asked about before it is changed`() {
    var state = Sample.connected(80, 24)
    state.production = ["demo"]
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("PROD"))
    #expect(Sample.press("Enter x Ctrl-S", &state).contains(where: isCall))
    var other = Sample.connected(80, 24)
    other.production = ["demo"]
    #expect(!Sample.press("j j j j Enter Ctrl-S", &other).contains(where: isCall))
    #expect(ScreenText.shown(ConsoleView.draw(other)).contains("no_schema of demo is not marked"))
    #expect(!Sample.press("Enter", &other).contains(where: isCall))
    #expect(Sample.press("no_schema Enter", &other).contains(where: isCall))
    var elsewhere = Sample.connected(80, 24)
    elsewhere.production = ["billing"]
    #expect(Sample.press("j j j j Enter Ctrl-S", &elsewhere).contains(where: isCall))
  }

  @Test func `what was filled in and not sent is asked about before the end`() {
    var state = Sample.connected(80, 24, keys: "Enter x Esc")
    #expect(Sample.press("Q", &state).isEmpty)
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("Filled in and not sent:"))
    Sample.press("Esc Enter Ctrl-S", &state)
    _ = Reducer.reduce(&state, .call(1, .answered(Sample.answer(["content": []]))))
    #expect(Sample.press("Esc Esc Q", &state).contains(.quit))
  }

  @Test func `it says what it is at every size`() {
    checkSizes(readOnly(), "read-only")
  }

  @Test func `one line around the frame is left where that is wished`() {
    var state = Sample.connected(80, 24)
    _ = state.tryLine(":chrome min")
    _ = Reducer.reduce(&state, .timerFired(.status))
    checkSizes(state, "chrome-min")
    #expect(ShellLayout(state).frame.height == 23)
    // What is said takes the one line for as long as it is said.
    _ = state.say(.warning, "mind the gap")
    #expect(ScreenText.shown(ConsoleView.draw(state)).hasPrefix(" mind the gap"))
    #expect(ShellLayout(state).frame.height == 23)
    var next = Sample.connected(80, 24)
    next.restore(state.kept)
    #expect(next.hasSmallChrome)
    _ = state.tryLine(":chrome full")
    #expect(ShellLayout(state).frame.height == 21)
    _ = state.tryLine(":chrome none")
    #expect(state.status?.text == "there are min and full")
  }
}
