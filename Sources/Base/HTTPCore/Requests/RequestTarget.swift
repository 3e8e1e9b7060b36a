/// The target of a request line: a path, `*`, or a whole address whose authority then counts as the Host.
struct RequestTarget {
  let path: String
  let authority: String?

  init(_ bytes: some Collection<UInt8>, method: String) throws(HTTPRequestProblem) {
    guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else {
      throw .malformedTarget
    }
    let text = String(decoding: bytes, as: UTF8.self)
    if text.utf8.first == UInt8(ascii: "/") || text == "*" && method == "OPTIONS" {
      (path, authority) = (text, nil)
      return
    }
    guard let rest = Self.afterScheme(text) else { throw .malformedTarget }
    let end = rest.utf8.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }
    let host = rest[..<(end ?? rest.endIndex)]
    guard !host.isEmpty, Self.isAuthority(host.utf8) else { throw .malformedTarget }
    let tail = String(rest[(end ?? rest.endIndex)...])
    path = tail.utf8.first == UInt8(ascii: "/") ? tail : "/" + tail
    authority = String(host)
  }

  private static func afterScheme(_ text: String) -> Substring? {
    for scheme in ["http://", "https://"] {
      let cut = text.utf8.index(
        text.startIndex, offsetBy: scheme.utf8.count, limitedBy: text.endIndex)
      if let cut, text[..<cut].equalsIgnoringASCIICase(scheme) { return text[cut...] }
    }
    return nil
  }

  /// What may stand in a Host header; empty where the client has none to name.
  static func isAuthority(_ bytes: some Sequence<UInt8>) -> Bool {
    bytes.allSatisfy {
      $0.isUnreserved || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "[")
        || $0 == UInt8(ascii: "]") || $0 == UInt8(ascii: "%")
    }
  }
}
