import JSON
import JSONSchema
import MockBackend

/// Arguments as most tools have them.
extension SchemaMember {
  static func id(
    _ key: String, _ presence: Presence = .required, _ what: String, like example: String
  ) -> SchemaMember {
    .member(
      key, presence, what,
      .string(minLength: 1, maxLength: 100).exemplified(by: [.string(example)]))
  }

  static func words(
    _ key: String, _ presence: Presence = .required, _ what: String, upTo limit: Int = 200,
    like example: String
  ) -> SchemaMember {
    .member(
      key, presence, what,
      .string(minLength: 1, maxLength: limit).exemplified(by: [.string(example)]))
  }

  /// Text that may be taken away by null.
  static func prose(
    _ key: String, _ what: String, upTo limit: Int = 20_000, like example: String
  ) -> SchemaMember {
    .member(
      key, .optional, what,
      .string(maxLength: limit).nullable().exemplified(by: [.string(example)]))
  }

  static func day(
    _ key: String, _ presence: Presence = .optional, _ what: String, like example: String
  ) -> SchemaMember {
    .member(
      key, presence, what, Schema.string(format: "date").exemplified(by: [.string(example)]))
  }

  static func amount(
    _ key: String, _ presence: Presence = .optional, _ what: String, _ range: ClosedRange<Int>,
    like example: Int
  ) -> SchemaMember {
    .member(
      key, presence, what,
      Schema.integer(range).exemplified(by: [.number(JSONNumber(example))]))
  }

  static let limit = SchemaMember.integer(
    "limit", .optional, "How many at most", 1...100, default: WorldCall.usualLimit)
  static let offset = SchemaMember.integer(
    "offset", .optional, "How many to leave out before the first", 0...1_000_000, default: 0)
}

/// Answers as most tools give them.
extension Schema {
  static func record(_ entity: Entity, adding members: [SchemaMember] = []) -> Schema {
    entity.schema(adding: members)
  }

  static func page(_ key: String, of items: Schema, adding: [SchemaMember] = []) -> Schema {
    .object(
      [
        .list(key, .required, "What was found", of: items),
        .integer("count", .required, "How many of them are here"),
        .member(
          "next_offset", .required, "The offset of the next page; null on the last one",
          .integer.nullable()),
      ] + adding)
  }

  static func page(_ key: String, of entity: Entity) -> Schema { .page(key, of: entity.schema) }

  static let deletion = Schema.object([
    .boolean("deleted", .required, "Always true"), .string("id", .required, "What was deleted"),
  ])
}
