import JSON
import JSONSchema

/// What a typed line means as the answer to one field of a form. Pure.
enum FieldAnswer: Equatable {
  case value(JSON)
  case absent
  /// Ask again, with the reason.
  case again(String)

  /// `standing` is what an empty line stands for.
  static func read(_ typed: String, for field: FormField, standing: JSON?) -> FieldAnswer {
    let text = typed.trimmed
    if text == ":skip" { return field.isRequired ? .again("this cannot be left out") : .absent }
    if text.isEmpty { return standing.map { .value($0) } ?? empty(field) }
    switch field.kind {
    case .text: return .value(.string(text == "\"\"" ? "" : typed))
    case .integer, .number: return number(text, field)
    case .boolean: return boolean(text)
    case .choice(let choices):
      return choice(text, choices).map { .value($0.value) } ?? .again("choose one of the list")
    case .choices(let choices, _): return several(text, choices)
    case .null, .constant, .list, .group, .union, .json: return json(text)
    }
  }

  private static func empty(_ field: FormField) -> FieldAnswer {
    if !field.isRequired { return .absent }
    if case .text = field.kind { return .again("an answer is needed; \"\" is the empty text") }
    return .again("an answer is needed")
  }

  private static func number(_ text: String, _ field: FormField) -> FieldAnswer {
    guard let number = JSONNumber(text: text) else { return .again("a number is wanted") }
    if case .integer = field.kind, number.int == nil, !number.isInteger {
      return .again("a whole number is wanted")
    }
    return .value(.number(number))
  }

  private static func boolean(_ text: String) -> FieldAnswer {
    switch text.lowercased() {
    case "y", "yes", "true", "1": .value(true)
    case "n", "no", "false", "0": .value(false)
    default: .again("y or n is wanted")
    }
  }

  /// By its value, by what people read, or by its place in the list.
  private static func choice(_ text: String, _ choices: [FormChoice]) -> FormChoice? {
    if let exact = choices.first(where: { $0.value.string == text || $0.value.compact == text }) {
      return exact
    }
    if let place = Int(text), choices.indices.contains(place - 1) { return choices[place - 1] }
    return choices.first { $0.label.lowercased() == text.lowercased() }
  }

  private static func several(_ text: String, _ choices: [FormChoice]) -> FieldAnswer {
    if text == "-" { return .value([]) }
    var values: [JSON] = []
    for part in text.split(separator: ",") {
      let word = String(part).trimmed
      guard let choice = choice(word, choices) else {
        return .again("'\(word)' is not in the list")
      }
      values.append(choice.value)
    }
    return .value(.array(values))
  }

  private static func json(_ text: String) -> FieldAnswer {
    do throws(JSONError) {
      return .value(try JSON.parse(text))
    } catch {
      return .again("JSON is wanted: \(error.description)")
    }
  }
}
