import JSON

/// Reads words of a command line as the values that a schema wants.
struct TypedWords {
  private let deriver: FormDeriver?

  init(_ schema: JSON?) { deriver = schema.map { FormDeriver($0) } }

  /// What the word can mean, the likeliest first. A member that the schema does not speak of takes it as it stands,
  /// one that is a list takes it as an entry.
  func readings(of text: String, at path: [String]) -> [JSON] {
    let types = types(at: path)
    guard !types.isEmpty else {
      return unique([.string(text), deriver == nil ? nil : SchemaCoercion.value(text, as: [])])
    }
    let isEntry = types.contains(.array) && !text.hasPrefix("[")
    let entries = isEntry ? own(text, at: path + ["0"]) : []
    return unique(own(text, at: path) + entries.map { $0.map { .array([$0]) } })
  }

  private func own(_ text: String, at path: [String]) -> [JSON?] {
    let types = types(at: path)
    return [
      SchemaCoercion.value(text, among: deriver?.choices(at: path) ?? []),
      types.isEmpty ? .string(text) : SchemaCoercion.value(text, as: types),
      types.contains(.string) ? .string(text) : nil,
    ]
  }

  func problem(
    _ text: String, for key: String, at path: [String]
  ) -> ArgumentAssignments.Problem {
    let types = types(at: path)
    return ArgumentAssignments.Problem(
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

  private func unique(_ readings: [JSON?]) -> [JSON] {
    var found: [JSON] = []
    for case let reading? in readings where !found.contains(reading) { found.append(reading) }
    return found
  }

  private func types(at path: [String]) -> [SchemaType] { deriver?.types(at: path) ?? [] }
}
