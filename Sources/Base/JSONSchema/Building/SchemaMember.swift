import JSON

/// A named member of an object's schema.
package struct SchemaMember: Sendable, Hashable {
  package enum Presence: Sendable, Hashable { case required, optional }

  package let key: String
  package let presence: Presence
  package let schema: Schema

  private init(_ key: String, _ presence: Presence, _ description: String?, _ schema: Schema) {
    self.key = key
    self.presence = presence
    self.schema = schema.described(description)
  }
}

extension SchemaMember {
  package static func string(
    _ key: String, _ presence: Presence = .optional, _ description: String? = nil,
    format: String? = nil, minLength: Int? = nil, maxLength: Int? = nil, pattern: String? = nil
  ) -> SchemaMember {
    let schema = Schema.string(
      format: format, minLength: minLength, maxLength: maxLength, pattern: pattern)
    return SchemaMember(key, presence, description, schema)
  }

  package static func integer(
    _ key: String, _ presence: Presence = .optional, _ description: String? = nil,
    _ range: ClosedRange<Int>? = nil, default value: Int? = nil
  ) -> SchemaMember {
    let schema = range.map(Schema.integer) ?? .integer
    return SchemaMember(
      key, presence, description, schema.with("default", value.map { .number(JSONNumber($0)) }))
  }

  package static func number(
    _ key: String, _ presence: Presence = .optional, _ description: String? = nil,
    _ range: ClosedRange<Double>? = nil, default value: Double? = nil
  ) -> SchemaMember {
    let schema = range.map(Schema.number) ?? .number
    return SchemaMember(
      key, presence, description, schema.with("default", value.map { .number(JSONNumber($0)) }))
  }

  package static func boolean(
    _ key: String, _ presence: Presence = .optional, _ description: String? = nil,
    default value: Bool? = nil
  ) -> SchemaMember {
    SchemaMember(key, presence, description, .boolean.with("default", value.map(JSON.bool)))
  }

  package static func choice(
    _ key: String, _ presence: Presence = .optional, _ description: String? = nil,
    of values: [String], default value: String? = nil
  ) -> SchemaMember {
    SchemaMember(
      key, presence, description, .choice(values).with("default", value.map(JSON.string)))
  }

  package static func list(
    _ key: String, _ presence: Presence = .optional, _ description: String? = nil,
    of items: Schema, minItems: Int? = nil, maxItems: Int? = nil, unique: Bool? = nil
  ) -> SchemaMember {
    SchemaMember(
      key, presence, description,
      .list(of: items, minItems: minItems, maxItems: maxItems, unique: unique))
  }

  package static func object(
    _ key: String, _ presence: Presence = .optional, _ description: String? = nil,
    _ members: [SchemaMember]
  ) -> SchemaMember {
    SchemaMember(key, presence, description, .object(members))
  }

  /// A member with any schema.
  package static func member(
    _ key: String, _ presence: Presence = .optional, _ description: String? = nil,
    _ schema: Schema
  ) -> SchemaMember {
    SchemaMember(key, presence, description, schema)
  }
}
