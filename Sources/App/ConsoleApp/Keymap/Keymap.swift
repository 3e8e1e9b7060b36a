import TerminalCore
import Widgets

/// The table of all commands and the questions asked of it.
package enum Keymap {
  package static let commands: [ConsoleCommand] =
    ServersCommands.rows + ListCommands.rows + ServerDetailCommands.rows + FilterCommands.rows
    + HelpCommands.rows + GeneralCommands.rows

  /// The command that a key means now.
  static func command(for key: Key, in state: ConsoleState) -> ConsoleCommand? {
    for scope in ConsoleCommand.Scope.active(in: state) {
      if let row = commands.first(where: { $0.scope == scope && $0.keys.contains(key) }) {
        return row
      }
    }
    return nil
  }

  /// The commands that count now, the innermost scope first.
  static func active(in state: ConsoleState) -> [ConsoleCommand] {
    ConsoleCommand.Scope.active(in: state).flatMap { scope in
      commands.filter { $0.scope == scope }
    }
  }

  /// Those that the footer names.
  static func hinted(in state: ConsoleState) -> [ConsoleCommand] {
    active(in: state).filter { $0.hint != nil && $0.isEnabled(in: state) && $0.id != helpID }
  }

  static let helpID = "help.open"

  static func command(_ id: String) -> ConsoleCommand? { commands.first { $0.id == id } }

  /// A key as the screen spells it, with the theme's sign for Enter.
  static func label(_ key: Key, _ signs: SignSet) -> String {
    key == Key(.enter) ? signs[.enter] : key.description
  }
}
