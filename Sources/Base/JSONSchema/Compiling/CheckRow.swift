/// Which keywords make up one check, for which kinds of values, and how it is built.
struct CheckRow: Sendable {
  let keywords: [String]
  let kinds: [ValueKind]
  var tracks = false
  let build: @Sendable (SchemaReader) -> (any SchemaCheck)?

  init(
    _ keywords: [String], for kinds: [ValueKind] = ValueKind.allCases, tracks: Bool = false,
    _ build: @escaping @Sendable (SchemaReader) -> (any SchemaCheck)?
  ) {
    self.keywords = keywords
    self.kinds = kinds
    self.tracks = tracks
    self.build = build
  }

  /// The rows that some keywords ask for, in the table's order.
  static func rows(for keywords: some Sequence<String>) -> [CheckRow] {
    Set(keywords.compactMap { places[$0] }).sorted().map { table[$0] }
  }

  private static let places: [String: Int] = Dictionary(
    table.enumerated().flatMap { index, row in row.keywords.map { ($0, index) } }
  ) { first, _ in first }

  /// In the order in which a schema's answers are listed; what asks about the rest comes last.
  static let table: [CheckRow] =
    references + values + numbers + strings + arrays + objects + branches + leftovers

  private static let references = [
    CheckRow(["$ref"]) { ReferenceCheck.plain($0) },
    CheckRow(["$dynamicRef"]) { ReferenceCheck.dynamic($0) },
    CheckRow(["$recursiveRef"]) { ReferenceCheck.recursive($0) },
  ]

  private static let values = [
    CheckRow(["type"]) { TypeCheck($0) },
    CheckRow(["enum"]) { EnumCheck($0) },
    CheckRow(["const"]) { ConstCheck($0) },
  ]

  private static let numbers = [
    CheckRow(["multipleOf"], for: [.number]) { MultipleCheck($0) },
    CheckRow(["maximum", "exclusiveMaximum"], for: [.number]) { BoundsCheck.upper($0) },
    CheckRow(["minimum", "exclusiveMinimum"], for: [.number]) { BoundsCheck.lower($0) },
  ]

  private static let strings = [
    CheckRow(["minLength", "maxLength"], for: [.string]) { LengthCheck($0) },
    CheckRow(["pattern"], for: [.string]) { PatternCheck($0) },
    CheckRow(["format"], for: [.string]) { FormatCheck($0) },
    CheckRow(["contentEncoding", "contentMediaType"], for: [.string]) { ContentCheck($0) },
  ]

  private static let arrays = [
    CheckRow(["minItems", "maxItems"], for: [.array]) { CountCheck(items: $0) },
    CheckRow(["uniqueItems"], for: [.array]) { UniqueCheck($0) },
    CheckRow(["prefixItems", "items", "additionalItems"], for: [.array]) { ItemsCheck($0) },
    CheckRow(["contains"], for: [.array]) { ContainsCheck($0) },
  ]

  private static let objects = [
    CheckRow(["minProperties", "maxProperties"], for: [.object]) { CountCheck(members: $0) },
    CheckRow(["required"], for: [.object]) { RequiredCheck($0) },
    CheckRow(["dependentRequired"], for: [.object]) { DependentRequiredCheck($0) },
    CheckRow(["propertyNames"], for: [.object]) { NamesCheck($0) },
    CheckRow(["properties", "patternProperties", "additionalProperties"], for: [.object]) {
      MembersCheck($0)
    },
    CheckRow(["dependentSchemas"], for: [.object]) { DependentSchemasCheck($0) },
    CheckRow(["dependencies"], for: [.object]) { DependenciesCheck($0) },
  ]

  private static let branches = [
    CheckRow(["allOf"]) { AllOfCheck($0) },
    CheckRow(["anyOf"]) { AnyOfCheck($0) },
    CheckRow(["oneOf"]) { OneOfCheck($0) },
    CheckRow(["not"]) { NotCheck($0) },
    CheckRow(["if"]) { IfCheck($0) },
    // Known schemas that nothing asks about: compiled for their findings.
    CheckRow(["$defs", "definitions"], for: []) { UnaskedSchemas($0) },
  ]

  private static let leftovers = [
    CheckRow(["unevaluatedItems"], for: [.array], tracks: true) { UnevaluatedItemsCheck($0) },
    CheckRow(["unevaluatedProperties"], for: [.object], tracks: true) {
      UnevaluatedMembersCheck($0)
    },
  ]
}
