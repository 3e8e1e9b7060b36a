import SafeText
import TerminalCore
import Widgets

/// The frame around a view: tabs in its upper edge where there is room, else the title; a note in the lower one.
struct ViewFrame {
  let state: ConsoleState
  let title: [Span]
  var note: [Span] = []

  private static let tabsFromHeight = 16
  private static let tabsFromWidth = 60

  static func showsTabs(_ state: ConsoleState) -> Bool {
    state.size.height >= tabsFromHeight && state.size.width >= tabsFromWidth
  }

  /// The room for a view's content.
  static func inside(_ state: ConsoleState) -> Rect {
    let own = parts(state).own
    return showsTabs(state) ? own.splitTop(1).rest : own
  }

  /// From this width on there is a third column.
  private static let thirdFromWidth = 160

  /// The room of the view, and that of the wire beside it.
  static func parts(_ state: ConsoleState) -> (own: Rect, wire: Rect?) {
    let inside = ShellLayout(state).inside
    guard inside.width + 2 >= thirdFromWidth, ScreenRow.of(state.screen).showsWire else {
      return (inside, nil)
    }
    let (own, rest) = inside.splitLeft(inside.width * 6 / 10)
    return (own, rest.splitLeft(1).rest)
  }

  /// Draws a line above what is said below a view, where there is room for it, and tells what is left.
  static func ruled(_ rect: Rect, on canvas: inout Canvas) -> Rect {
    guard rect.height > 2 else { return rect.inset(horizontal: 1) }
    let line = String(repeating: canvas.signs[.horizontal], count: rect.width)
    canvas.write(line, in: rect, Style(.border))
    return rect.splitTop(1).rest.inset(horizontal: 1)
  }

  /// Draws the frame, the title, and the filter behind it.
  func draw(on canvas: inout Canvas) {
    let frame = ShellLayout(state).frame
    let hasTabs = Self.showsTabs(state)
    let problem = state.list.filterProblem.map {
      [Span("! " + canvas.signs.safe($0, limit: 300).text, .error)]
    }
    let box = Box(
      title: hasTabs ? Self.tabs(state) : title, note: problem ?? note, isFocused: true)
    _ = box.draw(on: &canvas, in: frame)
    let parts = Self.parts(state)
    if let wire = parts.wire { LiveWire(state).draw(on: &canvas, in: wire) }
    var line = parts.own.row(0)
    if hasTabs {
      canvas.write(title, x: 1, in: line)
    } else {
      line = Rect(x: frame.x + 1, y: frame.y, width: frame.width - 2, height: 1)
    }
    drawFilter(on: &canvas, in: line.splitLeft(title.width + 2).rest)
  }

  /// A key and a title for each view that a digit opens; where there is no room for all, the longest titles are cut short, then they leave.
  static func tabs(_ state: ConsoleState) -> [Span] {
    let shown = state.route.dropFirst().first?.id ?? state.screen.id
    let room = ShellLayout(state).frame.width - tabsMargin
    var titles = ScreenRow.roots.map(\.title)
    let others = titles.indices.filter { ScreenRow.roots[$0].id != shown }
      .sorted { (titles[$0].count, $0) > (titles[$1].count, $1) }
    for shorten in [{ $0.shortTitle ?? $0.title }, { _ in "" }] as [(ScreenRow) -> String] {
      for index in others {
        let spans = tabs(shown, titles, state)
        if spans.width <= room { return spans }
        titles[index] = shorten(ScreenRow.roots[index])
      }
    }
    return tabs(shown, titles, state)
  }

  /// The corners of the frame, and what stands between them and the tabs.
  private static let tabsMargin = 5

  private static func tabs(
    _ shown: ScreenID, _ titles: [String], _ state: ConsoleState
  ) -> [Span] {
    zip(ScreenRow.roots, titles).enumerated().flatMap { index, tab -> [Span] in
      let (row, title) = tab
      let key = state.keymap.key(of: "go.\(row.id.rawValue)")?.description ?? ""
      let words = [key, title].filter { !$0.isEmpty }.joined(separator: " ")
      return (index == 0 ? [] : [Span(" ")])
        + [Span(words, row.id == shown ? .tabActive : .tab)]
    }
  }

  private func drawFilter(on canvas: inout Canvas, in room: Rect) {
    let list = state.list
    guard list.isFilterFocused || !list.filter.isEmpty, room.width > 2 else { return }
    let style = Style(list.filterProblem == nil ? .prompt : .error)
    let used = canvas.write("/", in: room, style)
    let wanted = CharacterWidth.of(list.filter.text) + 2
    let field = room.splitLeft(used).rest.splitLeft(wanted).left
    canvas.grid.fill(field)
    let cursor = canvas.grid.cursor
    list.filter.draw(on: &canvas, in: field, style)
    if !list.isFilterFocused { canvas.grid.cursor = cursor }
  }
}
