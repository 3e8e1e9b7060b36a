import Settings
import TerminalCore
import Widgets

/// The palette is a list under a text field: letters find, the other keys move and run.
enum PaletteCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "palette.run", "Run or open what is selected", keys: [Key(.enter)], scope: .palette,
      hint: "run", run: runSelected),
    ConsoleCommand(
      "palette.close", "Close", keys: [Key(.escape)], scope: .palette, hint: "close",
      run: { state in
        state.overlay = nil
        return []
      }),
    move("palette.down", "Down", [Key(.down), .control("n")], .by(1)),
    move("palette.up", "Up", [Key(.up), .control("p")], .by(-1)),
    move("palette.pageDown", "A page down", [Key(.pageDown)], .pages(1)),
    move("palette.pageUp", "A page up", [Key(.pageUp)], .pages(-1)),
  ]

  private static func move(
    _ id: String, _ title: String, _ keys: [Key], _ move: ScrollState.Move
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: keys, scope: .palette,
      run: { state in
        state.overlay?.move(move, state.size)
        return []
      })
  }

  private static func runSelected(_ state: inout ConsoleState) -> [Effect] {
    guard case .palette(let palette) = state.overlay, let entry = palette.current else {
      return state.say(.warning, "nothing is called like that")
    }
    state.overlay = nil
    switch entry.deed {
    case .command(let id): return Keymap.command(id).map { Reducer.run($0, &state) } ?? []
    case .server(let key):
      state.goRoot(.servers)
      _ = state.select(key)
      return Keymap.command("server.connect").map { Reducer.run($0, &state) } ?? []
    case .tool(let link, let name):
      state.go([Screen(.servers), Screen(.tools, link: link)])
      _ = state.select(name)
      return []
    case .target(let words): return [.findTarget(words)]
    }
  }
}
