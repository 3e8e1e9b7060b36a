import TerminalCore
import Widgets

/// While a filter is being typed: letters are text, so only other keys are bound.
enum FilterCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "filter.keep", "Keep the filter", keys: [Key(.enter)], scope: .filter, hint: "keep",
      run: { state in
        state.servers.isFilterFocused = false
        return []
      }),
    ConsoleCommand(
      "filter.clear", "Clear the filter", keys: [Key(.escape)], scope: .filter, hint: "clear",
      run: { state in
        state.servers.clearFilter(height: ServersLayout(state).rows)
        return []
      }),
    move("filter.down", "Down", Key(.down), .by(1)),
    move("filter.up", "Up", Key(.up), .by(-1)),
    move("filter.pageDown", "A page down", Key(.pageDown), .pages(1)),
    move("filter.pageUp", "A page up", Key(.pageUp), .pages(-1)),
  ]

  private static func move(
    _ id: String, _ title: String, _ key: Key, _ move: ScrollState.Move
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [key], scope: .filter,
      run: { state in
        state.servers.selected.move(move, height: ServersLayout(state).rows)
        return []
      })
  }
}
