/// `user:password@host:port`.
enum WebURLAuthority {
  static func read(_ bytes: ArraySlice<UInt8>, into url: inout WebURL) throws(WebURLError) {
    var rest = bytes
    if let at = rest.lastIndex(of: UInt8(ascii: "@")) {
      userinfo(rest[..<at], into: &url)
      rest = rest[(at + 1)...]
    }
    let (host, port) = try split(rest)
    url.host = try WebURLHost.serialized(host, isSpecial: url.isSpecial)
    url.port = try number(port).flatMap { $0 == WebURL.defaultPorts[url.scheme] ? nil : $0 }
    if url.isSpecial, url.host?.isEmpty != false { throw .missingHost }
  }

  private static func userinfo(_ bytes: ArraySlice<UInt8>, into url: inout WebURL) {
    let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
    url.username = PercentEncoding.encode(bytes[..<colon], .userinfo)
    url.password = PercentEncoding.encode(bytes[colon...].dropFirst(), .userinfo)
  }

  private typealias Parts = (host: ArraySlice<UInt8>, port: ArraySlice<UInt8>)

  private static func split(_ bytes: ArraySlice<UInt8>) throws(WebURLError) -> Parts {
    guard bytes.first == UInt8(ascii: "[") else {
      let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
      return (bytes[..<colon], bytes[colon...].dropFirst())
    }
    guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else { throw .unclosedBracket }
    let tail = bytes[(close + 1)...]
    guard tail.isEmpty || tail.first == UInt8(ascii: ":") else {
      throw .badPort(String(decoding: tail, as: UTF8.self))
    }
    return (bytes[...close], tail.dropFirst())
  }

  /// An empty port is no port.
  private static func number(_ bytes: ArraySlice<UInt8>) throws(WebURLError) -> Int? {
    guard !bytes.isEmpty else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    guard bytes.allSatisfy(\.isDigit), let port = UInt16(text) else { throw .badPort(text) }
    return Int(port)
  }
}
