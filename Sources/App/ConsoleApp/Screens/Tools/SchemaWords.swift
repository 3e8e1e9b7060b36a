import JSON
import JSONSchema

/// What a schema asks for, in a few words: `integer 1..500 =50`.
enum SchemaWords {
  static func of(_ field: FormField) -> String {
    var words = of(field.kind)
    if field.isNullable { words += " or null" }
    if let value = field.defaultValue { words += " =\(value.compact)" }
    if field.isDeprecated { words += " (deprecated)" }
    if let text = field.description ?? field.title { words += "  \(text)" }
    return words
  }

  static func of(_ kind: FormKind) -> String {
    switch kind {
    case .text(let text): of(text)
    case .integer(let range): "integer" + of(range)
    case .number(let range): "number" + of(range)
    case .boolean: "boolean"
    case .null: "null"
    case .constant(let value): value.compact
    case .choice(let choices): of(choices)
    case .choices(let choices, let count): "some of \(of(choices))" + of(count)
    case .list(let list): "list of \(of(list.shape))" + of(list.count)
    case .group(let group): of(group)
    case .union(let union): union.branches.map(\.title).prefix(4).joined(separator: " | ")
    case .json: "any JSON"
    }
  }

  private static func of(_ text: FormText) -> String {
    var words = text.isSecret ? "secret" : text.format ?? (text.isMultiline ? "text" : "string")
    words += range(text.minLength.map(String.init), text.maxLength.map(String.init))
    if let pattern = text.pattern { words += " /\(pattern)/" }
    return words
  }

  private static func of(_ number: FormNumber) -> String {
    let low = number.minimum.map { ($0.isExclusive ? ">" : "") + $0.value.text }
    let high = number.maximum.map { ($0.isExclusive ? "<" : "") + $0.value.text }
    return range(low, high) + (number.multipleOf.map { " step \($0.text)" } ?? "")
  }

  private static func of(_ count: FormCount) -> String {
    range(count.minimum.map(String.init), count.maximum.map(String.init))
      + (count.isUnique ? " unique" : "")
  }

  private static func range(_ low: String?, _ high: String?) -> String {
    low == nil && high == nil ? "" : " \(low ?? "")..\(high ?? "")"
  }

  private static func of(_ choices: [FormChoice]) -> String {
    choices.prefix(6).map(\.label).joined(separator: " | ") + (choices.count > 6 ? " | …" : "")
  }

  private static func of(_ shape: FormList.Shape) -> String {
    switch shape {
    case .scalars: "values"
    case .objects: "objects"
    case .others: "anything"
    }
  }

  private static func of(_ group: FormGroup) -> String {
    if group.isMap { return "map" }
    if group.members.isEmpty { return group.isOpen ? "object" : "empty object" }
    return "{\(group.members.prefix(4).map(\.key).joined(separator: ", "))"
      + (group.members.count > 4 ? ", …}" : "}")
  }
}
