/// A named kind of text and how to recognise it.
package struct StringFormat: Sendable {
  package let name: String
  package let accepts: @Sendable (String) -> Bool

  private init(_ name: String, _ accepts: @escaping @Sendable (String) -> Bool) {
    self.name = name
    self.accepts = accepts
  }

  package static func named(_ name: String) -> StringFormat? { byName[name] }

  /// Every format that can be checked.
  package static let table: [StringFormat] = [
    .init("date-time") { TimeText.isDateTime($0) },
    .init("date") { TimeText.isDate($0) },
    .init("time") { TimeText.isTime($0) },
    .init("duration") { TimeText.isDuration($0) },
    .init("email") { MailText.isAddress($0, isInternational: false) },
    .init("idn-email") { MailText.isAddress($0, isInternational: true) },
    .init("hostname") { HostText.isHostname($0) },
    .init("idn-hostname") { HostText.isInternationalHostname($0) },
    .init("ipv4") { AddressText.isIPv4($0) },
    .init("ipv6") { AddressText.isIPv6($0) },
    .init("uri") { URIText($0).isURI },
    .init("uri-reference") { URIText($0).isReference },
    .init("iri") { URIText($0, isInternational: true).isURI },
    .init("iri-reference") { URIText($0, isInternational: true).isReference },
    .init("uri-template") { URITemplateText.isTemplate($0) },
    .init("json-pointer") { PointerText.isPointer($0) },
    .init("relative-json-pointer") { PointerText.isRelativePointer($0) },
    .init("regex") { isRegularExpression($0) },
    .init("uuid") { isUUID($0) },
  ]

  private static let byName = Dictionary(table.map { ($0.name, $0) }) { first, _ in first }

  private static func isRegularExpression(_ text: String) -> Bool {
    do throws(PatternProblem) {
      _ = try Pattern(text)
      return true
    } catch {
      return !error.isDefect
    }
  }

  private static func isUUID(_ text: String) -> Bool {
    let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return groups.map(\.count) == [8, 4, 4, 4, 12]
      && groups.allSatisfy { $0.allSatisfy(ASCII.isHexDigit) }
  }
}

extension PointerText {
  static func isPointer(_ text: String) -> Bool {
    guard text.isEmpty || text.hasPrefix("/") else { return false }
    var rest = Substring(text).utf8
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "~") else { continue }
      guard let code = rest.popFirst(), code == UInt8(ascii: "0") || code == UInt8(ascii: "1")
      else {
        return false
      }
    }
    return true
  }

  /// Steps up without a leading zero, then `#` or a pointer.
  static func isRelativePointer(_ text: String) -> Bool {
    let digits = text.utf8.prefix(while: ASCII.isDigit)
    guard let first = digits.first, first != UInt8(ascii: "0") || digits.count == 1 else {
      return false
    }
    let rest = String(Substring(text.utf8.dropFirst(digits.count)))
    return rest == "#" || isPointer(rest)
  }
}
