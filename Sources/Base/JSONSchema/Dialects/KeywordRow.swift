/// Where the subschemas of a keyword stand in its value.
enum SubschemaShape: Sendable {
  case none, schema, array, map, schemaOrArray
  /// A map whose values are schemas or lists of names.
  case dependencies
}

/// A keyword: which drafts and vocabularies know it, and where it holds schemas.
struct KeywordRow: Sendable {
  let name: String
  let vocabularies: [Vocabulary]
  let drafts: ClosedRange<SchemaDraft>
  let shape: SubschemaShape

  private init(
    _ name: String, _ vocabularies: [Vocabulary], _ drafts: ClosedRange<SchemaDraft>,
    _ shape: SubschemaShape
  ) {
    self.name = name
    self.vocabularies = vocabularies
    self.drafts = drafts
    self.shape = shape
  }

  private static let all = SchemaDraft.draft4...SchemaDraft.draft202012
  private static let from6 = SchemaDraft.draft6...SchemaDraft.draft202012
  private static let from7 = SchemaDraft.draft7...SchemaDraft.draft202012
  private static let from2019 = SchemaDraft.draft201909...SchemaDraft.draft202012
  private static let only2019 = SchemaDraft.draft201909...SchemaDraft.draft201909
  private static let only2020 = SchemaDraft.draft202012...SchemaDraft.draft202012
  private static let until2019 = SchemaDraft.draft4...SchemaDraft.draft201909

  static let table: [KeywordRow] =
    core + applicators + assertions + annotations

  private static let core: [KeywordRow] = [
    .init("$ref", [.core], all, .none),
    .init("$dynamicRef", [.core], only2020, .none),
    .init("$recursiveRef", [.core], only2019, .none),
    .init("$defs", [.core], from2019, .map),
    .init("definitions", [.core], all, .map),
  ]

  private static let applicators: [KeywordRow] = [
    .init("allOf", [.applicator], all, .array),
    .init("anyOf", [.applicator], all, .array),
    .init("oneOf", [.applicator], all, .array),
    .init("not", [.applicator], all, .schema),
    .init("if", [.applicator], from7, .schema),
    .init("then", [.applicator], from7, .schema),
    .init("else", [.applicator], from7, .schema),
    .init("properties", [.applicator], all, .map),
    .init("patternProperties", [.applicator], all, .map),
    .init("additionalProperties", [.applicator], all, .schema),
    .init("propertyNames", [.applicator], from6, .schema),
    .init("dependentSchemas", [.applicator], from2019, .map),
    .init("dependencies", [.applicator], all, .dependencies),
    .init("prefixItems", [.applicator], only2020, .array),
    .init("items", [.applicator], only2020, .schema),
    .init("items", [.applicator], until2019, .schemaOrArray),
    .init("additionalItems", [.applicator], until2019, .schema),
    .init("contains", [.applicator], from6, .schema),
    .init("unevaluatedItems", [.unevaluated], from2019, .schema),
    .init("unevaluatedProperties", [.unevaluated], from2019, .schema),
  ]

  private static let assertions: [KeywordRow] =
    ([
      ("type", all), ("enum", all), ("const", from6), ("multipleOf", all), ("maximum", all),
      ("exclusiveMaximum", all), ("minimum", all), ("exclusiveMinimum", all), ("maxLength", all),
      ("minLength", all), ("pattern", all), ("maxItems", all), ("minItems", all),
      ("uniqueItems", all), ("maxContains", from2019), ("minContains", from2019),
      ("maxProperties", all), ("minProperties", all), ("required", all),
      ("dependentRequired", from2019),
    ] as [(String, ClosedRange<SchemaDraft>)]).map { .init($0.0, [.validation], $0.1, .none) }

  private static let annotations: [KeywordRow] = [
    .init("format", [.format, .formatAnnotation, .formatAssertion], all, .none),
    .init("title", [.metaData], all, .none),
    .init("description", [.metaData], all, .none),
    .init("default", [.metaData], all, .none),
    .init("examples", [.metaData], from6, .none),
    .init("readOnly", [.metaData], from7, .none),
    .init("writeOnly", [.metaData], from7, .none),
    .init("deprecated", [.metaData], from2019, .none),
    .init("contentEncoding", [.content], from7, .none),
    .init("contentMediaType", [.content], from7, .none),
    .init("contentSchema", [.content], from2019, .schema),
  ]
}

extension KeywordRow {
  /// The rows a draft knows, by name.
  static func rows(of draft: SchemaDraft) -> [String: KeywordRow] { byDraft[draft.rawValue] }

  private static let byDraft: [[String: KeywordRow]] = SchemaDraft.allCases.map { draft in
    Dictionary(table.filter { $0.drafts.contains(draft) }.map { ($0.name, $0) }) { first, _ in first
    }
  }
}
