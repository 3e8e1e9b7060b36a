import TerminalCore
import Widgets

/// Moving in a list, and filtering it.
enum ListCommands {
  static let rows: [ConsoleCommand] =
    moves.map { row in
      ConsoleCommand(
        row.id, row.title, keys: row.keys, scope: .list, availability: hasItems,
        run: { state in
          if state.isDetailFocused {
            state.scrollDetail(row.move)
          } else {
            state.moveCursor(row.move)
          }
          return []
        })
    } + [
      ConsoleCommand(
        "list.filter", "Filter the list", keys: [.character("/")], scope: .list, hint: "filter",
        availability: { state in
          let count = ScreenRow.of(state.screen).list?.count(state, state.screen) ?? 0
          return count == 0 ? .disabled(reason: "there is nothing to filter") : .enabled
        },
        run: { state in
          state.list.filterBefore = state.list.filter.text
          state.list.recalledFilter = nil
          state.list.isFilterFocused = true
          return []
        }),
      hit(
        "list.nextHit", "The next row that the filter finds; of all rows, where it was taken away",
        "n", 1),
      hit("list.previousHit", "The row before that the filter finds", "N", -1),
      jump("list.nextError", "The next error", ".", 1),
      jump("list.previousError", "The error before", ",", -1),
      scroll("list.detailDown", "Scroll the detail down", "J", 1),
      scroll("list.detailUp", "Scroll the detail up", "K", -1),
    ]

  private struct Row {
    let id: String
    let title: String
    let keys: [Key]
    let move: ScrollState.Move

    init(_ id: String, _ title: String, _ keys: [Key], _ move: ScrollState.Move) {
      self.id = id
      self.title = title
      self.keys = keys
      self.move = move
    }
  }

  private static let moves = [
    Row("list.down", "Down", [.character("j"), Key(.down)], .by(1)),
    Row("list.up", "Up", [.character("k"), Key(.up)], .by(-1)),
    Row("list.first", "To the first", [.character("g"), Key(.home)], .first),
    Row("list.last", "To the last", [.character("G"), Key(.end)], .last),
    Row("list.pageDown", "A page down", [Key(.pageDown), .control("f")], .pages(1)),
    Row("list.pageUp", "A page up", [Key(.pageUp), .control("b")], .pages(-1)),
    Row("list.halfDown", "Half a page down", [.control("d")], .pages(0.5)),
    Row("list.halfUp", "Half a page up", [.control("u")], .pages(-0.5)),
  ]

  private static func jump(
    _ id: String, _ title: String, _ key: Character, _ step: Int
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [.character(key)], scope: .list,
      availability: { state in
        ScreenRow.of(state.screen).list?.facts == nil
          ? .disabled(reason: "this list knows no errors") : .enabled
      }, run: { state in state.goToError(step) })
  }

  private static func hit(
    _ id: String, _ title: String, _ key: Character, _ step: Int
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [.character(key)], scope: .list,
      availability: { state in
        state.list.searched == nil
          ? .disabled(reason: "\(state.key(of: "list.filter")) says what to look for first")
          : hasItems(state)
      }, run: { state in state.goToMatch(step) })
  }

  static func hasItems(_ state: ConsoleState) -> ConsoleCommand.Availability {
    state.list.shown.isEmpty ? .disabled(reason: "the list is empty") : .enabled
  }

  private static func scroll(
    _ id: String, _ title: String, _ key: Character, _ step: Int
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [.character(key)], scope: .list,
      availability: { state in
        guard let source = ScreenRow.of(state.screen).list, source.detail != nil else {
          return .disabled(reason: "this list has no detail beside it")
        }
        return SplitLayout(state).detail == nil
          ? .disabled(reason: "the window is too narrow to show a detail beside the list")
          : .enabled
      },
      run: { state in
        state.scrollDetail(by: step)
        return []
      })
  }
}

extension ConsoleState {
  fileprivate mutating func goToError(_ step: Int) -> [Effect] {
    guard let facts = ScreenRow.of(screen).list?.facts else { return [] }
    guard let line = list.line(step, where: { facts(self, screen, $0).isError }) else {
      return say(.info, "no error \(step > 0 ? "after" : "before") this one")
    }
    list.follows = false
    moveCursor(.to(line))
    return []
  }
}

extension ListState {
  /// What is looked for: the filter, or the one that was kept last.
  var searched: String? { filterInForce.isEmpty ? earlierFilters.first : filterInForce }
}

extension ConsoleState {
  /// Goes to the next row that the filter finds, round the end where there is no other. While it is in force all rows are such.
  fileprivate mutating func goToMatch(_ step: Int) -> [Effect] {
    guard let source = ScreenRow.of(screen).list, let text = list.searched else { return [] }
    let count = list.shown.count
    var (line, isThere) = (list.selected.cursor + step, list.filterInForce == text)
    if !isThere {
      do throws(FilterProblem) {
        let filter = try ListFilter(text, source)
        guard let found = match(filter, text, step, source) else {
          return say(.info, "nothing is found for \(text)")
        }
        (line, isThere) = (found, true)
      } catch {
        return say(.warning, error.sentence)
      }
    }
    let isRound = !(0..<count).contains(line) || (line - list.selected.cursor) * step < 0
    line = (line + count) % count
    if source.grows { list.follows = false }
    list.selected.move(.to(line), height: listHeight)
    list.detailTop = 0
    return isRound ? say(.info, "round the \(step > 0 ? "end" : "start"), for \(text)") : []
  }

  /// The next line whose item is found, among all that are shown.
  private func match(
    _ filter: ListFilter, _ text: String, _ step: Int, _ source: ListSource
  ) -> Int? {
    let haystack = haystack(source)
    let own = source.ownRows?.found(self, screen, text).map(Set.init)
    func isFound(_ item: Int) -> Bool {
      own?.contains(item) ?? !kept(of: [item], filter, source, haystack).isEmpty
    }
    let (count, cursor) = (list.shown.count, list.selected.cursor)
    return (1...count).lazy.map { (cursor + $0 * step + count * 2) % count }
      .first { isFound(list.shown[$0]) }
  }
}

/// While a filter is being typed: letters are text, so only other keys are bound.
enum FilterCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "filter.keep", "Keep the filter", keys: [Key(.enter)], scope: .filter, hint: "keep",
      run: keep),
    ConsoleCommand(
      "filter.clear", "Clear the filter", keys: [Key(.escape)], scope: .filter, hint: "clear",
      run: { state in
        state.clearFilter()
        return []
      }),
    walk("filter.down", "Down; among filters that were kept, the one after", Key(.down), 1),
    walk("filter.up", "Up; in an empty field, the filter before", Key(.up), -1),
    move("filter.pageDown", "A page down", Key(.pageDown), .pages(1)),
    move("filter.pageUp", "A page up", Key(.pageUp), .pages(-1)),
    recall("filter.earlier", "The filter before", Key(.up, .alt), 1),
    recall("filter.later", "The filter after", Key(.down, .alt), -1),
  ]

  private static let mostEarlier = 20

  /// A filter that cannot be read is not kept: the person goes on typing.
  private static func keep(_ state: inout ConsoleState) -> [Effect] {
    if let problem = state.list.filterProblem { return state.say(.warning, problem) }
    state.list.isFilterFocused = false
    let text = state.list.filter.text
    guard !text.isEmpty else { return [] }
    let others = state.list.earlierFilters.filter { $0 != text }
    state.list.earlierFilters = Array(([text] + others).prefix(mostEarlier))
    return []
  }

  private static func recall(
    _ id: String, _ title: String, _ key: Key, _ step: Int
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [key], scope: .filter,
      availability: { state in
        state.list.earlierFilters.isEmpty
          ? .disabled(reason: "no filter was kept here yet") : .enabled
      },
      run: { state in
        bringBack(step, &state)
        return []
      })
  }

  private static func bringBack(_ step: Int, _ state: inout ConsoleState) {
    let earlier = state.list.earlierFilters
    let place = (earlier.firstIndex(of: state.list.filter.text) ?? -1) + step
    state.setFilter(place < 0 ? "" : earlier[min(place, earlier.count - 1)])
    state.list.recalledFilter = state.list.filter.text
  }

  /// The arrows walk through earlier filters as they do in a shell, as long as nothing is typed; else they move in the list.
  private static func walk(_ id: String, _ title: String, _ key: Key, _ step: Int)
    -> ConsoleCommand
  {
    ConsoleCommand(
      id, title, keys: [key], scope: .filter,
      run: { state in
        let text = state.list.filter.text
        let walks = text == (state.list.recalledFilter ?? "") && !state.list.earlierFilters.isEmpty
        if walks, step < 0 || !text.isEmpty {
          bringBack(-step, &state)
        } else {
          state.moveCursor(.by(step))
        }
        return []
      })
  }

  private static func move(
    _ id: String, _ title: String, _ key: Key, _ move: ScrollState.Move
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [key], scope: .filter,
      run: { state in
        state.moveCursor(move)
        return []
      })
  }
}
