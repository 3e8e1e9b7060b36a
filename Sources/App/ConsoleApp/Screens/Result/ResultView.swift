import JSON
import Operations
import SafeText
import TerminalCore
import Widgets

/// Draws a call: how it went, what is wrong with its answer, and the answer by its tab.
struct ResultView {
  let record: CallRecord
  let state: ConsoleState

  /// Where the parts are at the present size.
  struct Layout {
    let banner: Rect
    let head: Rect
    let rows: Rect

    init(_ state: ConsoleState) {
      let inside = ViewFrame.inside(state)
      let lines = state.call(of: state.screen).map { ResultView.banner($0, state.signs).count } ?? 0
      let (banner, rest) = inside.splitTop(min(lines, max(0, inside.height / 3)))
      self.banner = banner
      (head, rows) = rest.splitTop(state.result?.tab == .table ? 1 : 0)
    }
  }

  func draw(on canvas: inout Canvas) {
    ViewFrame(state: state, title: title(canvas.signs), note: note(canvas.signs)).draw(on: &canvas)
    let layout = Layout(state)
    for (y, span) in Self.banner(record, canvas.signs).enumerated() {
      canvas.write([span], x: 1, y: y, in: layout.banner)
    }
    switch record.phase {
    case .running: drawProgress(on: &canvas, in: layout.rows)
    case .failed(let failure): drawFailure(failure, on: &canvas, in: layout.rows)
    case .cancelled: canvas.write("cancelled", x: 1, in: layout.rows, Style(.stateWarn))
    case .done: drawAnswer(layout, on: &canvas)
    }
  }

  // MARK: - Around it

  private func title(_ signs: SignSet) -> [Span] {
    var words = [
      Span("\(record.label) \(signs.safe(record.name, limit: 100).text)", .title), Span("  "),
      CallWords.outcome(record, now: state.time.steady),
    ]
    if let result = state.result {
      words.append(Span("  " + tabs(result, beside: words.width + 2), .dim))
      if result.isBeginning { words.append(Span("  THE FIRST 64 kB", .stateWarn)) }
      if result.isStopped { words.append(Span("  STOPPED", .stateWarn)) }
    }
    return words
  }

  /// The ways to look at it; where they do not fit, the present one and how many there are.
  private func tabs(_ result: ResultState, beside used: Int) -> String {
    let tabs = result.tabs.map { $0 == result.tab ? "[\($0.rawValue)]" : $0.rawValue }
    let all = tabs.joined(separator: " ")
    guard used + all.count + 4 > ShellLayout(state).frame.width else { return all }
    let place = (result.tabs.firstIndex(of: result.tab) ?? 0) + 1
    return "[\(result.tab.rawValue)] \(place)/\(tabs.count)"
  }

  private func note(_ signs: SignSet) -> [Span] {
    let list = state.list
    guard !list.shown.isEmpty, let result = state.result else { return [] }
    var words = "\(list.selected.cursor + 1)/\(list.shown.count)"
    if let row = state.treeRow, !row.path.isEmpty {
      words += "  " + signs.safe(result.tree.pointer(of: row), limit: 300).text
    }
    return [Span(words, .dim)]
  }

  /// What must not be missed, above the answer and never in its place.
  static func banner(_ record: CallRecord, _ signs: SignSet) -> [Span] {
    var lines: [Span] = []
    if record.report?.isError == true {
      lines.append(Span("! the tool says that it failed", .stateError))
    }
    if !record.violations.isEmpty {
      let count = record.violations.count
      lines.append(
        Span(
          "! the answer breaks its output schema in \(count) \(count == 1 ? "place" : "places")",
          .stateWarn))
      lines += record.violations.prefix(3).map {
        Span("  " + signs.safe($0, limit: 300).text, .dim)
      }
    }
    let issues = record.report?.issues ?? []
    lines += issues.prefix(2).map { Span("! " + signs.safe($0, limit: 300).text, .stateWarn) }
    return lines
  }

  // MARK: - The answer

  private func drawProgress(on canvas: inout Canvas, in rect: Rect) {
    canvas.write(
      CallWords.progress(record, now: state.time.steady, canvas.signs), x: 1, in: rect)
    canvas.write(
      "\(state.key(of: "call.cancel")) cancels it; everything else goes on meanwhile", x: 1, y: 2,
      in: rect, Style(.dim))
  }

  private func drawFailure(
    _ failure: OperationFailure, on canvas: inout Canvas, in rect: Rect
  ) {
    var lines = Lines(signs: canvas.signs)
    lines.plain("There is no answer.", .title)
    lines.add("why", failure.sentence, .error)
    lines.add("layer", failure.layer)
    lines.add("try", failure.hint ?? "")
    if !failure.details.isEmpty {
      lines.gap()
      lines.json(JSON.object(failure.details).pretty)
    }
    lines.text.draw(on: &canvas, in: rect.inset(horizontal: 1), top: state.list.detailTop)
  }

  private func drawAnswer(_ layout: Layout, on canvas: inout Canvas) {
    guard let result = state.result else { return }
    let table = result.tab == .table ? result.table?.table(canvas.signs) : nil
    let width = layout.rows.width - 2
    table?.drawHeader(
      on: &canvas,
      in: Rect(x: layout.head.x + 1, y: layout.head.y, width: width, height: layout.head.height))
    if state.list.shown.isEmpty {
      let empty =
        result.tab == .wire
        ? "the log of the wire holds nothing of it"
        : result.wish == nil ? "the answer is empty" : ""
      canvas.write(
        result.count == 0 ? empty : "nothing matches; \(state.key(of: "view.out")) clears it", x: 1,
        in: layout.rows,
        Style(.dim)
      )
      return
    }
    if let cut = result.cutRow, state.list.shown == [cut], cut > 0 {
      canvas.write(
        "nothing matches in the \(cut) rows before it; \(state.key(of: "view.out")) clears it",
        x: 1,
        y: 1, in: layout.rows, Style(.dim))
    }
    if result.tab == .image { return drawImage(result, layout, on: &canvas) }
    ListView(state.list.selected).draw(on: &canvas, in: layout.rows) { line, place, canvas in
      guard let index = state.list.item(at: line), index < result.count else { return }
      if let table, let cells = result.table?.cells(index, canvas.signs) {
        let room = Rect(x: place.x, y: place.y, width: width, height: 1).intersection(place)
        return table.drawRow(cells, on: &canvas, in: room)
      }
      canvas.write(spans(result, index, place.width, canvas.signs), in: place)
    }
  }

  private func drawImage(_ result: ResultState, _ layout: Layout, on canvas: inout Canvas) {
    let room = layout.rows.inset(horizontal: 1)
    for (y, line) in result.lines.enumerated() {
      canvas.write([Span(canvas.signs.safe(line.text, limit: 300).text, line.role)], y: y, in: room)
    }
    // A picture in its own pixels stands in cells that are left blank.
    guard let picture = result.picture, !state.showsPixels else { return }
    let below = room.splitTop(result.lines.count + 1).rest
    guard state.showsPictures, !canvas.signs.isASCII else {
      canvas.write(
        "No preview with fewer than 256 colours; \(state.key(of: "output.write")) writes it to a file.",
        in: below, Style(.dim))
      return
    }
    picture.draw(on: &canvas, in: below)
  }

  private func spans(
    _ result: ResultState, _ index: Int, _ width: Int, _ signs: SignSet
  ) -> [Span] {
    if result.tab == .tree { return TreeWords.spans(result.tree.rows[index], signs) }
    let line = result.lines[index]
    if let spans = line.spans { return spans }
    let text = signs.safe(line.text, limit: width + 1).text
    guard line.isJSON || result.tab == .raw || result.tab == .asked else {
      return [Span(text, line.role)]
    }
    var ink = JSONInk(text)
    return ink.spans(text)
  }
}
