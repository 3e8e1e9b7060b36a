package import JSON

/// A schema put together from typed pieces; cheap to compile where a nested literal is not.
package struct Schema: Sendable, Hashable {
  package private(set) var json: JSON

  package init(_ json: JSON) { self.json = json }

  private init(type: SchemaType) { json = .object(JSONObject([("type", .string(type.rawValue))])) }

  /// The same with one more keyword; nil adds nothing.
  package func with(_ keyword: String, _ value: JSON?) -> Schema {
    guard let value, case .object(var object) = json else { return self }
    object[keyword] = value
    return Schema(.object(object))
  }
}

// MARK: - Kinds

extension Schema {
  package static let any = Schema(.object(JSONObject()))
  package static let nothing = Schema(.bool(false))
  package static let null = Schema(type: .null)
  package static let boolean = Schema(type: .boolean)
  package static let string = Schema(type: .string)
  package static let integer = Schema(type: .integer)
  package static let number = Schema(type: .number)

  package static func string(
    format: String? = nil, minLength: Int? = nil, maxLength: Int? = nil, pattern: String? = nil
  ) -> Schema {
    string.with("format", format.map(JSON.string)).with("minLength", count(minLength))
      .with("maxLength", count(maxLength)).with("pattern", pattern.map(JSON.string))
  }

  package static func integer(_ range: ClosedRange<Int>) -> Schema {
    integer.with("minimum", count(range.lowerBound)).with("maximum", count(range.upperBound))
  }

  package static func integer(from minimum: Int) -> Schema {
    integer.with("minimum", count(minimum))
  }

  package static func number(_ range: ClosedRange<Double>) -> Schema {
    number.with("minimum", .number(JSONNumber(range.lowerBound)))
      .with("maximum", .number(JSONNumber(range.upperBound)))
  }

  package static func constant(_ value: JSON) -> Schema { any.with("const", value) }

  package static func choice(_ values: [String]) -> Schema {
    string.with("enum", .array(values.map(JSON.string)))
  }

  /// Values with the names people read for them.
  package static func choice(titled values: KeyValuePairs<String, String>) -> Schema {
    string.with(
      "oneOf",
      .array(
        values.map { value, title in
          .object(JSONObject([("const", .string(value)), ("title", .string(title))]))
        }))
  }

  package static func list(
    of items: Schema, minItems: Int? = nil, maxItems: Int? = nil, unique: Bool? = nil
  ) -> Schema {
    Schema(type: .array).with("items", items.json).with("minItems", count(minItems))
      .with("maxItems", count(maxItems)).with("uniqueItems", unique.map(JSON.bool))
  }

  /// An object with any names and one kind of value.
  package static func map(of values: Schema) -> Schema {
    Schema(type: .object).with("additionalProperties", values.json)
  }

  package static func object(_ members: [SchemaMember]) -> Schema {
    let properties = members.map { ($0.key, $0.schema.json) }
    let required = members.filter { $0.presence == .required }.map { JSON.string($0.key) }
    let schema = Schema(type: .object).with("properties", .object(JSONObject(properties)))
    return required.isEmpty ? schema : schema.with("required", .array(required))
  }

  /// A definition of the same schema, by its name in `$defs`.
  package static func reference(_ name: String) -> Schema {
    any.with("$ref", .string("#/$defs/" + PointerText.escaped(name)))
  }

  package static func oneOf(_ schemas: [Schema]) -> Schema { branches("oneOf", schemas) }
  package static func anyOf(_ schemas: [Schema]) -> Schema { branches("anyOf", schemas) }
  package static func allOf(_ schemas: [Schema]) -> Schema { branches("allOf", schemas) }

  private static func branches(_ keyword: String, _ schemas: [Schema]) -> Schema {
    any.with(keyword, .array(schemas.map(\.json)))
  }

  private static func count(_ value: Int?) -> JSON? { value.map { .number(JSONNumber($0)) } }
}

// MARK: - Words and additions

extension Schema {
  package func titled(_ title: String) -> Schema { with("title", .string(title)) }
  package func described(_ text: String?) -> Schema { with("description", text.map(JSON.string)) }
  package func defaulting(to value: JSON) -> Schema { with("default", value) }
  package func exemplified(by values: [JSON]) -> Schema { with("examples", .array(values)) }
  package func deprecated() -> Schema { with("deprecated", true) }

  /// An object that has no members besides those named.
  package func closed() -> Schema { with("additionalProperties", false) }

  /// Of the same type or `null`.
  package func nullable() -> Schema {
    guard let type = json["type"]?.string else { return .anyOf([self, .null]) }
    return with("type", .array([.string(type), "null"]))
  }

  /// With schemas that others refer to by name.
  package func defining(_ definitions: KeyValuePairs<String, Schema>) -> Schema {
    with("$defs", .object(JSONObject(definitions.map { ($0.key, $0.value.json) })))
  }

  /// Saying which draft it is written in.
  package func written(in draft: SchemaDraft) -> Schema {
    guard case .object(let object) = json else { return self }
    let first = JSONObject.Member(key: "$schema", value: .string(draft.uri))
    return Schema(.object(JSONObject(members: [first] + object.members)))
  }
}
