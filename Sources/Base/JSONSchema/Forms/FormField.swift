package import JSON

/// One question of a form, derived from a schema: where its answer goes and what the answer may be.
package struct FormField: Sendable, Hashable {
  /// Where the answer stands in the instance, as a JSON Pointer.
  package let pointer: String
  /// The last step of the pointer; empty for the whole instance.
  package let key: String
  package let title: String?
  package let description: String?
  package let isRequired: Bool
  /// `null` is an answer besides those of the kind.
  package let isNullable: Bool
  package let kind: FormKind
  package let defaultValue: JSON?
  package let examples: [JSON]
  package let isDeprecated: Bool
  package let isReadOnly: Bool
  package let isWriteOnly: Bool
  /// What is wrong with this part of the schema, or cannot be shown as a form.
  package let findings: [SchemaFinding]
  /// Where its own parts are derived from.
  let part: FormPart

  /// What people read in front of the answer.
  package var label: String { title ?? key }

  /// The schemas that together describe it, as they are written.
  package var schemas: [JSON] { part.targets.map(\.json) }
}

/// What kind of answer a field takes. Parts of composed kinds are handles that `FormDeriver` unfolds on demand.
package enum FormKind: Sendable, Hashable {
  case text(FormText)
  case integer(FormNumber)
  case number(FormNumber)
  case boolean
  case null
  /// Nothing to choose.
  case constant(JSON)
  case choice([FormChoice])
  /// An array of some of these.
  case choices([FormChoice], FormCount)
  case list(FormList)
  case group(FormGroup)
  case union(FormUnion)
  /// Any JSON, for what no field can show.
  case json
}

/// A line or a box of text.
package struct FormText: Sendable, Hashable {
  package var minLength: Int?
  package var maxLength: Int?
  package var pattern: String?
  package var format: String?
  package var mediaType: String?
  package var isMultiline = false
  /// Not to be shown, kept or copied.
  package var isSecret = false
}

/// A number with its range; limits keep the schema's own text.
package struct FormNumber: Sendable, Hashable {
  package struct Limit: Sendable, Hashable {
    package let value: JSONNumber
    package let isExclusive: Bool
  }

  package var minimum: Limit?
  package var maximum: Limit?
  package var multipleOf: JSONNumber?
}

/// One of the values to choose from.
package struct FormChoice: Sendable, Hashable {
  package let value: JSON
  package let title: String?
  package let description: String?

  /// What people read.
  package var label: String { title ?? value.string ?? value.compact }
}

/// How many entries there may be.
package struct FormCount: Sendable, Hashable {
  package var minimum: Int?
  package var maximum: Int?
  package var isUnique = false
}

/// An array whose entries are asked for one by one.
package struct FormList: Sendable, Hashable {
  package enum Shape: Sendable, Hashable { case scalars, objects, others }

  package let count: FormCount
  package let shape: Shape
  /// Entries with a schema of their own, by place.
  package let leading: [FormPart]
  /// The schema of all further entries; nil where there may be none.
  package let rest: FormPart?
}

/// An object: named members, and perhaps others under names of one's own choice.
package struct FormGroup: Sendable, Hashable {
  package struct Member: Sendable, Hashable {
    package let key: String
    package let isRequired: Bool
    package let part: FormPart
  }

  /// Members whose names fit a pattern.
  package struct Named: Sendable, Hashable {
    package let pattern: String
    package let part: FormPart
  }

  package let members: [Member]
  package let patterns: [Named]
  /// The schema of any other member; nil where the schema does not speak of them or forbids them.
  package let others: FormPart?
  /// Whether members without a schema are allowed.
  package let isOpen: Bool
  package let count: FormCount

  /// Whether it is all about names of one's own choice.
  package var isMap: Bool { members.isEmpty && (others != nil || !patterns.isEmpty) }
}

/// Alternatives of which one is filled in.
package struct FormUnion: Sendable, Hashable {
  package struct Branch: Sendable, Hashable {
    package let title: String
    package let description: String?
    /// The member by whose value the branch is known, where there is one.
    package let discriminator: Discriminator?
    package let requiredKeys: [String]
    package let part: FormPart
  }

  package struct Discriminator: Sendable, Hashable {
    package let key: String
    package let value: JSON
  }

  /// `anyOf`, `oneOf` or `type`.
  package let keyword: String
  package let branches: [Branch]
}
