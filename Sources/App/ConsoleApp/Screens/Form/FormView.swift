import JSON
import JSONSchema
import SafeText
import TerminalCore
import Widgets

/// Draws a form: its rows, and below them what the focused one is about and what would be sent.
struct FormView {
  let form: FormState
  let title: String
  let state: ConsoleState

  /// Where the parts are at the present size.
  struct Layout {
    /// The words of a server that asks.
    let preface: Rect
    let rows: Rect
    let about: Rect

    init(_ state: ConsoleState) {
      let whole = ViewFrame.inside(state)
      let lines = TextView(state.preface(of: state.screen)).height(width: whole.width - 2)
      let (preface, inside) = whole.splitTop(min(lines, whole.height / 2))
      self.preface = preface
      let wanted = inside.height >= 14 ? 5 : inside.height >= 8 ? 2 : 0
      (rows, about) = inside.splitBottom(wanted)
    }
  }

  func draw(on canvas: inout Canvas) {
    let problems = form.problemCount
    let verb = state.screen.id == .question ? "" : "Call "
    var words = [Span(verb + canvas.signs.safe(title, limit: 100).text, .title)]
    words.append(Span(form.showsJSON ? "  form | [json]" : "  [form] | json", .dim))
    if problems > 0 {
      words.append(Span("  \(problems) \(problems == 1 ? "problem" : "problems")", .stateWarn))
    }
    ViewFrame(state: state, title: words, note: note).draw(on: &canvas)
    let layout = Layout(state)
    if form.showsJSON { return drawJSON(on: &canvas, in: ViewFrame.inside(state)) }
    TextView(state.preface(of: state.screen))
      .draw(on: &canvas, in: layout.preface.inset(horizontal: 1))
    guard !form.rows.isEmpty else {
      canvas.write(
        "There is nothing to fill in; \(state.sendKey) sends.", x: 1, in: layout.rows, Style(.dim))
      return drawAbout(on: &canvas, in: layout.about)
    }
    drawRows(on: &canvas, in: layout.rows)
    drawAbout(on: &canvas, in: layout.about)
  }

  private var note: [Span] {
    let place = form.rows.isEmpty ? 0 : form.selected.cursor + 1
    var words = "\(place)/\(form.rows.count)"
    let earlier = state.earlierArguments.count
    if earlier > 0 { words += ", \(earlier) earlier (\(state.key(of: "form.earlier")))" }
    let presets = state.presetNames(state.screen).count
    if presets > 0 { words += ", \(presets) kept (\(state.key(of: "form.preset")))" }
    return [Span(words, .dim)]
  }

  private func drawJSON(on canvas: inout Canvas, in rect: Rect) {
    var lines = Lines(signs: canvas.signs)
    lines.json(FormSecrets.masked(form).pretty)
    lines.text.draw(on: &canvas, in: rect.inset(horizontal: 1), top: state.list.detailTop)
  }

  // MARK: - Rows

  private var labelWidth: Int {
    let widest = form.rows.map { CharacterWidth.of($0.label) + $0.depth * 2 + 3 }.max() ?? 8
    return min(max(8, widest), ViewFrame.inside(state).width / 3)
  }

  private func drawRows(on canvas: inout Canvas, in rect: Rect) {
    let width = labelWidth
    ListView(form.selected).draw(on: &canvas, in: rect) { index, place, canvas in
      let row = form.rows[index]
      let (left, rest) = place.splitLeft(width)
      drawLabel(row, on: &canvas, in: left)
      FormCell(form: form, row: row, isFocused: index == form.selected.cursor)
        .draw(on: &canvas, in: rest.splitLeft(1).rest)
    }
  }

  private func drawLabel(_ row: FormRow, on canvas: inout Canvas, in rect: Rect) {
    let indent = min(row.depth * 2, rect.width / 2)
    let label = canvas.signs.safe(row.label, limit: 200).text
    let mark = row.field.isRequired && row.option == nil && !row.isRemovable ? " *" : ""
    let room = rect.splitLeft(indent).rest
    canvas.write(
      canvas.clipped(label, to: max(1, room.width - mark.count - 1)) + mark, in: room,
      Style(row.option == nil ? .key : .text))
  }

  // MARK: - About

  private func drawAbout(on canvas: inout Canvas, in rect: Rect) {
    guard rect.height > 0 else { return }
    if rect.height > 2 {
      let line = String(repeating: canvas.signs[.horizontal], count: rect.width)
      canvas.write(line, in: rect, Style(.border))
    }
    let room = (rect.height > 2 ? rect.splitTop(1).rest : rect).inset(horizontal: 1)
    let (words, value) = room.splitTop(max(1, room.height - 1))
    var lines = Lines(signs: canvas.signs)
    if let row = form.current { about(row, &lines) }
    lines.text.draw(on: &canvas, in: words)
    let sent = FormSecrets.masked(form).compact
    canvas.write(
      canvas.clipped(canvas.signs.safe(sent, limit: 500).text, to: value.width), in: value,
      Style(.dim))
  }

  private func about(_ row: FormRow, _ lines: inout Lines) {
    if let problem = form.problem(of: row) ?? (form.wasTried ? form.general : nil) {
      lines.plain("! " + lines.signs.safe(problem, limit: 500).text, .stateWarn)
    }
    let words = SchemaWords.of(row.field)
    lines.plain(lines.signs.safe("\(row.label): \(words)", limit: 1000).text)
    if row.isSecret {
      lines.plain(
        "$NAME takes it from the environment, $token:SERVER from the sign-ins; "
          + "\(state.key(of: "form.peek")) shows it.", .dim)
    }
    if row.isMoment { lines.plain("now-2h, today or tomorrow+9h may be typed too.", .dim) }
    let suggestions = form.suggestions.prefix(20).joined(separator: "  ")
    if !suggestions.isEmpty {
      lines.plain(
        "\(state.key(of: "form.valueNext")) takes: "
          + lines.signs.safe(suggestions, limit: 400).text, .link)
    }
    for finding in row.field.findings {
      lines.plain(lines.signs.safe(finding.sentence, limit: 500).text, .stateWarn)
    }
  }
}
