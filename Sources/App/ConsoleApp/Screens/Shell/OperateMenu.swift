import TerminalCore
import Widgets

/// The views that no digit opens, behind one key.
enum OperateCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "operate.open", "More views: dashboard, approvals, keys, consents, faults",
      keys: [.character("O")], scope: .browsing, hint: "more",
      run: { state in
        let items = ScreenRow.all.filter(\.isPlace).map { row in
          Picker.Item(title: row.title, isChosen: row.id == state.screen.id, deed: .go(row.id))
        }
        state.overlay = .picking(Picker(title: "More views", items: items))
        return []
      })
  ]
}
