import JSON
import SafeText
import TerminalCore
import Widgets

/// A choice of one thing out of several: a list under a field that narrows it.
struct Picker: Sendable, Hashable {
  /// What a choice is good for.
  enum Deed: Sendable, Hashable {
    /// The order of a list; nil is the order of the server.
    case order(ListOrder?)
    /// A value of the focused row of a form.
    case answer(Screen, JSON)
    /// One of several values: it is ticked, and the picker stays.
    case tick(Screen, option: Int)
    /// An alternative of a form.
    case branch(Screen, Int)
    /// Named arguments of a form.
    case preset(Screen, String)
    case theme(String)
    /// A view that is opened from anywhere.
    case go(ScreenID)
    /// A server for the doctor, by its key.
    case examine(String)
    /// Something for a program of the system.
    case outside(Outside)
  }

  struct Item: Sendable, Hashable {
    let title: String
    var note = ""
    /// It is what holds now.
    var isChosen = false
    let deed: Deed
  }

  let title: String
  private(set) var items: [Item]
  /// A choice is ticked and the picker stays.
  var isMultiple = false
  var field = TextField()
  var selected: ScrollState
  private(set) var shown: [Int]

  private static let tallest = 14

  init(title: String, items: [Item], isMultiple: Bool = false) {
    self.title = title
    self.items = items
    self.isMultiple = isMultiple
    shown = Array(items.indices)
    selected = ScrollState(count: items.count)
    if let chosen = items.firstIndex(where: \.isChosen) {
      selected.move(.to(chosen), height: Self.tallest)
    }
  }

  var current: Item? {
    shown.indices.contains(selected.cursor) ? items[shown[selected.cursor]] : nil
  }

  mutating func refresh() {
    let words = FilterWords(field.text)
    shown = items.indices.filter {
      words.isEmpty || words.match([items[$0].title, items[$0].note])
    }
    selected = ScrollState(count: shown.count)
  }

  mutating func toggleCurrent() {
    guard shown.indices.contains(selected.cursor) else { return }
    items[shown[selected.cursor]].isChosen.toggle()
  }

  /// Rows of items that fit.
  func rows(in size: Size) -> Int {
    max(1, min(items.count, Self.tallest, size.height - 6))
  }
}

/// The picker as a popup.
struct PickerView {
  static let widest = 60

  let picker: Picker

  func draw(on canvas: inout Canvas) {
    let rows = picker.rows(in: canvas.grid.size)
    let popup = Popup(
      title: [Span(canvas.signs.safe(picker.title, limit: 80).text, .title)],
      note: [Span("\(picker.shown.count) of \(picker.items.count)", .dim)],
      width: min(Self.widest, canvas.bounds.width - 4), height: rows + 1)
    let (top, list) = popup.draw(on: &canvas, in: canvas.bounds).splitTop(1)
    let used = canvas.write("/", x: 1, in: top, Style(.prompt))
    picker.field.draw(on: &canvas, in: top.splitLeft(used + 1).rest, Style(.prompt))
    guard !picker.shown.isEmpty else {
      canvas.write("nothing is called like that", x: 1, in: list, Style(.dim))
      return
    }
    var selected = picker.selected
    selected.setCount(picker.shown.count, height: list.height)
    let isLong = picker.shown.count > list.height
    let room = Rect(
      x: list.x, y: list.y, width: list.width + (isLong ? 1 : 0), height: list.height)
    ListView(selected, bar: .borderFocus).draw(on: &canvas, in: room) { index, place, canvas in
      draw(picker.items[picker.shown[index]], on: &canvas, in: place)
    }
  }

  private func draw(_ item: Picker.Item, on canvas: inout Canvas, in rect: Rect) {
    let tick = picker.isMultiple ? (item.isChosen ? "[x] " : "[ ] ") : item.isChosen ? "* " : "  "
    canvas.write(
      [
        Span(tick, .key), Span(canvas.signs.safe(item.title, limit: 200).text),
        Span("  " + canvas.signs.safe(item.note, limit: 200).text, .dim),
      ], in: rect)
  }
}
