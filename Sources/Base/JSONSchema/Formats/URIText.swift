/// The grammar of RFC 3986, and with other letters that of RFC 3987.
struct URIText {
  private let text: String
  private let uri: SchemaURI
  private let isInternational: Bool

  init(_ text: String, isInternational: Bool = false) {
    self.text = text
    self.isInternational = isInternational
    uri = SchemaURI(text)
  }

  /// With a scheme.
  var isURI: Bool { uri.scheme != nil && isReference }

  var isReference: Bool {
    guard uri.query.map({ allows($0, "/?:@", isQuery: true) }) ?? true,
      uri.fragment.map({ allows($0, "/?:@") }) ?? true
    else { return false }
    if let authority = uri.authority { return isAuthority(authority) && isPath(uri.path) }
    guard isPath(uri.path) else { return false }
    // Before the first slash of a relative path a colon would read as the end of a scheme.
    return uri.scheme != nil || !uri.path.prefix { $0 != "/" }.contains(":")
  }

  private func isPath(_ path: String) -> Bool { allows(path, "/:@") }

  private func isAuthority(_ authority: String) -> Bool {
    var host = Substring(authority)
    if let at = host.firstIndex(of: "@") {
      guard allows(host[..<at], ":") else { return false }
      host = host[host.index(after: at)...]
    }
    if host.hasPrefix("[") {
      guard let end = host.firstIndex(of: "]") else { return false }
      let literal = host[host.index(after: host.startIndex)..<end]
      return isLiteral(literal) && isPort(host[host.index(after: end)...])
    }
    let name = host.prefix { $0 != ":" }
    return allows(name, "") && isPort(host.dropFirst(name.count))
  }

  private func isPort(_ text: Substring) -> Bool {
    text.isEmpty || (text.hasPrefix(":") && text.utf8.dropFirst().allSatisfy(ASCII.isDigit))
  }

  private func isLiteral(_ literal: Substring) -> Bool {
    guard literal.first == "v" || literal.first == "V" else { return AddressText.isIPv6(literal) }
    let parts = literal.dropFirst().split(
      separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && parts[0].utf8.allSatisfy(ASCII.isHexDigit)
      && !parts[1].isEmpty && !parts[1].contains("%")
      && URIText("").allows(parts[1], ":")
  }

  /// Unreserved characters, sub-delimiters, escapes and those besides.
  private func allows(_ part: some StringProtocol, _ besides: String, isQuery: Bool = false) -> Bool
  {
    var rest = Substring(part).unicodeScalars
    while let scalar = rest.popFirst() {
      if scalar == "%" {
        let digits = rest.prefix(2)
        guard digits.count == 2, digits.allSatisfy(Self.isHexDigit) else { return false }
        rest = rest.dropFirst(2)
      } else if !allows(scalar, besides, isQuery) {
        return false
      }
    }
    return true
  }

  private func allows(_ scalar: Unicode.Scalar, _ besides: String, _ isQuery: Bool) -> Bool {
    guard scalar.isASCII else {
      return isInternational && (Self.isLetterBeyond(scalar) || (isQuery && Self.isPrivate(scalar)))
    }
    return ASCII.isAlphanumeric(UInt8(ascii: scalar))
      || "-._~!$&'()*+,;=".unicodeScalars.contains(scalar)
      || besides.unicodeScalars.contains(scalar)
  }

  private static func isHexDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && ASCII.isHexDigit(UInt8(ascii: scalar))
  }

  private static func isPrivate(_ scalar: Unicode.Scalar) -> Bool {
    (0xE000...0xF8FF).contains(scalar.value) || scalar.value >= 0xF0000
  }

  private static func isLetterBeyond(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xA0...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFEF: true
    case 0x10000...0xDFFFD: scalar.value & 0xFFFF <= 0xFFFD
    case 0xE1000...0xEFFFD: true
    default: false
    }
  }
}
