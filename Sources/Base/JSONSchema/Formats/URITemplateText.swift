/// The grammar of RFC 6570.
enum URITemplateText {
  static func isTemplate(_ text: String) -> Bool {
    var rest = Substring(text).unicodeScalars
    while let scalar = rest.popFirst() {
      switch scalar {
      case "{":
        guard let end = rest.firstIndex(of: "}"), isExpression(Substring(rest[..<end])) else {
          return false
        }
        rest = rest[rest.index(after: end)...]
      case "%":
        guard isEscape(rest.prefix(2)) else { return false }
        rest = rest.dropFirst(2)
      default: if !isLiteral(scalar) { return false }
      }
    }
    return true
  }

  private static func isLiteral(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\0"..." ", "\u{7F}"..."\u{9F}", "\"", "<", ">", "\\", "^", "`", "|", "}": false
    default: true
    }
  }

  private static func isEscape(_ digits: Substring.UnicodeScalarView.SubSequence) -> Bool {
    digits.count == 2 && digits.allSatisfy { $0.isASCII && ASCII.isHexDigit(UInt8(ascii: $0)) }
  }

  private static func isExpression(_ text: Substring) -> Bool {
    var text = text
    if let first = text.first, "+#./;?&=,!@|".contains(first) { text = text.dropFirst() }
    return text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy(isVariable)
  }

  private static func isVariable(_ text: Substring) -> Bool {
    if text.hasSuffix("*") { return isName(text.dropLast()) }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return isName(text) }
    let length = parts[1].utf8
    return isName(parts[0]) && (1...4).contains(length.count) && length.allSatisfy(ASCII.isDigit)
      && length.first != UInt8(ascii: "0")
  }

  private static func isName(_ text: Substring) -> Bool {
    text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
      var rest = part.unicodeScalars
      if rest.isEmpty { return false }
      while let scalar = rest.popFirst() {
        if scalar == "%" {
          guard isEscape(rest.prefix(2)) else { return false }
          rest = rest.dropFirst(2)
        } else if scalar != "_" && !(scalar.isASCII && ASCII.isAlphanumeric(UInt8(ascii: scalar))) {
          return false
        }
      }
      return true
    }
  }
}
