import SafeText
import TerminalCore
import Widgets

/// Draws a view that is a list with the detail of its selected item.
struct ListScreenView {
  let title: String
  /// What to say where there is nothing to list.
  let empty: TextView
  /// Said behind the title, such as a list that is being loaded.
  var remark: [Span] = []

  func draw(_ state: ConsoleState, _ source: ListSource, on canvas: inout Canvas) {
    let layout = SplitLayout(state)
    let count = source.count(state, state.screen)
    frame(state, count).draw(on: &canvas)
    guard count > 0 else {
      let inside = ViewFrame.inside(state)
      let place = inside.inset(horizontal: 2, vertical: inside.height > 9 ? 1 : 0)
      return empty.draw(on: &canvas, in: place)
    }
    drawList(state, source, layout, on: &canvas)
    guard let room = layout.detail, let divider = layout.divider else { return }
    for y in 0..<divider.height {
      canvas.write(
        canvas.signs[.vertical], y: y, in: divider,
        Style(state.isDetailFocused ? .borderFocus : .border))
    }
    if let item = state.list.current {
      source.detail?(state, state.screen, item)
        .draw(on: &canvas, in: room, top: state.list.detailTop)
    }
  }

  private func frame(_ state: ConsoleState, _ count: Int) -> ViewFrame {
    let list = state.list
    var words = [Span(title, .title)]
    let shown =
      list.filter.isEmpty && !list.rules.isInForce ? "\(count)" : "\(list.shown.count)/\(count)"
    if count > 0 { words.append(Span(" \(shown)", .dim)) }
    var note: [Span] = []
    if count > 0 {
      let place = list.shown.isEmpty ? 0 : list.selected.cursor + 1
      let hidden = count - list.shown.count
      let words = hidden > 0 ? ", \(hidden) hidden by the filter" : ""
      note = [Span("\(place)/\(list.shown.count)\(words)", .dim)]
    }
    if list.rules.isInForce {
      let rules = state.signs.safe(list.rules.words, limit: 60).text
      words.append(Span("  \(rules)", .match))
    }
    if let order = list.order { words.append(Span("  \(order.words)", .dim)) }
    if !list.marks.isEmpty { note.append(Span(", \(list.marks.count) marked", .match)) }
    return ViewFrame(
      state: state, title: words + (remark.isEmpty ? [] : [Span("  ")] + remark), note: note)
  }

  private func drawList(
    _ state: ConsoleState, _ source: ListSource, _ layout: SplitLayout, on canvas: inout Canvas
  ) {
    guard let table = source.table, let cells = source.cells else { return }
    let head = layout.head
    table.drawHeader(
      on: &canvas, in: Rect(x: head.x + 1, y: head.y, width: head.width - 2, height: 1))
    let list = state.list
    if list.shown.isEmpty {
      let words =
        list.filter.isEmpty
        ? "nothing gets through; \(state.key(of: "list.rules")) lists the filters"
        : "nothing matches; \(state.key(of: "view.out")) clears it"
      canvas.write(words, x: 1, in: layout.rows, Style(.dim))
      return
    }
    var view = ListView(list.selected, isFocused: !state.isDetailFocused)
    if !list.marks.isEmpty {
      view.isMarked = { line in
        list.item(at: line).map { list.marks.contains(source.key(state, state.screen, $0)) }
          ?? false
      }
    }
    if let key = source.noteKey, !state.notes.isEmpty(state.screen.id) {
      view.isNoted = { line in
        list.item(at: line).map {
          state.note(state.screen.id, key(state, state.screen, $0)) != nil
        } ?? false
      }
    }
    view.draw(on: &canvas, in: layout.rows) { line, place, canvas in
      guard let item = list.item(at: line) else { return }
      let room = Rect(x: place.x, y: place.y, width: head.width - 2, height: 1)
      table.drawRow(
        cells(state, state.screen, item, canvas.signs), on: &canvas, in: room.intersection(place))
    }
  }
}

/// One item's detail over the whole frame.
struct DetailScreenView {
  let title: String
  var note: [Span] = []
  let text: TextView

  func draw(_ state: ConsoleState, on canvas: inout Canvas) {
    ViewFrame(state: state, title: [Span(title, .title)], note: note).draw(on: &canvas)
    let room = ViewFrame.inside(state).inset(horizontal: 1)
    text.draw(on: &canvas, in: room, top: state.list.detailTop)
    if !state.list.search.isEmpty { markHits(state, in: room, on: &canvas) }
  }

  /// Draws what is searched for in the role of a match where it stands in view.
  private func markHits(_ state: ConsoleState, in room: Rect, on canvas: inout Canvas) {
    let wanted = state.list.search
    let isExact = wanted.contains { $0.isUppercase }
    let lines = text.lines(width: room.width)
    let top = min(max(0, state.list.detailTop), max(0, lines.count - room.height))
    for (y, line) in lines.dropFirst(top).prefix(room.height).enumerated() {
      let words = line.map(\.text).joined()
      let folded = isExact ? words : words.lowercased()
      guard folded.count == words.count else { continue }
      var place = folded.startIndex
      while let hit = folded[place...].firstRange(of: wanted) {
        let start = folded.distance(from: folded.startIndex, to: hit.lowerBound)
        let length = folded.distance(from: hit.lowerBound, to: hit.upperBound)
        let column = CharacterWidth.of(String(words.prefix(start)))
        let shown = String(words.dropFirst(start).prefix(length))
        canvas.write(shown, x: column, y: y, in: room, Style(.match))
        place = hit.upperBound
      }
    }
  }
}
