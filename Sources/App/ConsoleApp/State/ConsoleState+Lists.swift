import TerminalCore
import Widgets

/// The list of the view that is shown.
extension ConsoleState {
  var list: ListState {
    get { views[screen] ?? ListState() }
    // In place: a list of many thousands is not to be copied with every message.
    _modify { yield &views[screen, default: ListState()] }
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
    if list.follows, !isLast { list.pausedAt = lastNumber }
    list.follows = isLast
  }

  /// Stays at the end of a list that grows, or where it is.
  mutating func toggleFollowing() {
    list.follows.toggle()
    list.pausedAt = list.follows ? nil : lastNumber
    if list.follows { moveCursor(.last) }
  }

  /// How many items have come to the list that grows.
  private var lastNumber: Int {
    guard let source = ScreenRow.of(screen).list, source.ownRows != nil else { return wire.last }
    return source.count(self, screen)
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
    if source.grows, list.follows, list.order == nil,
      list.selected.cursor < list.shown.count - 1
    {
      list.selected.move(.last, height: source.rows(self).height)
    }
    if let shown = list.current {
      list.currentKey = source.key(self, screen, shown)
      list.currentItem = shown
    }
  }

  /// Looks at what has come to a list that grows, and at nothing else.
  private mutating func extend(_ source: ListSource) {
    let count = source.count(self, screen)
    guard count > list.seen else { return }
    guard list.order == nil else { return refilter() }
    if let own = source.ownRows { return take(own.shown(self, screen), count, source) }
    let filter = filterInForce(source)
    let screen = screen
    let rules = list.rules.matcher(source)
    let new = (list.seen..<count).filter {
      filter.matches($0, source, self, screen) && rules.matches($0, source, self, screen)
    }
    list.shown += new
    list.seen = count
    let (shown, height) = (list.shown.count, source.rows(self).height)
    list.selected.setCount(shown, height: height)
  }

  /// The filter that was typed, or the last one that could be read.
  private func filterInForce(_ source: ListSource) -> ListFilter {
    do throws(FilterProblem) { return try ListFilter(list.filterInForce, source) } catch {
      return .words(FilterWords(""))
    }
  }

  /// Applies the filter; the cursor stays on its item where that is still shown.
  mutating func refilter() {
    guard let source = ScreenRow.of(screen).list else { return }
    takeFilter(source)
    let screen = screen
    let count = source.count(self, screen)
    if let own = source.ownRows {
      take(own.shown(self, screen), count, source)
      if let line = list.currentKey.flatMap({ own.line(self, screen, $0) }) {
        list.selected.move(.to(line), height: source.rows(self).height)
      }
      return
    }
    guard source.takesLong?(self, screen) == true, isNarrowed else {
      list.awaited = nil
      gather(source)
      return show(rowsInForce())
    }
    let revision = source.revision(self, screen)
    list.awaited = ListWish(
      screen: screen, filter: list.filterInForce, rules: list.rules, order: list.order,
      revision: revision)
    // Until the rows are found those before stay; where there are other items, all of them are shown.
    if list.revision != revision { take(Array(0..<count), count, source) }
  }

  private static let long = 500

  /// Gathers the texts of a long list once, so that each letter of a filter is one walk over bytes.
  private mutating func gather(_ source: ListSource) {
    let (screen, count) = (screen, source.count(self, screen))
    let revision = source.revision(self, screen)
    guard count > Self.long, !list.filterInForce.isEmpty, source.facts == nil, !source.grows,
      source.haystack == nil, list.haystack?.revision != revision
    else { return }
    let state = self
    list.haystack = Haystack(count, revision: revision) { source.fields(state, screen, $0) }
  }

  /// The gathered texts of the list as it is now.
  func haystack(_ source: ListSource) -> Haystack? {
    if let own = source.haystack { return own(self, screen) }
    return list.haystack.flatMap { $0.revision == source.revision(self, screen) ? $0 : nil }
  }

  /// Other rows than all, or in another order, are wanted.
  private var isNarrowed: Bool {
    !list.filterInForce.isEmpty || list.rules.isInForce || list.order != nil
  }

  /// The rows that filter, rules and order ask for.
  func rowsInForce() -> [Int] {
    guard let source = ScreenRow.of(screen).list else { return [] }
    let count = source.count(self, screen)
    let now = filteredNow(source)
    // Where letters are added, what was hidden stays hidden.
    let narrows = source.facts == nil && !source.grows && list.order == nil
    let isNarrower = narrows && (list.filtered.map { now.narrows($0) } ?? false)
    let candidates = isNarrower ? list.shown : Array(0..<count)
    var kept = kept(of: candidates, filterInForce(source), source, haystack(source))
    if list.rules.isInForce {
      let rules = list.rules.matcher(source)
      kept = kept.filter { rules.matches($0, source, self, screen) }
    }
    let rest = source.rest?(self, screen).map { kept.contains($0) ? [] : [$0] } ?? []
    return ordered(kept, source, list.order) + rest
  }

  private func filteredNow(_ source: ListSource) -> ListState.Filtered {
    ListState.Filtered(
      by: list.filterInForce, list.rules, revision: source.revision(self, screen))
  }

  /// Shows the rows that were found; the cursor stays on its item.
  mutating func show(_ rows: [Int]) {
    guard let source = ScreenRow.of(screen).list else { return }
    list.awaited = nil
    list.filtered = list.order == nil ? filteredNow(source) : nil
    take(rows, source.count(self, screen), source)
    if let line = lineOfCursor(source) {
      list.selected.move(.to(line), height: source.rows(self).height)
    }
  }

  /// Those of the items that the typed filter lets through.
  func kept(
    of items: [Int], _ filter: ListFilter, _ source: ListSource, _ haystack: Haystack?
  ) -> [Int] {
    guard case .words(let words) = filter else {
      return items.filter { filter.matches($0, source, self, screen) }
    }
    if words.isEmpty { return items }
    if let haystack { return haystack.rows(items, letThroughBy: words) }
    return items.filter { filter.matches($0, source, self, screen) }
  }

  /// Where the item stands that the cursor was on: by its place among the items where they are the same, else by its key.
  private func lineOfCursor(_ source: ListSource) -> Int? {
    if let item = list.currentItem, list.revision == source.revision(self, screen) {
      if list.shown.indices.contains(item), list.shown[item] == item { return item }
      return list.shown.firstIndex(of: item)
    }
    guard let key = list.currentKey else { return nil }
    // Most changes leave it where it was.
    let cursor = list.selected.cursor
    if let item = list.item(at: cursor), source.key(self, screen, item) == key { return cursor }
    return list.shown.firstIndex { source.key(self, screen, $0) == key }
  }

  private mutating func take(_ shown: [Int], _ count: Int, _ source: ListSource) {
    let height = source.rows(self).height
    list.seen = count
    list.shown = shown
    list.selected.setCount(shown.count, height: height)
  }

  /// Lets the typed filter act where it can be read.
  private mutating func takeFilter(_ source: ListSource) {
    let text = list.filter.text
    do throws(FilterProblem) {
      _ = try ListFilter(text, source)
      list.filterInForce = text
      list.filterProblem = nil
    } catch {
      list.filterProblem = error.sentence
    }
  }

  /// Takes the filter away and keeps the cursor on its item.
  mutating func clearFilter() {
    list.filter = TextField()
    list.isFilterFocused = false
    refilter()
  }

  mutating func setFilter(_ text: String) {
    list.filter = TextField(text)
    refilter()
  }

  mutating func setOrder(_ order: ListOrder?) {
    list.order = order
    refilter()
  }

  /// Puts the cursor on the item of that name; false where the view has none.
  mutating func select(_ key: String) -> Bool {
    guard let source = ScreenRow.of(screen).list else { return false }
    settle()
    let isThere = (0..<source.count(self, screen)).first { source.key(self, screen, $0) == key }
    guard let item = isThere else { return false }
    if !list.shown.contains(item) {
      for index in list.rules.rules.indices { list.rules.rules[index].isOn = false }
      clearFilter()
    }
    guard let line = list.shown.firstIndex(of: item) else { return false }
    moveCursor(.to(line))
    list.currentKey = key
    list.currentItem = item
    return true
  }
}
