import JSON

/// Reads words of a command line as the values that a schema wants.
struct TypedWords {
  private let deriver: FormDeriver?

  init(_ schema: JSON?) { deriver = schema.map { FormDeriver($0) } }

  /// A member that the schema does not speak of takes the word as it stands, one that is a list takes it as an entry.
  func read(_ text: String, for key: String) throws(ArgumentAssignments.Problem) -> JSON {
    let types = types(at: [key])
    if types.isEmpty { return .string(text) }
    if let value = SchemaCoercion.value(text, as: types) { return value }
    if types.contains(.array), !text.hasPrefix("["), let entry = entry(text, of: key) {
      return .array([entry])
    }
    throw ArgumentAssignments.Problem(
      sentence: "'\(key)' wants \(types.map(\.words).joined(separator: " or ")), not '\(text)'",
      hint: "\(key):=JSON sends any JSON as it stands")
  }

  private func entry(_ text: String, of key: String) -> JSON? {
    let types = types(at: [key, "0"])
    return types.isEmpty ? .string(text) : SchemaCoercion.value(text, as: types)
  }

  private func types(at path: [String]) -> [SchemaType] { deriver?.types(at: path) ?? [] }
}
