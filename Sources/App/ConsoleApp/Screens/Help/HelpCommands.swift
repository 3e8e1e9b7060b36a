import TerminalCore
import Widgets

/// Help is a list under a text field: letters filter, the other keys move and run.
enum HelpCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "help.run", "Run the selected command", keys: [Key(.enter)], scope: .help, hint: "run",
      run: runSelected),
    ConsoleCommand(
      "help.close", "Clear the filter, then close", keys: [Key(.escape)], scope: .help,
      hint: "close", run: close),
    move("help.down", "Down", [Key(.down), .control("n")], .by(1)),
    move("help.up", "Up", [Key(.up), .control("p")], .by(-1)),
    move("help.pageDown", "A page down", [Key(.pageDown)], .pages(1)),
    move("help.pageUp", "A page up", [Key(.pageUp)], .pages(-1)),
  ]

  private static func close(_ state: inout ConsoleState) -> [Effect] {
    if let help = state.help, !help.filter.isEmpty {
      state.overlay = .help(HelpState(entries: help.entries))
    } else {
      state.overlay = nil
    }
    return []
  }

  private static func runSelected(_ state: inout ConsoleState) -> [Effect] {
    guard let entry = state.help?.current, let command = Keymap.command(entry.id) else { return [] }
    state.overlay = nil
    return Reducer.run(command, &state)
  }

  private static func move(
    _ id: String, _ title: String, _ keys: [Key], _ move: ScrollState.Move
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: keys, scope: .help,
      run: { state in
        state.overlay?.move(move, state.size)
        return []
      })
  }
}
