import JSON

/// Reads words of a command line as the values that a schema wants.
struct TypedWords {
  private let deriver: FormDeriver?

  init(_ schema: JSON?) { deriver = schema.map { FormDeriver($0) } }

  /// A member that the schema does not speak of takes the word as it stands, one that is a list takes it as an entry.
  func read(
    _ text: String, for key: String, at path: [String]
  ) throws(ArgumentAssignments.Problem) -> JSON {
    let types = types(at: path)
    if types.isEmpty { return .string(text) }
    let choices = deriver?.choices(at: path) ?? []
    if let choice = SchemaCoercion.value(text, among: choices) { return choice }
    if let value = SchemaCoercion.value(text, as: types) { return value }
    if types.contains(.array), !text.hasPrefix("["), let entry = entry(text, of: path) {
      return .array([entry])
    }
    throw ArgumentAssignments.Problem(
      sentence: "'\(key)' wants \(types.map(\.words).joined(separator: " or ")), not '\(text)'",
      hint: "\(key):=JSON sends any JSON as it stands")
  }

  /// Where a key's value stands. `a.b` is the member `b` of `a` where the schema knows that one, and no `a.b`.
  func path(of key: String) -> [String] {
    let parts = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1, types(at: [key]).isEmpty, !types(at: parts).isEmpty,
      parts.indices.dropFirst().allSatisfy({ types(at: Array(parts[..<$0])).contains(.object) })
    else { return [key] }
    return parts
  }

  private func entry(_ text: String, of path: [String]) -> JSON? {
    let path = path + ["0"]
    if let choice = SchemaCoercion.value(text, among: deriver?.choices(at: path) ?? []) {
      return choice
    }
    let types = types(at: path)
    return types.isEmpty ? .string(text) : SchemaCoercion.value(text, as: types)
  }

  private func types(at path: [String]) -> [SchemaType] { deriver?.types(at: path) ?? [] }
}
