import JSON

/// The types that a schema allows for one property, as far as they decide how a typed word is read.
struct PropertyType: Equatable {
  private(set) var names: Set<String> = []
  private(set) var items: JSON?

  private static let referenceDepth = 16

  init(of key: String, in schema: JSON?) {
    guard let schema else { return }
    collect(Self.property(key, of: schema, root: schema, 0) ?? .null, root: schema, 0)
  }

  private init(items: JSON, root: JSON) { collect(items, root: root, 0) }

  /// Looks through references and branches, for a property may stand in any of them.
  private static func property(_ key: String, of schema: JSON, root: JSON, _ depth: Int) -> JSON? {
    guard depth < referenceDepth else { return nil }
    if let own = schema["properties"]?[key] { return own }
    if let target = resolved(schema, root) {
      return property(key, of: target, root: root, depth + 1)
    }
    for branch in branches(of: schema) {
      if let found = property(key, of: branch, root: root, depth + 1) { return found }
    }
    return nil
  }

  private mutating func collect(_ schema: JSON, root: JSON, _ depth: Int) {
    guard depth < Self.referenceDepth else { return }
    if let name = schema["type"]?.string { names.insert(name) }
    names.formUnion(schema["type"]?.array?.compactMap(\.string) ?? [])
    if schema["nullable"] == true { names.insert("null") }
    for value in (schema["enum"]?.array ?? []) + [schema["const"]].compactMap({ $0 }) {
      names.insert(Self.name(of: value))
    }
    items = items ?? schema["items"]
    if let target = Self.resolved(schema, root) { collect(target, root: root, depth + 1) }
    for branch in Self.branches(of: schema) { collect(branch, root: root, depth + 1) }
  }

  private static func branches(of schema: JSON) -> [JSON] {
    ["anyOf", "oneOf", "allOf"].flatMap { schema[$0]?.array ?? [] }
  }

  private static func resolved(_ schema: JSON, _ root: JSON) -> JSON? {
    guard let reference = schema["$ref"]?.string, reference.hasPrefix("#/") else { return nil }
    return reference.dropFirst(2).split(separator: "/").reduce(Optional(root)) { value, part in
      let key = part.replacing("~1", with: "/").replacing("~0", with: "~")
      return value?[String(key)]
    }
  }

  private static func name(of value: JSON) -> String {
    switch value {
    case .null: "null"
    case .bool: "boolean"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}

// MARK: - Reading a word

extension PropertyType {
  /// The word as the schema wants it. A property of unknown type, or one that may be a text, takes the word as text
  /// unless it fits a stricter type that is allowed too.
  func read(_ text: String, for key: String) throws(ArgumentAssignments.Problem) -> JSON {
    if let strict = strict(text) { return strict }
    if names.isEmpty || names.contains("string") { return .string(text) }
    if names.contains("array"), !text.hasPrefix("[") {
      return .array([try PropertyType(items: items ?? .null, root: .null).read(text, for: key)])
    }
    throw ArgumentAssignments.Problem(
      sentence: "'\(key)' wants \(wanted), not '\(text)'",
      hint: "\(key):=JSON sends any JSON as it stands")
  }

  private var wanted: String { names.sorted().joined(separator: " or ") }

  private func strict(_ text: String) -> JSON? {
    let json: JSON
    do { json = try JSON.parse(text) } catch { return nil }
    switch json {
    case .null: return names.contains("null") ? json : nil
    case .bool: return names.contains("boolean") ? json : nil
    case .number: return names.contains("number") || names.contains("integer") ? json : nil
    case .array: return names.contains("array") ? json : nil
    case .object: return names.contains("object") ? json : nil
    case .string: return nil
    }
  }
}
