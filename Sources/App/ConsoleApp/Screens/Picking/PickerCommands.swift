import TerminalCore
import Widgets

extension ConsoleCommand.Scope {
  static let picking = Self(rawValue: "picking")
}

/// Choosing in a picker: letters narrow it, the other keys move and choose.
enum PickerCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "picking.take", "Take what is selected", keys: [Key(.enter)], scope: .picking,
      hint: .init { $0.picker?.isMultiple == true ? "tick" : "take" },
      availability: { state in
        state.picker?.current == nil
          ? .disabled(reason: "nothing is called like that") : .enabled
      }, run: take),
    ConsoleCommand(
      "picking.close", "Close", keys: [Key(.escape)], scope: .picking,
      hint: .init { $0.picker?.isMultiple == true ? "done" : "close" },
      run: { state in
        state.overlay = nil
        return []
      }),
    move("picking.down", "Down", [Key(.down), .control("n")], .by(1)),
    move("picking.up", "Up", [Key(.up), .control("p")], .by(-1)),
    move("picking.pageDown", "A page down", [Key(.pageDown)], .pages(1)),
    move("picking.pageUp", "A page up", [Key(.pageUp)], .pages(-1)),
  ]

  private static func move(
    _ id: String, _ title: String, _ keys: [Key], _ move: ScrollState.Move
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: keys, scope: .picking,
      run: { state in
        state.overlay?.move(move, state.size)
        return []
      })
  }

  static func take(_ state: inout ConsoleState) -> [Effect] {
    guard var picker = state.picker, let item = picker.current else { return [] }
    if picker.isMultiple {
      picker.toggleCurrent()
      state.overlay = .picking(picker)
    } else {
      state.overlay = nil
    }
    return carryOut(item.deed, &state)
  }

  private static func carryOut(_ deed: Picker.Deed, _ state: inout ConsoleState) -> [Effect] {
    switch deed {
    case .order(let order):
      state.setOrder(order)
      return state.say(.info, order.map { "sorted \($0.words)" } ?? "in the order of the list")
    case .answer(let screen, let value):
      state.forms[screen]?.answer(value)
      return []
    case .tick(let screen, let option):
      state.forms[screen]?.tick(option)
      return []
    case .branch(let screen, let index):
      state.forms[screen]?.chooseBranch(index)
      return []
    case .preset(let screen, let name): return state.usePreset(name, in: screen)
    case .outside(let thing): return state.askToOpen(thing)
    case .theme(let name): return [.useTheme(name)]
    case .examine(let key): return state.servers.row(key).map { state.examine($0) } ?? []
    case .go(let id):
      state.goRoot(id)
      return ScreenRow.of(id).opened(&state, state.screen)
    }
  }
}

extension ConsoleState {
  var picker: Picker? {
    if case .picking(let picker) = overlay { picker } else { nil }
  }
}
