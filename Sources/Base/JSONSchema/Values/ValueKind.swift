package import JSON

/// What kind of value stands somewhere; the raw value indexes tables by kind.
package enum ValueKind: Int, Sendable, Hashable, CaseIterable {
  case null, boolean, number, string, array, object

  package init(_ json: JSON) {
    self =
      switch json {
      case .null: .null
      case .bool: .boolean
      case .number: .number
      case .string: .string
      case .array: .array
      case .object: .object
      }
  }
}

/// The names `type` knows: the kinds of value, and `integer` besides.
package enum SchemaType: String, Sendable, Hashable, CaseIterable {
  case null, boolean, integer, number, string, array, object

  /// With its article, for sentences.
  package var words: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// Draft 4 knows an integer by how it is written, later drafts by its value.
  func matches(_ json: JSON, byLexeme: Bool) -> Bool {
    switch (self, json) {
    case (.null, .null), (.boolean, .bool), (.number, .number), (.string, .string),
      (.array, .array), (.object, .object):
      true
    case (.integer, .number(let number)): Self.isInteger(number, byLexeme: byLexeme)
    default: false
    }
  }

  private static func isInteger(_ number: JSONNumber, byLexeme: Bool) -> Bool {
    let isPlain = number.text.utf8.allSatisfy {
      $0 != UInt8(ascii: ".") && $0 | 0x20 != UInt8(ascii: "e")
    }
    return isPlain || (!byLexeme && number.isInteger)
  }

  /// The most telling name of a value's own type.
  package static func of(_ json: JSON) -> SchemaType {
    allCases.first { $0.matches(json, byLexeme: false) } ?? .null
  }
}
