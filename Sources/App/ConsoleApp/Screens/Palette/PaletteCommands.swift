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
    ConsoleCommand(
      "palette.complete", "Go on with what is selected", keys: [Key(.tab)], scope: .palette,
      hint: "complete",
      run: { state in
        guard case .palette(var palette) = state.overlay else { return [] }
        let candidates = [palette.current].compactMap(\.self) + palette.shown
        let text = candidates.lazy.compactMap { entry -> String? in
          if case .text(let text) = entry.deed { text } else { nil }
        }.first
        guard let text else { return [] }
        palette.type(text, state)
        state.overlay = .palette(palette)
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
    if case .text(let text) = entry.deed {
      var palette = palette
      palette.type(text, state)
      state.overlay = .palette(palette)
      return []
    }
    state.overlay = nil
    state.remember(entry)
    switch entry.deed {
    case .command(let id): return Keymap.command(id).map { Reducer.run($0, &state) } ?? []
    case .server(let key):
      state.goRoot(.servers)
      _ = state.select(key)
      return Keymap.command("server.connect").map { Reducer.run($0, &state) } ?? []
    case .item(let screen, let key):
      state.go([Screen(.servers), screen])
      _ = state.select(key)
      return []
    case .view(let root, let screen):
      state.go([Screen(.servers), root])
      return state.enter(screen)
    case .target(let words): return [.findTarget(words)]
    case .text: return []
    case .line(let line): return state.tryLine(line)
    }
  }
}
