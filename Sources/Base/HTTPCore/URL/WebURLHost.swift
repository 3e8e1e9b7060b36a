/// Host names and addresses in their one serialised form.
enum WebURLHost {
  static func serialized(_ bytes: ArraySlice<UInt8>, isSpecial: Bool) throws(WebURLError) -> String
  {
    if bytes.first == UInt8(ascii: "[") {
      let text = String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
      guard let address = IPv6Address(text) else { throw .badIPv6(text) }
      return "[\(address)]"
    }
    guard isSpecial else { return PercentEncoding.encode(bytes, .control) }
    return try domain(bytes)
  }

  private static func domain(_ bytes: ArraySlice<UInt8>) throws(WebURLError) -> String {
    let written = String(decoding: bytes, as: UTF8.self)
    let decoded = PercentEncoding.decode(written)
    guard let text = String(validating: decoded.map(\.lowercased), as: UTF8.self),
      !decoded.contains(where: isForbidden)
    else { throw .badHost(written) }
    guard IPv4Address.isMeant(by: text) else { return text }
    guard let address = IPv4Address(text) else { throw .badIPv4(text) }
    return "\(address)"
  }

  private static func isForbidden(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0x7F || forbidden.contains(byte)
  }

  private static let forbidden = Set("#/:<>?@[\\]^|%".utf8)
}

extension WebURL {
  /// The host without the brackets of an IPv6 address, as a resolver wants it.
  package var bareHost: String? {
    host.map { $0.utf8.first == UInt8(ascii: "[") ? String($0.dropFirst().dropLast()) : $0 }
  }

  /// Whether the host holds characters outside ASCII, or labels that encode such.
  package var isInternational: Bool {
    guard let host else { return false }
    return host.utf8.contains { $0 > 0x7F }
      || host.split(separator: ".").contains { $0.hasPrefix("xn--") }
  }

  /// Whether the host is this machine by its name or address alone.
  package var isLoopback: Bool {
    guard let bareHost else { return false }
    if let address = IPv4Address(bareHost) { return address.isLoopback }
    if let address = IPv6Address(bareHost) { return address.isLoopback }
    return bareHost == "localhost" || bareHost.hasSuffix(".localhost")
  }

  /// Whether the host is given as an address of a loopback, private, link-local or otherwise unroutable network.
  package var isPrivateAddress: Bool {
    guard let bareHost else { return false }
    return IPv4Address(bareHost)?.isPrivate ?? IPv6Address(bareHost)?.isPrivate ?? false
  }
}
