import TerminalCore
import Widgets

/// Reading a detail: over the whole frame, or beside a list.
enum DetailCommands {
  static let rows: [ConsoleCommand] = [
    row("detail.down", "Down", [.character("j"), Key(.down)], 1, hint: "scroll"),
    row("detail.up", "Up", [.character("k"), Key(.up)], -1),
    row("detail.pageDown", "A page down", [Key(.pageDown), .control("f"), .character(" ")], 20),
    row("detail.pageUp", "A page up", [Key(.pageUp), .control("b")], -20),
    row("detail.first", "To the top", [.character("g"), Key(.home)], -1_000_000),
    row("detail.last", "To the end", [.character("G"), Key(.end)], 1_000_000),
  ]

  private static func row(
    _ id: String, _ title: String, _ keys: [Key], _ step: Int, hint: ConsoleCommand.Hint? = nil
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: keys, scope: .detail, hint: hint,
      run: { state in
        state.scrollDetail(by: step)
        return []
      })
  }

  /// A command that turns to another part of the detail.
  static func tab(
    _ id: String, _ title: String, _ key: Character, _ step: Int, scope: ConsoleCommand.Scope,
    hint: ConsoleCommand.Hint? = nil
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [.character(key)], scope: scope, hint: hint,
      run: { state in
        let count = ToolText.tabs.count
        state.list.tab = (state.list.tab + step + count) % count
        state.list.detailTop = 0
        return []
      })
  }
}

extension ConsoleState {
  /// Scrolls the text of the view, or the detail beside its list, no further than its end.
  mutating func scrollDetail(by rows: Int) {
    let row = ScreenRow.of(screen)
    let text: TextView?
    let room: Rect?
    if let source = row.list {
      room = SplitLayout(self).detail
      text = list.current.flatMap { source.detail?(self, screen, $0) }
    } else {
      room = ViewFrame.inside(self).inset(horizontal: 1)
      text = row.text?(self, screen)
    }
    guard let text, let room else { return }
    let last = max(0, text.lines(width: room.width).count - room.height)
    list.detailTop = min(max(0, min(list.detailTop, last) + rows), last)
  }
}
