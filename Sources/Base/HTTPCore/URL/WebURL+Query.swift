/// `application/x-www-form-urlencoded`: query strings and token requests.
package enum FormEncoding {
  package static func encode(_ items: [(String, String)]) -> String {
    items.map { encode($0.0) + "=" + encode($0.1) }.joined(separator: "&")
  }

  /// The pairs in order; a part without `=` is a name with an empty value.
  package static func decode(_ text: some StringProtocol) -> [(String, String)] {
    text.utf8.split(separator: UInt8(ascii: "&")).map { part in
      let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
      return (decoded(part[..<equals]), decoded(part[equals...].dropFirst()))
    }
  }

  private static func encode(_ text: String) -> String {
    // Space as %20: understood by form and by plain URL decoders alike, which `+` is not.
    PercentEncoding.encode(text, .component)
  }

  private static func decoded(_ part: some Sequence<UInt8>) -> String {
    let spaced = part.map { $0 == UInt8(ascii: "+") ? 0x20 : $0 }
    return String(
      decoding: PercentEncoding.decode(String(decoding: spaced, as: UTF8.self)), as: UTF8.self)
  }
}

extension WebURL {
  package var queryItems: [(String, String)] { FormEncoding.decode(query ?? "") }

  /// The same URL with more query items behind those it has.
  package func appendingQuery(_ items: [(String, String)]) -> WebURL {
    guard !items.isEmpty else { return self }
    var url = self
    let old = (query ?? "").isEmpty ? "" : (query ?? "") + "&"
    url.query = old + FormEncoding.encode(items)
    return url
  }

  /// The same origin with another path and query, as well-known documents need it.
  package func withPath(_ path: String, query: String? = nil) -> WebURL {
    var url = self
    let rooted = path.utf8.first == UInt8(ascii: "/") ? path : "/" + path
    url.path = WebURLPath.normalized(Array(rooted.utf8))
    url.query = query.map { PercentEncoding.encode($0, .specialQuery) }
    url.fragment = nil
    return url
  }
}
