import TerminalCore
import Widgets

/// The keys of the view beneath, as a popup with a filter on top.
struct HelpView {
  static let widest = 64
  private static let keyColumn = 16

  let help: HelpState

  /// Rows of commands that fit.
  static func rows(in size: Size) -> Int { max(1, size.height - (size.height < 16 ? 6 : 10)) }

  func draw(on canvas: inout Canvas) {
    let shown = help.shown
    let rows = min(help.entries.count, Self.rows(in: canvas.grid.size))
    let popup = Popup(
      title: [Span("Keys", .title)], note: [Span("@x finds a key", .dim)],
      width: min(Self.widest, canvas.bounds.width - 4), height: rows + 1)
    let inside = popup.draw(on: &canvas, in: canvas.bounds)
    let (top, list) = inside.splitTop(1)
    drawFilter(on: &canvas, in: top)
    guard !shown.isEmpty else {
      canvas.write("no command matches", x: 1, in: list, Style(.dim))
      return
    }
    var selected = help.selected
    selected.setCount(shown.count, height: list.height)
    // The scrollbar lies on the frame: a colour less in every row, and a column more for words.
    let isLong = shown.count > list.height
    let room = Rect(
      x: list.x, y: list.y, width: list.width + (isLong ? 1 : 0), height: list.height)
    ListView(selected, bar: .borderFocus).draw(on: &canvas, in: room) { index, place, canvas in
      draw(shown[index], isSelected: index == selected.cursor, on: &canvas, in: place)
    }
  }

  private func drawFilter(on canvas: inout Canvas, in rect: Rect) {
    let used = canvas.write("/", x: 1, in: rect, Style(.prompt))
    help.filter.draw(on: &canvas, in: rect.splitLeft(used + 1).rest, Style(.prompt))
  }

  private func draw(
    _ entry: HelpState.Entry, isSelected: Bool, on canvas: inout Canvas, in rect: Rect
  ) {
    let reason = isSelected ? entry.reason : nil
    let keys = entry.keys.map { Keymap.label($0, canvas.signs) }.joined(separator: " ")
    let (left, right) = rect.splitLeft(Self.keyColumn)
    canvas.write(canvas.clipped(keys, to: left.width - 1), in: left, Style(.key))
    canvas.write(
      [Span(entry.title, entry.reason == nil ? .text : .dim)]
        + (reason.map { [Span("  \($0)", .stateWarn)] } ?? []), in: right)
  }
}
