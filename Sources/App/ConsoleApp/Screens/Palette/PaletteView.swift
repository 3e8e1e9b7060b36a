import SafeText
import TerminalCore
import Widgets

/// The palette as a popup at the top: the field, and what it finds.
struct PaletteView {
  static let widest = 72
  private static let tallest = 14

  let palette: PaletteState

  /// Rows of entries that fit.
  static func rows(in size: Size) -> Int { max(1, min(tallest, size.height - 6)) }

  func draw(on canvas: inout Canvas) {
    let rows = Self.rows(in: canvas.grid.size)
    let popup = Popup(
      title: [Span("Find", .title)],
      note: [Span("> commands  @ servers  # calls  a URL connects", .dim)],
      width: min(Self.widest, canvas.bounds.width - 4), height: rows + 1)
    let (top, list) = popup.draw(on: &canvas, in: canvas.bounds).splitTop(1)
    let used = canvas.write(":", x: 1, in: top, Style(.prompt))
    palette.field.draw(on: &canvas, in: top.splitLeft(used + 1).rest, Style(.prompt))
    guard !palette.shown.isEmpty else {
      canvas.write("nothing is called like that", x: 1, in: list, Style(.dim))
      return
    }
    var selected = palette.selected
    selected.setCount(palette.shown.count, height: list.height)
    let isLong = palette.shown.count > list.height
    let room = Rect(
      x: list.x, y: list.y, width: list.width + (isLong ? 1 : 0), height: list.height)
    ListView(selected, bar: .borderFocus).draw(on: &canvas, in: room) { index, place, canvas in
      draw(palette.shown[index], on: &canvas, in: place)
    }
  }

  private func draw(_ entry: PaletteState.Entry, on canvas: inout Canvas, in rect: Rect) {
    let note = canvas.clipped(
      canvas.signs.safe(entry.note, limit: 100).text, to: rect.width * 2 / 5)
    let start = rect.width - CharacterWidth.of(note) - 1
    let room = rect.splitLeft(start - 1).left
    let title = Span(
      canvas.signs.safe(entry.title, limit: 300).text, entry.reason == nil ? .text : .dim)
    canvas.write([title] + (entry.reason.map { [Span("  \($0)", .stateWarn)] } ?? []), in: room)
    canvas.write(note, x: start, in: rect, Style(entry.isCommand ? .key : .dim))
  }
}
