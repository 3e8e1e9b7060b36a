import JSON
import MCPProtocol
import Settings
import TerminalCore
import TestSupport
import Testing

@testable import ConsoleApp
@testable import Operations

/// A window whose person has given these commands other keys.
private func rebound(_ state: ConsoleState, _ keys: [String: String]) -> ConsoleState {
  var (state, settings) = (state, WindowSettings())
  settings.bindings = keys.sorted { $0.key < $1.key }.map {
    .init(command: $0, keys: [$1], line: 1)
  }
  let bindings = KeyBindings(settings)
  #expect(bindings.problems.isEmpty)
  state.keymap = bindings.keymap
  return state
}

struct KeyWordTests {
  @Test func `every key that a sentence names is one of a command`() throws {
    let folder = "Sources/App/ConsoleApp"
    var names: Set<String> = []
    for path in Repository.files(under: folder) where path.hasSuffix(".swift") {
      let text = try #require(Repository.text(of: path))
      for match in text.matches(of: /(?:key\(of: |copyKeys\()"([A-Za-z.-]+)"\)/) {
        names.insert(String(match.1))
      }
    }
    #expect(names.count > 60)
    for name in names { #expect(Keymap.command(name) != nil, "\(name) is no command") }
  }

  private func check(
    _ state: ConsoleState, _ bindings: [String: String], _ keys: String, says words: String
  ) {
    var state = rebound(state, bindings)
    _ = Sample.press(keys, &state)
    let shown = ScreenText.shown(ConsoleView.draw(state))
    #expect(shown.contains(words), "\(words)\n\(shown)")
  }

  @Test func `sentences name the keys that a person has given`() {
    let connected = Sample.connected(80, 24)
    check(
      Sample.state(80, 24, rows: []), ["view.refresh": "F5"], "", says: "Press F5 to look again.")
    check(
      connected, ["view.out": "Ctrl-Q"], "/ zzz Enter", says: "nothing matches; Ctrl-Q clears it")
    check(connected, ["list.mark": "F6"], "V", says: "F6 marks the first of them")
    check(connected, ["help.open": "F7"], "", says: "F7 keys")
    check(connected, ["go.tools": "F8", "go.wire": "F9"], "", says: "F8 Tools")
    check(
      Sample.connected(80, 24, keys: "Enter"), ["form.json": "Ctrl-J"], "F1 json",
      says: "Ctrl-J")
    check(connected, ["copy.y": "F3"], "y", says: "F3  the name")
    check(connected, ["program.cancel": "F10"], "F10", says: "F10 again within")
    var closed = connected
    _ = Reducer.reduce(&closed, .link(1, attempt: 1, .told(.closed("it has ended"))))
    check(closed, ["tools.reconnect": "F11"], "Enter", says: "F11 connects")
  }

  @Test func `a command without a key is named by its line of the palette`() {
    var (state, settings) = (Sample.state(80, 24, rows: []), WindowSettings())
    settings.bindings = [.init(command: "view.refresh", keys: [], line: 1)]
    state.keymap = KeyBindings(settings).keymap
    let shown = ScreenText.shown(ConsoleView.draw(state))
    #expect(shown.contains("Press :view.refresh to look again."))
  }

  @Test func `the tour says its keys as a person has them`() {
    var state = rebound(
      Sample.state(120, 40), ["tour.skip": "F6", "tour.end": "F7", "go.audit": "F8"])
    state.beginTour()
    let shown = ScreenText.shown(ConsoleView.draw(state))
    #expect(shown.contains("(F8)") && shown.contains("F6 skips a step, F7 ends the tour."))
  }
}
