/// Something about a schema itself that whoever wrote it should know.
package struct SchemaFinding: Sendable, Hashable {
  package enum Problem: Sendable, Hashable {
    case notASchema
    case badKeyword(keyword: String, expected: String)
    case badPattern(pattern: String, reason: String)
    case uncheckedPattern(pattern: String, reason: String)
    case unresolved(reference: String, base: String)
    case unknownDialect(String)
    case unknownVocabulary(String)
    case unknownType(String)
    case unknownFormat(String)
    case duplicateIdentifier(String)
    case ignoredBesideRef([String])
    case arrayItems
    case conflict(String)
    case unbounded(String)
  }

  /// Whether the schema still means what it says: a defect makes its answers unreliable.
  package enum Weight: String, Sendable, Hashable { case remark, defect }

  /// Where, as a JSON Pointer into the schema; behind the document's URI when that is another one.
  package let location: String
  package let problem: Problem

  package init(location: String, problem: Problem) {
    self.location = location
    self.problem = problem
  }

  package var weight: Weight {
    switch problem {
    case .notASchema, .badKeyword, .badPattern, .unresolved, .unknownType: .defect
    default: .remark
    }
  }

  package var sentence: String {
    switch problem {
    case .notASchema: "a schema is an object, true or false"
    case .badKeyword(let keyword, let expected): "\(keyword) must be \(expected); it is not read"
    case .badPattern(let pattern, let reason):
      "the pattern \(pattern.debugDescription) is no regular expression: \(reason)"
    case .uncheckedPattern(let pattern, let reason):
      "the pattern \(pattern.debugDescription) is not checked: \(reason)"
    case .unresolved(let reference, let base):
      "nothing known is at \(reference)\(base.isEmpty ? "" : " (from \(base))"); network references are never fetched"
    case .unknownDialect(let uri):
      "$schema names \(uri), which is unknown; read as \(SchemaDraft.draft202012.name)"
    case .unknownVocabulary(let uri): "the metaschema requires the unknown vocabulary \(uri)"
    case .unknownType(let name): "type names \(name.debugDescription), which is no type"
    case .unknownFormat(let name): "the format \(name.debugDescription) is unknown and not checked"
    case .duplicateIdentifier(let name): "\(name) is given twice; the first one counts"
    case .ignoredBesideRef(let keywords):
      "beside $ref \(keywords.joined(separator: ", ")) \(keywords.count == 1 ? "is" : "are") not read before draft 2019-09"
    case .arrayItems: "items must be a schema since 2020-12; a list of schemas is prefixItems"
    case .conflict(let sentence), .unbounded(let sentence): sentence
    }
  }
}
