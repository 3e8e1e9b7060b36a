/// One link of a `Link` header (RFC 8288).
package struct Link: Sendable, Hashable {
  /// The reference as written; resolve it against the URL of the answer.
  package let reference: String
  package let parameters: HTTPFields

  /// The relation types, lower-cased.
  package var relations: [String] {
    (parameters["rel"] ?? "").split(separator: " ").map(\.asciiLowercased)
  }

  /// Every well-formed link of these header values; broken ones are left out.
  package static func parse(_ values: [String]) -> [Link] {
    values.flatMap(HTTPFields.split(links:)).compactMap(Link.init)
  }

  private init?(_ text: String) {
    var scanner = FieldScanner(text)
    scanner.skipBlanks()
    guard scanner.take("<") else { return nil }
    reference = (scanner.run { $0 != UInt8(ascii: ">") } ?? "").trimmingBlanks
    guard scanner.take(">") else { return nil }
    parameters = scanner.parameters()
  }
}

extension HTTPFields {
  /// Splits at commas that stand neither in quotes nor in angle brackets.
  fileprivate static func split(links list: String) -> [String] {
    var parts: [[UInt8]] = [[]]
    var quoted = false
    var bracketed = false
    for byte in list.utf8 {
      switch byte {
      case UInt8(ascii: "\"") where !bracketed: quoted.toggle()
      case UInt8(ascii: "<") where !quoted: bracketed = true
      case UInt8(ascii: ">") where !quoted: bracketed = false
      case UInt8(ascii: ",") where !quoted && !bracketed:
        parts.append([])
        continue
      default: break
      }
      parts[parts.count - 1].append(byte)
    }
    return parts.map { String(decoding: $0, as: UTF8.self) }
  }
}
