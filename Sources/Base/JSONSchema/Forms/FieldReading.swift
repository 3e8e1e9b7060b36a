import JSON

/// Reads one part of a schema as a field.
struct FieldReading {
  let part: FormPart
  var locator: SchemaLocator
  var facts: Conjunction
  private var isNullable = false

  init(_ part: FormPart, _ locator: SchemaLocator) {
    self.part = part
    self.locator = locator
    facts = Conjunction(part, &self.locator)
  }

  func field(pointer: String, key: String, isRequired: Bool) -> FormField {
    var reading = self
    let kind = reading.kind(key)
    let facts = reading.facts
    return FormField(
      pointer: pointer, key: key, title: facts.first("title", \.string),
      description: facts.first("description", \.string), isRequired: isRequired,
      isNullable: reading.isNullable, kind: kind, defaultValue: facts.first("default"),
      examples: facts.first("examples", \.array) ?? facts.first("example").map { [$0] } ?? [],
      isDeprecated: facts.isTrue("deprecated"), isReadOnly: facts.isTrue("readOnly"),
      isWriteOnly: facts.isTrue("writeOnly"), findings: facts.findings, part: reading.part)
  }

  private mutating func kind(_ key: String) -> FormKind {
    if facts.isNever {
      facts.report(.conflict("nothing is allowed here"))
      return .json
    }
    if let value = facts.first("const") { return .constant(value) }
    if let choices = choices() { return choice(choices) }
    if let kind = union(key) { return kind }
    guard let types = facts.types() else { return .json }
    return kind(types, key)
  }

  /// `null` among the choices is shown apart from them.
  private mutating func choice(_ choices: [FormChoice]) -> FormKind {
    let others = choices.filter { !$0.value.isNull }
    if others.count < choices.count { isNullable = true }
    return others.isEmpty ? .null : .choice(others)
  }

  private mutating func kind(_ allowed: [SchemaType], _ key: String) -> FormKind {
    var types = allowed
    if let chosen = part.type { types = types.filter { $0 == chosen } }
    if types.count > 1, types.contains(.null) {
      types.removeAll { $0 == .null }
      isNullable = true
    }
    if types.contains(.number) { types.removeAll { $0 == .integer } }
    guard let type = types.first else { return .json }
    return types.count == 1 ? kind(type, key) : .union(union(of: types))
  }

  private mutating func kind(_ type: SchemaType, _ key: String) -> FormKind {
    switch type {
    case .null: .null
    case .boolean: .boolean
    case .integer: .integer(facts.number())
    case .number: .number(facts.number())
    case .string: .text(text(key))
    case .array: list()
    case .object: .group(group())
    }
  }

  private func text(_ key: String) -> FormText {
    let format = facts.first("format", \.string)
    var text = FormText(
      minLength: facts.all("minLength", \.int).max(),
      maxLength: facts.all("maxLength", \.int).min(), pattern: facts.first("pattern", \.string),
      format: format, mediaType: facts.first("contentMediaType", \.string))
    text.isMultiline = text.mediaType != nil || (text.maxLength ?? 0) > FormText.longestLine
    text.isSecret =
      format == "password" || facts.isTrue("writeOnly") || SecretName.matches(key)
    return text
  }

  private func union(of types: [SchemaType]) -> FormUnion {
    FormUnion(
      keyword: "type",
      branches: types.map { type in
        var chosen = part
        chosen.type = type
        return FormUnion.Branch(
          title: type.rawValue, description: nil, discriminator: nil, requiredKeys: [],
          part: chosen)
      })
  }

  /// Goes on as if this part had been asked for.
  mutating func become(_ part: FormPart, nullable: Bool) -> FieldReading {
    var next = FieldReading(part, locator)
    next.isNullable = isNullable || nullable
    return next
  }

  mutating func derive(_ next: FieldReading, _ key: String) -> FormKind {
    self = next
    return kind(key)
  }
}

extension FormText {
  /// A text that may be longer is given a box.
  static let longestLine = 200
}

/// Names that people give to what must not be seen.
enum SecretName {
  private static let words: Set<String> = [
    "password", "passwd", "passphrase", "secret", "token", "apikey", "credential", "credentials",
    "privatekey",
  ]
  private static let pairs: Set<String> = ["api key", "private key", "access key", "auth key"]
  /// A token of these kinds is only a bookmark.
  private static let bookmarks: Set<String> = ["page", "next", "continuation", "cursor", "sync"]

  static func matches(_ key: String) -> Bool {
    let parts = split(key)
    if zip(parts, parts.dropFirst()).contains(where: { pairs.contains("\($0) \($1)") }) {
      return true
    }
    return words.contains { parts.contains($0) } && bookmarks.isDisjoint(with: parts)
  }

  /// The words of `apiKey`, `api_key` and `api-key`.
  private static func split(_ key: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasUpper = true
    for scalar in key.unicodeScalars {
      let isUpper = scalar.properties.isUppercase
      let isPart = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      if !isPart || (isUpper && !wasUpper) {
        if !word.isEmpty { words.append(word.lowercased()) }
        word = ""
      }
      if isPart { word.unicodeScalars.append(scalar) }
      wasUpper = isUpper
    }
    return word.isEmpty ? words : words + [word.lowercased()]
  }
}
