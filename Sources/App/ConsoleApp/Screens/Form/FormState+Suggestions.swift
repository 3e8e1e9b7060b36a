import JSON
import JSONSchema
import Widgets

/// Values that a field may go on with.
extension FormState {
  private static let mostSuggestions = 50

  /// Takes what the server offers, where the field still has the text it was asked for.
  mutating func take(_ values: [String], for key: String, _ text: String) {
    guard current?.field.key == key, field.text == text else { return }
    offered = Array(values.prefix(Self.mostSuggestions))
  }

  /// What fits the focused text: from the server, else the examples of the schema.
  var suggestions: [String] {
    guard let row = current, row.takesText, !row.isSecret else { return [] }
    if !offered.isEmpty { return offered }
    let examples = row.field.examples + [row.field.defaultValue].compactMap(\.self)
    return examples.map { Self.text(of: $0, row.field.kind) }
      .filter { !$0.isEmpty && $0.count < 200 }
  }

  /// Steps the focused answer: the next suggestion, the number or the part of a date under the cursor, the next choice.
  mutating func stepValue(by step: Int) {
    guard let row = current else { return }
    guard row.takesText else { return self.step(by: step) }
    if let next = stepped(row, step) {
      let cursor = field.cursor
      put(next, at: row)
      field.move(to: min(cursor, next.count))
      return
    }
    let suggestions = suggestions
    guard !suggestions.isEmpty else { return }
    let place = suggestions.firstIndex(of: field.text)
    let next = place.map { ($0 + step + suggestions.count) % suggestions.count }
    put(suggestions[next ?? (step > 0 ? 0 : suggestions.count - 1)], at: row)
  }

  private func stepped(_ row: FormRow, _ step: Int) -> String? {
    switch row.field.kind {
    case .integer(let number), .number(let number):
      if field.text.isEmpty {
        return row.field.defaultValue?.number?.text ?? number.minimum?.value.text ?? "0"
      }
      guard let value = Double(field.text), value.magnitude < 1e15 else { return nil }
      let width = number.multipleOf.flatMap { Double($0.text) } ?? 1
      let next = value + width * Double(step)
      guard next.magnitude < 1e15 else { return nil }
      return next == next.rounded() ? String(Int(next)) : "\(next)"
    case .text where row.isMoment:
      return FormMoment.stepped(field.text, at: field.cursor, by: -step)
    default: return nil
    }
  }

  /// Words such as `now-2h` become the moment they mean.
  mutating func settleMoment(now: Int64) {
    guard let row = current, row.isMoment, case .text(let text) = row.field.kind,
      let seconds = FormMoment.seconds(field.text, now: now / 1000),
      let words = FormMoment.text(seconds, text.format)
    else { return }
    put(words, at: row)
  }

  // MARK: - From a picker

  mutating func answer(_ value: JSON) {
    guard let row = current else { return }
    set(value, at: row)
    move(.by(0))
  }

  mutating func tick(_ option: Int) {
    guard let row = current, case .choices(let choices, _) = row.field.kind,
      choices.indices.contains(option)
    else { return }
    toggle(choices[option].value, at: row)
  }

  mutating func chooseBranch(_ index: Int) {
    guard let row = current else { return }
    choose(index, at: row)
    move(.by(0))
  }
}
