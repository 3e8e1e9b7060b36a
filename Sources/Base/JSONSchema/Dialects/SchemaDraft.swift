/// A published edition of JSON Schema, oldest first.
package enum SchemaDraft: Int, Sendable, Hashable, CaseIterable, Comparable {
  case draft4, draft6, draft7, draft201909, draft202012

  /// As people write it: `4`, `6`, `7`, `2019-09`, `2020-12`.
  package var name: String { row.name }

  /// The identifier of its metaschema, without the empty fragment.
  package var uri: String { row.uri }

  private var row: (name: String, uri: String) {
    switch self {
    case .draft4: ("4", "http://json-schema.org/draft-04/schema")
    case .draft6: ("6", "http://json-schema.org/draft-06/schema")
    case .draft7: ("7", "http://json-schema.org/draft-07/schema")
    case .draft201909: ("2019-09", "https://json-schema.org/draft/2019-09/schema")
    case .draft202012: ("2020-12", "https://json-schema.org/draft/2020-12/schema")
    }
  }

  /// By name, `draft` in front or not: `7`, `draft7`, `draft-07`, `draft2020-12`; or by identifier.
  package init?(named name: String) {
    if let draft = Self(uri: name) {
      self = draft
      return
    }
    var text = Substring(name.lowercased())
    if text.hasPrefix("draft") { text = text.dropFirst(5) }
    text = text.drop { $0 == "-" || $0 == "0" || $0 == "/" }
    guard let draft = Self.allCases.first(where: { $0.name == text }) else { return nil }
    self = draft
  }

  /// What else the editions are called: by the folders of the public suite, by the identifiers of their metaschemas.
  package static let otherNames = allCases.flatMap { draft in
    ["draft", "draft-", "draft-0", "draft0"].map { $0 + draft.name } + [draft.uri, draft.uri + "#"]
  }

  /// By the value of `$schema`: either scheme, an empty fragment or none.
  package init?(uri: String) {
    let rest = Self.withoutScheme(uri)
    guard let draft = Self.allCases.first(where: { Self.withoutScheme($0.uri) == rest }) else {
      return nil
    }
    self = draft
  }

  private static func withoutScheme(_ uri: String) -> Substring {
    var rest = Substring(uri)
    while rest.last == "#" { rest = rest.dropLast() }
    for scheme in ["http://", "https://"] where rest.hasPrefix(scheme) {
      return rest.dropFirst(scheme.count)
    }
    return rest
  }

  package static func < (left: SchemaDraft, right: SchemaDraft) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The keyword that names a schema.
  var idKeyword: String { self == .draft4 ? "id" : "$id" }

  /// Up to draft 7 a `$ref` stands alone: whatever is beside it is not read.
  var refStandsAlone: Bool { self <= .draft7 }
}
