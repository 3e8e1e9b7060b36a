import JSON

extension SchemaLocator {
  mutating func dialect(of object: JSONObject?, at place: SchemaPlace) -> Dialect? {
    guard let uri = object?["$schema"]?.string else { return nil }
    if let draft = SchemaDraft(uri: uri) { return Dialect(draft) }
    guard let metaschema = library.document(at: SchemaURI(uri).document)?.object else {
      report(.unknownDialect(uri), at: place)
      return nil
    }
    return custom(metaschema, at: place)
  }

  /// The dialect that a metaschema from the library describes.
  private mutating func custom(_ metaschema: JSONObject, at place: SchemaPlace) -> Dialect {
    let base = baseDraft(of: metaschema)
    guard case .object(let listed)? = metaschema["$vocabulary"] else { return Dialect(base) }
    var vocabularies: Set<Vocabulary> = []
    for member in listed.members {
      if let known = Vocabulary(uri: member.key, draft: base) {
        vocabularies.insert(known)
      } else if member.value == .bool(true) {
        report(.unknownVocabulary(member.key), at: place)
      }
    }
    return Dialect(base, vocabularies: vocabularies)
  }

  private func baseDraft(of metaschema: JSONObject) -> SchemaDraft {
    var current = metaschema
    for _ in 0..<8 {
      guard let uri = current["$schema"]?.string else { break }
      if let draft = SchemaDraft(uri: uri) { return draft }
      guard let next = library.document(at: SchemaURI(uri).document)?.object else { break }
      current = next
    }
    return defaultDraft
  }
}
