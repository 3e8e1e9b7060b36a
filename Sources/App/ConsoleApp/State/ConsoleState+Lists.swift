import TerminalCore
import Widgets

/// The list of the view that is shown.
extension ConsoleState {
  var list: ListState {
    get { views[screen] ?? ListState() }
    set { views[screen] = newValue }
  }

  /// The item under the cursor of a view, as an index into its items.
  func current(of screen: Screen) -> Int? { views[screen]?.current }

  /// Rows of the list that fit.
  var listHeight: Int { ScreenRow.of(screen).list?.rows(self).height ?? 1 }

  mutating func moveCursor(_ move: ScrollState.Move) {
    let height = listHeight
    list.selected.move(move, height: height)
    list.detailTop = 0
    guard ScreenRow.of(screen).list?.grows == true else { return }
    let isLast = list.selected.cursor >= list.shown.count - 1
    if list.follows, !isLast { list.pausedAt = wire.last }
    list.follows = isLast
  }

  /// Makes the list again where its items have changed, and keeps the cursor on its item.
  mutating func settle() {
    ScreenRow.of(screen).prepare?(&self, screen)
    guard let source = ScreenRow.of(screen).list else { return }
    let revision = source.revision(self, screen)
    if list.revision != revision {
      refilter()
      list.revision = revision
    } else if source.grows {
      extend(source)
    }
    if source.grows, list.follows, list.selected.cursor < list.shown.count - 1 {
      list.selected.move(.last, height: source.rows(self).height)
    }
    let shown = list.current
    list.currentKey = shown.map { source.key(self, screen, $0) } ?? list.currentKey
  }

  /// Looks at what has come to a list that grows, and at nothing else.
  private mutating func extend(_ source: ListSource) {
    let count = source.count(self, screen)
    guard count > list.seen else { return }
    let words = FilterWords(list.filter.text)
    let new = (list.seen..<count).filter { index in
      words.isEmpty || words.match(source.fields(self, screen, index))
    }
    var list = list
    list.shown += new
    list.seen = count
    list.selected.setCount(list.shown.count, height: source.rows(self).height)
    self.list = list
  }

  /// Applies the filter; the cursor stays on its item where that is still shown.
  mutating func refilter() {
    guard let source = ScreenRow.of(screen).list else { return }
    var list = list
    let words = FilterWords(list.filter.text)
    list.seen = source.count(self, screen)
    list.shown = (0..<list.seen).filter { index in
      words.isEmpty || words.match(source.fields(self, screen, index))
    }
    let height = source.rows(self).height
    list.selected.setCount(list.shown.count, height: height)
    if let key = list.currentKey,
      let line = list.shown.firstIndex(where: { source.key(self, screen, $0) == key })
    {
      list.selected.move(.to(line), height: height)
    }
    self.list = list
  }

  /// Takes the filter away and keeps the cursor on its item.
  mutating func clearFilter() {
    list.filter = TextField()
    list.isFilterFocused = false
    refilter()
  }

  /// Puts the cursor on the item of that name; false where the view has none.
  mutating func select(_ key: String) -> Bool {
    guard let source = ScreenRow.of(screen).list else { return false }
    settle()
    let isThere = (0..<source.count(self, screen)).first { source.key(self, screen, $0) == key }
    guard let item = isThere else { return false }
    if !list.shown.contains(item) { clearFilter() }
    guard let line = list.shown.firstIndex(of: item) else { return false }
    moveCursor(.to(line))
    list.currentKey = key
    return true
  }
}
