/// A named kind of text and how to recognise it.
struct StringFormat: Sendable {
  let name: String
  let accepts: @Sendable (String) -> Bool

  static func named(_ name: String, in draft: SchemaDraft) -> StringFormat? { nil }
}
