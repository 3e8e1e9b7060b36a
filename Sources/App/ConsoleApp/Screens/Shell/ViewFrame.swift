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
    let inside = ShellLayout(state).inside
    return showsTabs(state) ? inside.splitTop(1).rest : inside
  }

  /// Draws the frame, the title, and the filter behind it.
  func draw(on canvas: inout Canvas) {
    let frame = ShellLayout(state).frame
    let hasTabs = Self.showsTabs(state)
    let box = Box(title: hasTabs ? Self.tabs(state) : title, note: note, isFocused: true)
    let inside = box.draw(on: &canvas, in: frame)
    var line = inside.row(0)
    if hasTabs {
      canvas.write(title, x: 1, in: line)
    } else {
      line = Rect(x: frame.x + 1, y: frame.y, width: frame.width - 2, height: 1)
    }
    drawFilter(on: &canvas, in: line.splitLeft(title.width + 2).rest)
  }

  static func tabs(_ state: ConsoleState) -> [Span] {
    let shown = state.route.dropFirst().first?.id ?? state.screen.id
    return ScreenRow.roots.enumerated().flatMap { index, row -> [Span] in
      let role: Role = row.id == shown ? .tabActive : .tab
      return (index == 0 ? [] : [Span(" ")])
        + [Span("\(row.digit.map(String.init) ?? "") \(row.title)", role)]
    }
  }

  private func drawFilter(on canvas: inout Canvas, in room: Rect) {
    let list = state.list
    guard list.isFilterFocused || !list.filter.isEmpty, room.width > 2 else { return }
    let used = canvas.write("/", in: room, Style(.prompt))
    let wanted = CharacterWidth.of(list.filter.text) + 2
    let field = room.splitLeft(used).rest.splitLeft(wanted).left
    canvas.grid.fill(field)
    let cursor = canvas.grid.cursor
    list.filter.draw(on: &canvas, in: field, Style(.prompt))
    if !list.isFilterFocused { canvas.grid.cursor = cursor }
  }
}
