import JSON
import JSONSchema
import SafeText

/// The words that stand in front of a field's answer.
enum FieldWords {
  /// `age (whole number 1…120, needed) [30]: `.
  static func prompt(_ field: FormField, _ standing: JSON?) -> String {
    let facts = ([kind(field), field.isRequired ? "needed" : "optional"]).filter { !$0.isEmpty }
    let fallback = standing.map { " [\(shown($0, in: field))]" } ?? ""
    return SafeText("  \(field.key) (\(facts.joined(separator: ", ")))\(fallback): ").text
  }

  static func isSecret(_ field: FormField) -> Bool {
    if case .text(let text) = field.kind { text.isSecret } else { false }
  }

  static func choices(_ field: FormField) -> [FormChoice] {
    switch field.kind {
    case .choice(let choices), .choices(let choices, _): choices
    default: []
    }
  }

  private static func shown(_ value: JSON, in field: FormField) -> String {
    if isSecret(field) { return Secret.mask }
    if let flag = value.bool { return flag ? "y" : "n" }
    let label = choices(field).first { $0.value == value }?.label
    return label ?? value.string ?? value.compact
  }

  private static func kind(_ field: FormField) -> String {
    switch field.kind {
    case .text(let text): self.text(text)
    case .integer(let number): "whole number" + range(number)
    case .number(let number): "number" + range(number)
    case .boolean: "y or n"
    case .choice: "one of the list"
    case .choices(_, let count): "some of the list, with commas" + amount(count)
    case .null: "null"
    case .constant: ""
    case .list, .group, .union, .json: "JSON"
    }
  }

  private static func text(_ text: FormText) -> String {
    let length =
      switch (text.minLength ?? 0, text.maxLength) {
      case (0, nil): ""
      case (let low, nil): ", at least \(low) characters"
      case (0, let high?): ", at most \(high) characters"
      case (let low, let high?): ", \(low)…\(high) characters"
      }
    return (text.format ?? (text.isSecret ? "hidden" : "text")) + length
  }

  private static func range(_ number: FormNumber) -> String {
    switch (number.minimum, number.maximum) {
    case (nil, nil): ""
    case (let low?, nil): (low.isExclusive ? " above " : " from ") + low.value.text
    case (nil, let high?): (high.isExclusive ? " below " : " up to ") + high.value.text
    case (let low?, let high?): " \(low.value.text)…\(high.value.text)"
    }
  }

  private static func amount(_ count: FormCount) -> String {
    switch (count.minimum ?? 0, count.maximum) {
    case (0, nil): ""
    case (let low, nil): ", at least \(low)"
    case (0, let high?): ", at most \(high)"
    case (let low, let high?): ", \(low)…\(high)"
    }
  }
}
