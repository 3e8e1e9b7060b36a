import Widgets

/// What can be taken back: how a list was filtered, sorted and marked, and views that were closed.
struct UndoLog: Sendable, Hashable {
  /// How things were before a command.
  struct Point: Sendable, Hashable {
    let route: [Screen]
    let filter: String
    let order: ListOrder?
    let marks: Set<String>
    let rules: FilterRules
    let notes: RowNotes
  }

  private static let most = 100

  private(set) var points: [Point] = []

  var isEmpty: Bool { points.isEmpty }

  mutating func add(_ point: Point) {
    points.append(point)
    if points.count > Self.most { points.removeFirst() }
  }

  mutating func take() -> Point? { points.popLast() }
}

extension ConsoleState {
  var undoPoint: UndoLog.Point {
    UndoLog.Point(
      route: route, filter: list.isFilterFocused ? list.filterBefore : list.filter.text,
      order: list.order, marks: list.marks, rules: list.rules, notes: notes)
  }

  /// Remembers how it was where a command has changed the list of its view, or closed a view.
  mutating func noteChange(since before: UndoLog.Point) {
    let isSame = screen == before.route.last
    let now = undoPoint
    let hasChanged =
      isSame
      ? now.filter != before.filter || now.order != before.order || now.marks != before.marks
        || now.rules != before.rules || now.notes != before.notes
      : route.count < before.route.count && before.route.starts(with: route)
    if hasChanged { undoLog.add(before) }
  }

  mutating func undo() -> [Effect] {
    guard let point = undoLog.take(), let shown = point.route.last else { return [] }
    guard point.route.allSatisfy(isThere) else {
      return say(.warning, "the view that was closed is gone")
    }
    if route != point.route { go(point.route) }
    guard screen == shown, ScreenRow.of(screen).list != nil else { return [] }
    list.filter = TextField(point.filter)
    list.isFilterFocused = false
    list.order = point.order
    list.marks = point.marks
    list.rules = point.rules
    notes = point.notes
    refilter()
    return say(.info, "taken back")
  }

  /// Whether what a view shows still exists.
  func isThere(_ screen: Screen) -> Bool {
    switch screen.id {
    case .question: question(of: screen) != nil
    case .form, .templateForm, .promptForm: forms[screen] != nil
    case .result, .value: call(of: screen) != nil
    case .server: servers.row(screen.subject) != nil
    default: true
    }
  }
}
