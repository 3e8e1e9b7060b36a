import JSON
import JSONSchema
import Operations
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
      let isSource = state.form?.showsJSON == true
      let wanted = inside.height >= 14 ? 5 : inside.height >= 8 ? 2 : isSource ? 1 : 0
      (rows, about) = inside.splitBottom(wanted)
    }
  }

  func draw(on canvas: inout Canvas) {
    let problems = form.problemCount
    let verb = state.screen.id == .question ? "" : "Call "
    var facts = [Span(form.showsJSON ? "  form | [json]" : "  [form] | json", .dim)]
    if problems > 0 {
      facts.append(Span("  \(problems) \(problems == 1 ? "problem" : "problems")", .stateWarn))
    }
    let layout = Layout(state)
    // What is wrong is worth more than the end of a name.
    let room = layout.rows.width - facts.width - 3
    let name = canvas.clipped(verb + canvas.signs.safe(title, limit: 100).text, to: max(9, room))
    ViewFrame(state: state, title: [Span(name, .title)] + facts, note: note).draw(on: &canvas)
    drawPreface(on: &canvas, in: layout.preface.inset(horizontal: 1))
    if let source = form.source { return draw(source, layout, on: &canvas) }
    guard !form.rows.isEmpty else {
      canvas.write(
        "There is nothing to fill in; \(state.sendKey) sends.", x: 1, in: layout.rows, Style(.dim))
      return drawAbout(on: &canvas, in: layout.about)
    }
    drawRows(on: &canvas, in: layout.rows)
    drawAbout(on: &canvas, in: layout.about)
  }

  /// The words of whoever asks; where they do not fit, the last row says how many are left and what shows them.
  private func drawPreface(on canvas: inout Canvas, in rect: Rect) {
    let text = TextView(state.preface(of: state.screen))
    text.draw(on: &canvas, in: rect)
    let hidden = text.height(width: rect.width) - rect.height
    guard hidden > 0, rect.height > 0 else { return }
    let key = state.key(of: "question.read")
    let dots = canvas.signs[.ellipsis]
    let words =
      rect.height > 1 ? "\(dots) \(hidden + 1) more lines, \(key) reads them" : " \(dots) \(key)"
    let row = rect.splitBottom(1).bottom
    let sign = canvas.clipped(words, to: row.width)
    let width = CharacterWidth.of(sign)
    if rect.height > 1 { canvas.write(String(repeating: " ", count: row.width), in: row) }
    canvas.write(sign, x: rect.height > 1 ? 0 : row.width - width, in: row, Style(.stateWarn))
  }

  private var note: [Span] {
    if let area = form.source?.area {
      return [Span("line \(area.line + 1)/\(area.lines.count), column \(area.column + 1)", .dim)]
    }
    let place = form.rows.isEmpty ? 0 : form.selected.cursor + 1
    var words = "\(place)/\(form.rows.count)"
    let earlier = state.earlierArguments.count
    if earlier > 0 { words += ", \(earlier) earlier (\(state.key(of: "form.earlier")))" }
    let presets = state.presetNames(state.screen).count
    if presets > 0 { words += ", \(presets) kept (\(state.key(of: "form.preset")))" }
    return [Span(words, .dim)]
  }

  private func draw(_ source: FormSource, _ layout: Layout, on canvas: inout Canvas) {
    let room = ViewFrame.ruled(layout.about, on: &canvas)
    var lines = Lines(signs: canvas.signs)
    if let problem = source.problem {
      lines.plain("! \(problem); until then the form keeps what it had", .stateWarn)
    } else if source.isStale {
      lines.plain("It is read once the typing rests.", .dim)
    }
    let violations = form.rows.compactMap { form.problem(of: $0) }
    for violation in (violations + [form.wasTried ? form.general : nil].compactMap(\.self)).prefix(
      9)
    {
      lines.plain("! " + lines.signs.safe(violation, limit: 300).text, .stateWarn)
    }
    if lines.paragraphs.isEmpty {
      let (fields, editor) = (state.key(of: "form.json"), state.key(of: "form.edit"))
      lines.plain("\(fields) turns to the fields, \(editor) opens an editor.", .dim)
    }
    lines.text.draw(on: &canvas, in: room)
    source.area.draw(
      on: &canvas, in: layout.rows.inset(horizontal: 1), marked: source.problem.map { $0.line - 1 })
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
    let room = ViewFrame.ruled(rect, on: &canvas)
    let (words, value) = room.splitTop(max(1, room.height - 1))
    var lines = Lines(signs: canvas.signs)
    if let row = form.current { about(row, &lines) }
    lines.text.draw(on: &canvas, in: words)
    // Of a long text no more is laid out than can be in view.
    let sent = AnswerBeginning.of(FormSecrets.masked(form), binary: "of this form").compact
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
    if form.isForEditor(row) {
      let id = row.takesText ? "form.editField" : "form.editValue"
      lines.plain("\(state.key(of: id)) opens it in an editor.", .dim)
    }
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
