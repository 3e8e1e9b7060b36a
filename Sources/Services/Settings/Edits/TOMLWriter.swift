import JSON

/// Writes JSON values as TOML, objects inside a table as inline tables.
enum TOMLWriter {
  static func table(_ path: [String], _ entry: JSONObject) -> String {
    let lines = entry.members.compactMap { member in
      value(member.value).map { "\(key(member.key)) = \($0)\n" }
    }
    return "[\(path.map(key).joined(separator: "."))]\n" + lines.joined()
  }

  /// Nil for null, which TOML does not have.
  static func value(_ json: JSON) -> String? {
    switch json {
    case .null: nil
    case .bool(let value): "\(value)"
    case .number(let number): number.text
    case .string(let text): string(text)
    case .array(let elements): "[" + elements.compactMap(value).joined(separator: ", ") + "]"
    case .object(let object):
      object.isEmpty
        ? "{}"
        : "{ "
          + object.members.compactMap { member in
            value(member.value).map { "\(key(member.key)) = \($0)" }
          }.joined(separator: ", ") + " }"
    }
  }

  static func key(_ name: String) -> String {
    let isBare =
      !name.isEmpty
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    return isBare ? name : string(name)
  }

  private static let escapes: [Unicode.Scalar: String] = [
    "\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u{8}": "\\b",
    "\u{C}": "\\f",
  ]

  private static func string(_ text: String) -> String {
    let content = text.unicodeScalars.map { scalar in
      if let escape = escapes[scalar] { return escape }
      guard scalar.value < 0x20 || scalar.value == 0x7F else { return String(scalar) }
      let digits = String(scalar.value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
    return "\"" + content.joined() + "\""
  }
}
