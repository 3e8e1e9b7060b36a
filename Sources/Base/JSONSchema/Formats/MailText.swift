/// Mail addresses of RFC 5321, and with other letters of RFC 6531.
enum MailText {
  static func isAddress(_ text: String, isInternational: Bool) -> Bool {
    guard let at = text.unicodeScalars.lastIndex(of: "@") else { return false }
    let local = text.unicodeScalars[..<at]
    let domain = String(text.unicodeScalars[text.unicodeScalars.index(after: at)...])
    return isLocalPart(local, isInternational) && isDomain(domain, isInternational)
  }

  private static func isLocalPart(_ part: Substring.UnicodeScalarView, _ isInternational: Bool)
    -> Bool
  {
    if part.first == "\"" { return isQuoted(part, isInternational) }
    return part.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
      !atom.isEmpty && atom.allSatisfy { isAtomScalar($0, isInternational) }
    }
  }

  private static func isAtomScalar(_ scalar: Unicode.Scalar, _ isInternational: Bool) -> Bool {
    guard scalar.isASCII else { return isInternational }
    return ASCII.isAlphanumeric(UInt8(ascii: scalar))
      || "!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar)
  }

  private static func isQuoted(_ part: Substring.UnicodeScalarView, _ isInternational: Bool) -> Bool
  {
    guard part.count >= 2, part.last == "\"" else { return false }
    var rest = part.dropFirst().dropLast()
    while let scalar = rest.popFirst() {
      guard scalar.isASCII else {
        guard isInternational else { return false }
        continue
      }
      if scalar == "\"" || scalar.value < 0x20 || scalar.value == 0x7F { return false }
      if scalar == "\\" {
        guard let next = rest.popFirst(), (0x20..<0x7F).contains(next.value) else { return false }
      }
    }
    return true
  }

  private static func isDomain(_ domain: String, _ isInternational: Bool) -> Bool {
    guard domain.hasPrefix("["), domain.hasSuffix("]") else {
      return isInternational
        ? HostText.isInternationalHostname(domain) : HostText.isHostname(domain)
    }
    let address = domain.dropFirst().dropLast()
    return address.hasPrefix("IPv6:")
      ? AddressText.isIPv6(address.dropFirst(5)) : AddressText.isIPv4(address)
  }
}
