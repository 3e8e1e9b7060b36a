package import JSON

/// What a schema says about a value besides judging it: a title, a default, a format.
package struct SchemaAnnotation: Sendable, Hashable {
  package let path: [InstanceStep]
  package let keyword: String
  package let keywordLocation: String
  package let absoluteLocation: String?
  package let value: JSON
}

/// An annotation as it stands in a schema, and the kinds of values it speaks of.
struct SchemaNote: Sendable {
  let keyword: String
  let value: JSON
  let kinds: [ValueKind]

  private static let describing: Set<String> = [
    "title", "description", "default", "examples", "readOnly", "writeOnly", "deprecated", "format",
  ]
  private static let describingContent: Set<String> = [
    "contentEncoding", "contentMediaType", "contentSchema",
  ]

  /// What a schema object notes: what the dialect lists as describing, and from 2019-09 on what it does not know.
  static func notes(_ object: JSONObject, _ rows: [String: KeywordRow], _ draft: SchemaDraft)
    -> [SchemaNote]
  {
    object.members.compactMap { member in
      guard let row = rows[member.key] else {
        let isForeign = draft >= .draft201909 && !member.key.hasPrefix("$")
        let isOurs = KeywordRow.rows(of: draft)[member.key] != nil || besides.contains(member.key)
        return isForeign && !isOurs
          ? SchemaNote(keyword: member.key, value: member.value, kinds: ValueKind.allCases) : nil
      }
      let isContent = describingContent.contains(row.name)
      guard isContent || describing.contains(row.name) else { return nil }
      if row.name == "contentSchema" && object["contentMediaType"] == nil { return nil }
      return SchemaNote(
        keyword: row.name, value: member.value, kinds: isContent ? [.string] : ValueKind.allCases)
    }
  }

  /// Keywords of other drafts: known, though they mean nothing here.
  private static let besides: Set<String> = ["additionalItems", "id"]
}
