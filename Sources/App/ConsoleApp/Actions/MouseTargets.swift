import TerminalCore
import Widgets

/// What the mouse hits: computed from the same layout that draws.
enum MouseTargets {
  private static let wheelStep = 3

  static func take(_ mouse: Mouse, _ state: inout ConsoleState) -> [Effect] {
    if state.isTooSmall { return [] }
    switch mouse.action {
    case .wheel(let isUp): return wheel(isUp ? -wheelStep : wheelStep, &state)
    case .press(.left): return click(mouse.position, &state)
    default: return []
    }
  }

  private static func wheel(_ rows: Int, _ state: inout ConsoleState) -> [Effect] {
    if var help = state.help {
      help.selected.setCount(help.shown.count, height: HelpView.rows(in: state.size))
      help.selected.move(.by(rows), height: HelpView.rows(in: state.size))
      state.help = help
    } else if state.screen == .servers {
      state.servers.selected.scroll(by: rows, height: ServersLayout(state).rows)
    }
    return []
  }

  private static func click(_ point: Point, _ state: inout ConsoleState) -> [Effect] {
    if let command = hint(at: point, state) { return Reducer.run(command, &state) }
    let layout = ServersLayout(state)
    guard state.help == nil, state.screen == .servers, layout.table.contains(point) else {
      return []
    }
    let line =
      state.servers.selected.visible(height: layout.rows).lowerBound + point.y - layout.table.y
    guard state.servers.row(at: line) != nil else { return [] }
    // A second click on the selected row opens it.
    if line == state.servers.selected.cursor, let open = Keymap.command("server.open") {
      return Reducer.run(open, &state)
    }
    state.servers.selected.move(.to(line), height: layout.rows)
    return []
  }

  private static func hint(at point: Point, _ state: ConsoleState) -> ConsoleCommand? {
    var canvas = Canvas(size: state.size, signs: state.signs)
    let footer = Footer(state)
    let targets = footer.bar.draw(on: &canvas, in: ShellLayout(state.size).hints)
    guard let target = targets.first(where: { $0.place.contains(point) }) else { return nil }
    return footer.commands.indices.contains(target.index)
      ? footer.commands[target.index] : Keymap.command(Keymap.helpID)
  }
}
