import JSON
import JSONSchema
import SafeText
import TerminalCore
import Widgets

/// Draws the answer of one row: unset, null and the empty text look different.
struct FormCell {
  let form: FormState
  let row: FormRow
  let isFocused: Bool

  private static let mostRadios = 5

  private var value: JSON? { form.value.value(at: row.path) }

  func draw(on canvas: inout Canvas, in rect: Rect) {
    let problem = form.problem(of: row)
    let hint = problem.map { "! \(withoutPlace($0))" } ?? ""
    let width = hint.isEmpty ? 0 : min(CharacterWidth.of(hint) + 2, rect.width / 2)
    let (answer, side) = rect.splitLeft(rect.width - width)
    if isFocused, row.takesText {
      drawField(on: &canvas, in: answer)
    } else {
      canvas.write(spans(canvas.signs), in: answer)
    }
    guard !hint.isEmpty else { return }
    let text = canvas.clipped(canvas.signs.safe(hint, limit: 300).text, to: side.width - 2)
    canvas.write(text, x: side.width - CharacterWidth.of(text) - 1, in: side, Style(.stateWarn))
  }

  /// Beside its row a problem need not say where it is.
  private func withoutPlace(_ problem: String) -> Substring {
    let places = [row.label, row.path.dropLast().last ?? ""]
    guard let colon = problem.firstRange(of: ": "),
      places.contains(String(problem[..<colon.lowerBound]))
    else { return problem[...] }
    return problem[colon.upperBound...]
  }

  private func drawField(on canvas: inout Canvas, in rect: Rect) {
    if row.isSecret, !form.isPeeking {
      let bullets = String(repeating: "*", count: min(form.field.text.count, rect.width - 1))
      let used = canvas.write(bullets, in: rect, Style(.secret))
      canvas.grid.cursor = Point(x: rect.x + used, y: rect.y)
      return
    }
    form.field.draw(on: &canvas, in: rect, Style(.text))
    guard form.field.isEmpty, value == nil || value?.isNull == true || value?.string == "" else {
      return
    }
    canvas.write([Span("  ")] + absence(canvas.signs), in: rect)
  }

  private func spans(_ signs: SignSet) -> [Span] {
    if let option = row.option { return [tick(option)] }
    if let draft = form.drafts[row.pointer] {
      let text = draft.text.split(whereSeparator: \.isNewline).joined(separator: " ")
      return [Span("draft  ", .stateWarn), Span(signs.safe(text, limit: 200).text, .dim)]
    }
    guard let value, !value.isNull, value != "" else {
      guard case .choice(let choices) = row.field.kind else { return absence(signs) }
      return (radios(choices, signs) ?? []) + absence(signs)
    }
    switch row.field.kind {
    case .boolean: return [Span(value.bool.map { $0 ? "[x] true" : "[ ] false" } ?? text(signs))]
    case .choice(let choices): return chosen(choices, signs)
    case .choices(let choices, _): return ticked(value.array ?? [], choices, signs)
    case .list: return [Span("[\(value.array?.count ?? 0)]", .jsonPunctuation)]
    case .group: return [Span("{\(value.object?.count ?? 0)}", .jsonPunctuation)]
    case .union(let union): return branch(union, signs)
    default:
      if row.isSecret { return secret(value) }
      return [Span(text(signs), role(value))]
    }
  }

  /// How it is where nothing, or null, is the answer.
  private func absence(_ signs: SignSet) -> [Span] {
    if value?.isNull == true { return [Span("null", .jsonNull)] }
    if value?.string == "" { return [Span("\"\"", .jsonString), Span("  empty text", .dim)] }
    if case .union(let union) = row.field.kind { return branch(union, signs) }
    if let standard = row.field.defaultValue, !standard.isNull {
      let words = signs.safe(standard.compact, limit: 100).text
      return [Span("unset", .stateOff), Span("  default \(words)", .dim)]
    }
    return [Span("unset", .stateOff)]
  }

  /// How many are ticked, and which where the rows for it are not there.
  private func ticked(_ values: [JSON], _ choices: [FormChoice], _ signs: SignSet) -> [Span] {
    let count = Span("\(values.count) of \(choices.count)", .dim)
    guard choices.count > FormPicking.mostUnfolded, !values.isEmpty else { return [count] }
    let labels = choices.filter { values.contains($0.value) }.map(\.label)
    return [
      Span(signs.safe(labels.joined(separator: ", "), limit: 200).text + "  "), count,
    ]
  }

  private func tick(_ option: Int) -> Span {
    guard case .choices(let choices, _) = row.field.kind else { return Span("") }
    let isChosen = value?.array?.contains(choices[option].value) ?? false
    return Span(isChosen ? "[x]" : "[ ]")
  }

  private func chosen(_ choices: [FormChoice], _ signs: SignSet) -> [Span] {
    if let radios = radios(choices, signs) { return radios }
    let place = choices.firstIndex { $0.value == value }
    let label = place.map { signs.safe(choices[$0].label, limit: 60).text } ?? text(signs)
    return [Span("<\(label)>"), Span("  \((place ?? -1) + 1)/\(choices.count)", .dim)]
  }

  /// All choices side by side; nil where there are too many.
  private func radios(_ choices: [FormChoice], _ signs: SignSet) -> [Span]? {
    let labels = choices.map { signs.safe($0.label, limit: 60).text }
    guard choices.count <= Self.mostRadios, labels.reduce(0, { $0 + $1.count + 5 }) < 60 else {
      return nil
    }
    let place = choices.firstIndex { $0.value == value }
    return labels.enumerated().map { index, label in
      Span(index == place ? "(*) \(label) " : "( ) \(label) ", index == place ? .text : .dim)
    }
  }

  private func branch(_ union: FormUnion, _ signs: SignSet) -> [Span] {
    let place = form.branch(of: row.field, row.path)
    let labels = union.branches.map { signs.safe($0.title, limit: 40).text }
    let words = labels.enumerated().map { $0.offset == place ? "[\($0.element)]" : $0.element }
    return [Span("<" + words.joined(separator: "|") + ">", place == nil ? .dim : .text)]
  }

  private func text(_ signs: SignSet) -> String {
    signs.safe(FormState.text(of: value, row.field.kind), limit: 500).text
  }

  /// A reference is no secret: it may be read.
  private func secret(_ value: JSON) -> [Span] {
    guard let name = value.string.flatMap(SecretReferences.name) else {
      return [Span("********", .secret)]
    }
    let isToken = name.hasPrefix(SecretReferences.tokenPrefix)
    return [
      Span("$\(name)", .link),
      Span(isToken ? "  of the token store" : "  of the environment", .dim),
    ]
  }

  private func role(_ value: JSON) -> Role {
    switch value {
    case .number: .jsonNumber
    case .bool: .jsonBool
    default: .text
    }
  }
}

/// What of a form may be shown in one piece.
enum FormSecrets {
  static func masked(_ form: FormState) -> JSON {
    form.rows.filter(\.isSecret).reduce(form.value) { value, row in
      guard isWritten(value.value(at: row.path)) else { return value }
      return value.setting(row.path, to: .string(Secret.mask))
    }
  }

  /// Arguments that were sent, as they may be shown.
  static func masked(_ value: JSON, _ schema: JSON) -> JSON {
    FormState(schema, value: value).rows.filter(\.isSecret).reduce(value) { masked, row in
      guard isWritten(value.value(at: row.path)) else { return masked }
      return masked.setting(row.path, to: .string(Secret.mask))
    }
  }

  /// The arguments for keeping: a secret that is written out is not among them.
  static func without(_ form: FormState) -> JSON {
    form.rows.filter(\.isSecret).reduce(form.value) { value, row in
      isWritten(value.value(at: row.path)) ? value.setting(row.path, to: nil) : value
    }
  }

  /// What was made of masked arguments, with the secrets of the form in their places.
  static func unmasked(_ json: JSON, _ form: FormState) -> JSON {
    form.rows.filter(\.isSecret).reduce(json) { json, row in
      guard json.value(at: row.path)?.string == Secret.mask else { return json }
      return json.setting(row.path, to: form.value.value(at: row.path))
    }
  }

  /// The same as a text, where it cannot be read.
  static func masked(_ text: String, _ form: FormState) -> String {
    form.rows.filter(\.isSecret).compactMap { form.value.value(at: $0.path) }.filter(isWritten)
      .reduce(text) { $0.replacing($1.compact, with: JSON.string(Secret.mask).compact) }
  }

  private static func isWritten(_ value: JSON?) -> Bool {
    guard let text = value?.string, !text.isEmpty else { return false }
    return SecretReferences.name(in: text) == nil
  }
}
