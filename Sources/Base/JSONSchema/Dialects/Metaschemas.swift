import JSON

/// The schemas of schemas, known without any network; as texts, because literals of that size compile slowly.
enum Metaschemas {
  static func schema(at uri: String) -> JSON? {
    guard let text = texts[uri] ?? texts[Self.withOtherScheme(uri)] else { return nil }
    do throws(JSONError) {
      return try JSON.parse(text)
    } catch {
      return nil
    }
  }

  /// Every identifier known, in order.
  static var identifiers: [String] { texts.keys.sorted() }

  private static func withOtherScheme(_ uri: String) -> String {
    uri.hasPrefix("https:")
      ? "http:" + uri.dropFirst("https:".count) : "https:" + uri.dropFirst("http:".count)
  }

  private static let texts: [String: String] = {
    var texts = [
      SchemaDraft.draft4.uri: draft4, SchemaDraft.draft6.uri: draft6,
      SchemaDraft.draft7.uri: draft7, SchemaDraft.draft201909.uri: draft201909,
      SchemaDraft.draft202012.uri: draft202012,
    ]
    for (draft, vocabularies) in [
      (SchemaDraft.draft201909, vocabularies201909), (SchemaDraft.draft202012, vocabularies202012),
    ] {
      for (name, text) in vocabularies {
        texts["https://json-schema.org/draft/\(draft.name)/meta/\(name)"] = text
      }
    }
    return texts
  }()
}
