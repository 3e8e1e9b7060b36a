import JSON
import JSONSchema

/// One line of a form: a question, or the head of several.
struct FormRow: Sendable, Hashable {
  let field: FormField
  let path: [String]
  let depth: Int
  let label: String
  /// An entry of a list or a member under a name of one's own: it can be taken out again.
  var isRemovable = false
  /// One of the values to tick, by its place.
  var option: Int?

  var pointer: String { field.pointer }

  /// Whether text is typed into it.
  var takesText: Bool {
    guard option == nil else { return false }
    switch field.kind {
    case .text, .integer, .number, .json: return true
    default: return false
    }
  }

  var isSecret: Bool {
    if case .text(let text) = field.kind { text.isSecret } else { false }
  }
}
