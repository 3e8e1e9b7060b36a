import TerminalCore
import Widgets

/// What works on every screen.
enum GeneralCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      Keymap.helpID, "Show the keys of this view", keys: [.character("?")], scope: .browsing,
      hint: "keys", run: openHelp),
    ConsoleCommand(
      "help.open.anywhere", "Show the keys of this view", keys: [Key(.function(1))],
      scope: .everywhere, run: openHelp),
    ConsoleCommand(
      "view.out", "Go one step out", keys: [Key(.escape)], scope: .browsing, run: goOut),
    ConsoleCommand(
      "view.back", "Close this view; at the root, quit", keys: [.character("q")], scope: .browsing,
      hint: .init { $0.route.count > 1 ? "back" : "quit" }, run: goBack),
    ConsoleCommand(
      "program.quit", "Quit", keys: [.character("Q")], scope: .browsing, run: { _ in [.quit] }),
    ConsoleCommand(
      "program.cancel", "Cancel what runs; twice, quit", keys: [.control("c")], scope: .everywhere,
      run: cancel),
    ConsoleCommand(
      "screen.repaint", "Repaint the screen", keys: [.control("l")], scope: .everywhere,
      run: { _ in [.repaint] }),
    ConsoleCommand(
      "program.suspend", "Suspend to the shell", keys: [.control("z")], scope: .everywhere,
      run: { _ in [.suspend] }),
    ConsoleCommand(
      "mouse.toggle", "Mouse on or off", keys: [Key(.function(2))], scope: .everywhere,
      run: toggleMouse),
  ]

  private static let secondsToQuit = 2

  private static func openHelp(_ state: inout ConsoleState) -> [Effect] {
    state.help = HelpState(entries: Keymap.active(in: state).map { HelpState.Entry($0, state) })
    return []
  }

  private static func goOut(_ state: inout ConsoleState) -> [Effect] {
    if state.screen == .servers, !state.servers.filter.isEmpty {
      state.servers.clearFilter(height: ServersLayout(state).rows)
      return []
    }
    guard state.route.count > 1 else { return state.say(.info, "q quits") }
    state.route.removeLast()
    return []
  }

  private static func goBack(_ state: inout ConsoleState) -> [Effect] {
    guard state.route.count > 1 else { return [.quit] }
    state.route.removeLast()
    return []
  }

  private static func cancel(_ state: inout ConsoleState) -> [Effect] {
    if state.isQuitArmed { return [.quit] }
    state.isQuitArmed = true
    return state.say(.warning, "Ctrl-C again within \(secondsToQuit) s quits")
      + [.startTimer(.quitArmed, milliseconds: secondsToQuit * 1000)]
  }

  private static func toggleMouse(_ state: inout ConsoleState) -> [Effect] {
    state.isMouseOn.toggle()
    let words =
      state.isMouseOn
      ? "mouse on; hold Shift to select text as usual" : "mouse off; the terminal selects text"
    return [.setMouse(state.isMouseOn)] + state.say(.info, words)
  }
}
