/// A set of keywords that a metaschema can switch on; all of them belong to 2019-09 and later.
enum Vocabulary: String, Sendable, Hashable, CaseIterable {
  case core, applicator, unevaluated, validation, content
  case metaData = "meta-data"
  case format
  case formatAnnotation = "format-annotation"
  case formatAssertion = "format-assertion"

  /// By its identifier, which ends in the name and starts with its draft.
  init?(uri: String, draft: SchemaDraft) {
    let start = "https://json-schema.org/draft/\(draft.name)/vocab/"
    guard uri.hasPrefix(start) else { return nil }
    self.init(rawValue: String(uri.dropFirst(start.count)))
  }
}

/// What a schema is read as: its draft and the vocabularies that count.
struct Dialect: Sendable, Hashable {
  let draft: SchemaDraft
  var vocabularies: Set<Vocabulary>

  /// `format` decides about validity here because the metaschema says so.
  var assertsFormat: Bool { vocabularies.contains(.formatAssertion) }

  init(_ draft: SchemaDraft) {
    self.draft = draft
    vocabularies = Set(Vocabulary.allCases)
    vocabularies.remove(.formatAssertion)
  }

  init(_ draft: SchemaDraft, vocabularies: Set<Vocabulary>) {
    self.draft = draft
    self.vocabularies = vocabularies.union([.core])
    if draft == .draft201909 && vocabularies.contains(.applicator) {
      self.vocabularies.insert(.unevaluated)
    }
  }

  func reads(_ row: KeywordRow) -> Bool {
    row.drafts.contains(draft)
      && (draft < .draft201909 || row.vocabularies.contains { vocabularies.contains($0) })
  }
}
