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
    ConsoleCommand(
      "detail.search", "Search in the text", keys: [.character("/")], scope: .detail,
      hint: "search",
      run: { state in
        state.overlay = .asking(LineQuestion(title: "Search", deed: .search))
        return []
      }),
    hit("detail.nextHit", "The next place that was searched for", "n", 1),
    hit("detail.previousHit", "The place before", "N", -1),
  ]

  private static func hit(
    _ id: String, _ title: String, _ key: Character, _ step: Int
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [.character(key)], scope: .detail,
      availability: { state in
        state.list.search.isEmpty
          ? .disabled(reason: "\(state.key(of: "detail.search")) searches first") : .enabled
      }, run: { state in state.goToHit(step) })
  }

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
  /// Goes to the next line, or the one before, that holds what is searched for; round the end where there is no other.
  mutating func goToHit(_ step: Int) -> [Effect] {
    let room = ViewFrame.inside(self).inset(horizontal: 1)
    guard let text = ScreenRow.of(screen).text?(self, screen) else { return [] }
    let needle = FilterNeedle(list.search)
    let lines = text.lines(width: room.width).map { $0.map(\.text).joined() }
    let hits = lines.indices.filter { needle.isFound(in: lines[$0]) }
    guard let first = hits.first, let last = hits.last else {
      return say(.info, "nothing is found for \(list.search)")
    }
    let now = list.hit ?? (step > 0 ? -1 : lines.count)
    let next =
      step > 0
      ? hits.first { $0 > now } ?? first : hits.last { $0 < now } ?? last
    list.hit = next
    list.detailTop = min(max(0, next - room.height / 3), max(0, lines.count - room.height))
    let place = (hits.firstIndex(of: next) ?? 0) + 1
    return say(.info, "\(place) of \(hits.count) for \(list.search)")
  }

  /// The same as far as the cursor of a list would move.
  mutating func scrollDetail(_ move: ScrollState.Move) {
    let height = Double(SplitLayout(self).detail?.height ?? 1)
    switch move {
    case .by(let rows): scrollDetail(by: rows)
    case .pages(let pages): scrollDetail(by: Int(pages * height))
    case .first, .to: scrollDetail(by: -1_000_000)
    case .last: scrollDetail(by: 1_000_000)
    }
  }

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
    let last = max(0, text.height(width: room.width) - room.height)
    list.detailTop = min(max(0, min(list.detailTop, last) + rows), last)
  }
}
