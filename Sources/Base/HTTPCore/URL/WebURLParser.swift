/// Takes a text apart into the parts of a `WebURL`, on bytes: a combining mark must not hide a slash.
struct WebURLParser {
  private var rest: ArraySlice<UInt8>

  /// White space around the text and line breaks within are dropped, as browsers do.
  init(_ text: String) {
    let kept = text.utf8.filter { $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    let start = kept.firstIndex { $0 > 0x20 } ?? kept.endIndex
    let end = kept.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? start
    rest = kept[start..<end]
  }

  func absolute() throws(WebURLError) -> WebURL {
    var parser = self
    guard let scheme = parser.takeScheme() else { throw .missingScheme }
    return try parser.afterScheme(WebURL(scheme: scheme))
  }

  func resolved(against base: WebURL) throws(WebURLError) -> WebURL {
    var parser = self
    if let scheme = parser.takeScheme() { return try parser.afterScheme(WebURL(scheme: scheme)) }
    var url = base
    url.fragment = parser.takeTail(from: "#", encode: .fragment)
    if parser.rest.isEmpty { return url }
    guard base.host != nil || base.path.utf8.first == UInt8(ascii: "/") else {
      throw .baseHasNoPath
    }
    url.query = parser.takeTail(from: "?", encode: base.isSpecial ? .specialQuery : .query)
    if parser.rest.isEmpty { return url }
    if base.isSpecial { parser.replaceBackslashes() }
    if parser.rest.starts(with: "//".utf8) { return try parser.authorityAndPath(url) }
    let rooted = parser.rest.first == UInt8(ascii: "/")
    url.path = WebURLPath.normalized((rooted ? [] : base.folder) + parser.rest)
    return url
  }
}

// MARK: - Steps

extension WebURLParser {
  /// Letters, digits, `+`, `-`, `.` up to a colon, starting with a letter.
  private mutating func takeScheme() -> String? {
    guard let colon = rest.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let name = rest[..<colon]
    let marks = Set("+-.".utf8)
    guard let first = name.first, first.isLetter,
      name.allSatisfy({ $0.isAlphanumeric || marks.contains($0) })
    else { return nil }
    rest = rest[(colon + 1)...]
    return String(decoding: name.map(\.lowercased), as: UTF8.self)
  }

  private mutating func afterScheme(_ start: WebURL) throws(WebURLError) -> WebURL {
    var url = start
    url.fragment = takeTail(from: "#", encode: .fragment)
    url.query = takeTail(from: "?", encode: url.isSpecial ? .specialQuery : .query)
    if url.isSpecial { replaceBackslashes() }
    if url.isSpecial || rest.starts(with: "//".utf8) { return try authorityAndPath(url) }
    // Without authority the path is opaque unless it starts with a slash.
    url.path =
      rest.first == UInt8(ascii: "/")
      ? WebURLPath.normalized(Array(rest)) : PercentEncoding.encode(rest, .control)
    return url
  }

  /// `//authority/path`; web schemes forgive any number of slashes.
  private mutating func authorityAndPath(_ start: WebURL) throws(WebURLError) -> WebURL {
    var url = start
    let slash = UInt8(ascii: "/")
    rest = url.isSpecial ? rest.drop { $0 == slash } : rest.dropFirst(2)
    let end = rest.firstIndex(of: slash) ?? rest.endIndex
    try WebURLAuthority.read(rest[..<end], into: &url)
    url.path = WebURLPath.normalized(Array(rest[end...]))
    if url.isSpecial, url.path.isEmpty { url.path = "/" }
    return url
  }

  private mutating func replaceBackslashes() {
    rest = ArraySlice(rest.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 })
  }

  /// Cuts off what stands behind the first `mark`; nil where there is no mark.
  private mutating func takeTail(from mark: Unicode.Scalar, encode set: PercentEncoding) -> String?
  {
    guard let start = rest.firstIndex(of: UInt8(ascii: mark)) else { return nil }
    defer { rest = rest[..<start] }
    return PercentEncoding.encode(rest[(start + 1)...], set)
  }
}

extension WebURL {
  var isSpecial: Bool { Self.defaultPorts[scheme] != nil }

  /// The path up to and with its last slash.
  fileprivate var folder: [UInt8] {
    let bytes = Array(path.utf8)
    let end = bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    return end == 0 ? [UInt8(ascii: "/")] : Array(bytes[..<end])
  }
}
