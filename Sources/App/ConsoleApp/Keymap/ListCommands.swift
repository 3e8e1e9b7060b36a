import TerminalCore
import Widgets

/// Moving in a list.
enum ListCommands {
  static let rows: [ConsoleCommand] = [
    row("list.down", "Down", [.character("j"), Key(.down)], .by(1)),
    row("list.up", "Up", [.character("k"), Key(.up)], .by(-1)),
    row("list.first", "To the first", [.character("g"), Key(.home)], .first),
    row("list.last", "To the last", [.character("G"), Key(.end)], .last),
    row("list.pageDown", "A page down", [Key(.pageDown), .control("f")], .pages(1)),
    row("list.pageUp", "A page up", [Key(.pageUp), .control("b")], .pages(-1)),
    row("list.halfDown", "Half a page down", [.control("d")], .pages(0.5)),
    row("list.halfUp", "Half a page up", [.control("u")], .pages(-0.5)),
  ]

  private static func row(
    _ id: String, _ title: String, _ keys: [Key], _ move: ScrollState.Move
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: keys, scope: .list,
      availability: {
        $0.servers.shown.isEmpty ? .disabled(reason: "the list is empty") : .enabled
      },
      run: { state in
        state.servers.selected.move(move, height: ServersLayout(state).rows)
        return []
      })
  }
}
