import TerminalCore
import Widgets

/// Order, marks and room of a list.
enum ArrangementCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "list.sort", "Sort the list", keys: [.character("s")], scope: .list, hint: "sort",
      availability: { state in
        guard let source = ScreenRow.of(state.screen).list, !source.sorts(state).isEmpty else {
          return .disabled(reason: "this list has one order only")
        }
        return state.list.shown.isEmpty ? .disabled(reason: "the list is empty") : .enabled
      }, run: openSorting),
    ConsoleCommand(
      "list.mark", "Mark the item, or take its mark away", keys: [.character(" ")], scope: .list,
      availability: ListCommands.hasItems, run: mark),
    ConsoleCommand(
      "list.markRange", "Mark everything from the last mark to here", keys: [.character("V")],
      scope: .list,
      availability: { state in
        state.list.lastMark == nil
          ? .disabled(reason: "\(state.key(of: "list.mark")) marks the first of them") : .enabled
      }, run: markRange),
    ConsoleCommand(
      "list.unmark", "Take all marks away", keys: [.character("U")], scope: .list,
      availability: { state in
        state.list.marks.isEmpty ? .disabled(reason: "nothing is marked") : .enabled
      },
      run: { state in
        state.list.marks = []
        state.list.lastMark = nil
        return []
      }),
    ConsoleCommand(
      "split.zoom", "The list over the whole frame, and back", keys: [.character("z")],
      scope: .list, availability: hasSplit,
      run: { state in
        state.split.isZoomed.toggle()
        return []
      }),
    ConsoleCommand(
      "list.pane", "To the detail beside the list, and back",
      keys: [Key(.tab), Key(.tab, .shift)], scope: .list, availability: hasDetail,
      run: { state in
        state.split.focused = state.isDetailFocused ? nil : state.screen
        return []
      }),
    resize("split.narrower", "Make the list narrower", "<", -4),
    resize("split.wider", "Make the list wider", ">", 4),
  ]

  private static func resize(
    _ id: String, _ title: String, _ key: Character, _ step: Int
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [.character(key)], scope: .list, availability: hasSplit,
      run: { state in
        state.split.isZoomed = false
        state.split.shift = min(max(state.split.shift + step, -60), 60)
        return []
      })
  }

  private static func hasSplit(_ state: ConsoleState) -> ConsoleCommand.Availability {
    guard ScreenRow.of(state.screen).list?.detail != nil else {
      return .disabled(reason: "this list has no detail beside it")
    }
    return state.size.width < SplitLayout.splitWidth
      ? .disabled(reason: "the window is too narrow to show a detail beside the list") : .enabled
  }

  private static func hasDetail(_ state: ConsoleState) -> ConsoleCommand.Availability {
    if state.split.isZoomed {
      return .disabled(reason: "\(state.key(of: "split.zoom")) shows the detail again")
    }
    return hasSplit(state)
  }

  // MARK: - Deeds

  private static func openSorting(_ state: inout ConsoleState) -> [Effect] {
    guard let source = ScreenRow.of(state.screen).list else { return [] }
    let now = state.list.order
    let own = Picker.Item(title: "as listed", isChosen: now == nil, deed: .order(nil))
    let columns = source.sorts(state).flatMap { column -> [Picker.Item] in
      [false, true].map { isFalling in
        let order = ListOrder(column: column.title, isFalling: isFalling)
        return Picker.Item(title: order.words, isChosen: order == now, deed: .order(order))
      }
    }
    state.overlay = .picking(Picker(title: "Sort", items: [own] + columns))
    return []
  }

  private static func mark(_ state: inout ConsoleState) -> [Effect] {
    guard let key = state.keyUnderCursor else { return [] }
    if state.list.marks.remove(key) == nil {
      state.list.marks.insert(key)
      state.list.lastMark = key
    }
    state.moveCursor(.by(1))
    return []
  }

  private static func markRange(_ state: inout ConsoleState) -> [Effect] {
    guard let source = ScreenRow.of(state.screen).list, let last = state.list.lastMark else {
      return []
    }
    let keys = state.list.shown.map { source.key(state, state.screen, $0) }
    guard let start = keys.firstIndex(of: last) else {
      return state.say(.warning, "the last mark is not in the list any more")
    }
    let end = min(state.list.selected.cursor, keys.count - 1)
    let range = keys[min(start, end)...max(start, end)]
    state.list.marks.formUnion(range)
    return state.say(.info, "\(state.list.marks.count) marked")
  }
}

extension ConsoleState {
  var keyUnderCursor: String? {
    list.current.flatMap { ScreenRow.of(screen).list?.key(self, screen, $0) }
  }

  /// The marked items of the list, in its order.
  var markedItems: [Int] {
    guard let source = ScreenRow.of(screen).list, !list.marks.isEmpty else { return [] }
    return list.shown.filter { list.marks.contains(source.key(self, screen, $0)) }
  }
}

/// How list and detail share the frame.
struct SplitState: Sendable, Hashable {
  var isZoomed = false
  /// Columns that the list has more than by itself.
  var shift = 0
  /// The view whose detail has the keys that move.
  var focused: Screen?
}

extension ConsoleState {
  /// The keys that move are for the detail, not for the list beside it.
  var isDetailFocused: Bool { split.focused == screen && SplitLayout(self).detail != nil }
}
