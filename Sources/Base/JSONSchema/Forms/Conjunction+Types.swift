import JSON

extension Conjunction {
  /// The types every schema of the part allows, in their usual order; nil where none says anything.
  mutating func types() -> [SchemaType]? {
    var allowed: Set<SchemaType>?
    for names in all("type", Self.names) {
      let types = Set(names.compactMap(SchemaType.init(rawValue:)))
      if types.isEmpty { continue }
      let both = allowed.map { Self.common($0, types) } ?? types
      if both.isEmpty {
        report(.conflict("the types of the schemas combined here exclude each other"))
      }
      allowed = both
    }
    if isTrue("nullable") { allowed?.insert(.null) }
    guard let allowed = allowed ?? guessed() else { return nil }
    return SchemaType.allCases.filter(allowed.contains)
  }

  private static func names(_ json: JSON) -> [String]? {
    json.string.map { [$0] } ?? json.array.map { $0.compactMap(\.string) }
  }

  /// What is in both, where an integer is a number too.
  private static func common(_ left: Set<SchemaType>, _ right: Set<SchemaType>) -> Set<SchemaType> {
    var both = left.intersection(right)
    let wide = [left, right].contains { $0.contains(.number) && !$0.contains(.integer) }
    let narrow = [left, right].contains { $0.contains(.integer) && !$0.contains(.number) }
    if wide && narrow { both.insert(.integer) }
    return both
  }

  /// The type that the keywords used make sense for.
  private func guessed() -> Set<SchemaType>? {
    if has("properties", "additionalProperties", "patternProperties", "required") {
      return [.object]
    }
    if has("items", "prefixItems", "minItems", "maxItems", "uniqueItems") { return [.array] }
    if has("pattern", "minLength", "maxLength", "format", "contentMediaType") { return [.string] }
    if has("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf") {
      return [.number]
    }
    return nil
  }

  // MARK: - Ranges

  func count(_ noun: String) -> FormCount {
    FormCount(
      minimum: all("min" + noun, \.int).max(), maximum: all("max" + noun, \.int).min(),
      isUnique: noun == "Items" && isTrue("uniqueItems"))
  }

  func number() -> FormNumber {
    FormNumber(
      minimum: limits("minimum", "exclusiveMinimum").max {
        ($0.value, $0.isExclusive ? 1 : 0) < ($1.value, $1.isExclusive ? 1 : 0)
      },
      maximum: limits("maximum", "exclusiveMaximum").min {
        ($0.value, $0.isExclusive ? 0 : 1) < ($1.value, $1.isExclusive ? 0 : 1)
      },
      multipleOf: first("multipleOf", \.number))
  }

  /// Draft 4 says by a flag what later drafts say by a number.
  private func limits(_ keyword: String, _ exclusive: String) -> [FormNumber.Limit] {
    conjuncts.flatMap { conjunct -> [FormNumber.Limit] in
      let isExclusive = conjunct.object[exclusive]?.bool == true
      let plain = conjunct.object[keyword]?.number
      let strict = conjunct.object[exclusive]?.number
      return (plain.map { [.init(value: $0, isExclusive: isExclusive)] } ?? [])
        + (strict.map { [.init(value: $0, isExclusive: true)] } ?? [])
    }
  }
}
