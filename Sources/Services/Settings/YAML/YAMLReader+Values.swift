import JSON

// Everything that is no block collection: flow collections and scalars.
extension YAMLReader {
  /// The value at this place; plain and block scalars go on over lines further right than `column`.
  mutating func value(besides column: Int, depth: Int) throws(YAMLFailure) -> ConfigNode {
    let start = position(of: at)
    switch peek() {
    case "[", "{":
      let node = try flow(depth: depth)
      try finishLine()
      return node
    case "\"", "'":
      let text = try quoted()
      try finishLine()
      return ConfigNode(.scalar(.string(text), .plain), at: start)
    case "|", ">":
      return ConfigNode(.scalar(.string(try blockScalar(besides: column)), .plain), at: start)
    case "&", "*": throw fail(.unsupported("anchors and aliases"))
    case "!": throw fail(.unsupported("tags"))
    case "?": throw fail(.unsupported("complex keys"))
    case "%", "@", "`": throw fail(.expected("a value"))
    default: return ConfigNode(Self.scalar(try plain(besides: column)), at: start)
    }
  }

  private mutating func finishLine() throws(YAMLFailure) {
    skipBlanks()
    skipComment()
    guard Self.isLineEnd(peek()) else { throw fail(.expected("the end of the line")) }
  }

  // MARK: - Flow collections

  private mutating func flow(depth: Int) throws(YAMLFailure) -> ConfigNode {
    guard depth < Self.depthLimit else { throw fail(.tooDeep) }
    let start = at
    let isObject = peek() == "{"
    let closer: Unicode.Scalar = isObject ? "}" : "]"
    at += 1
    var elements: [ConfigNode] = []
    var members: [ConfigNode.Member] = []
    while true {
      try skipFlowSpace(from: start)
      if peek() == closer { break }
      if isObject {
        members.append(try flowMember(depth: depth))
      } else {
        elements.append(try flowValue(depth: depth))
      }
      try skipFlowSpace(from: start)
      if peek() == closer { break }
      guard peek() == "," else { throw fail(.expected("',' or '\(closer)'")) }
      at += 1
    }
    at += 1
    return ConfigNode(isObject ? .object(members) : .array(elements), at: position(of: start))
  }

  private mutating func skipFlowSpace(from start: Int) throws(YAMLFailure) {
    while let next = peek(), " \t\r\n#".unicodeScalars.contains(next) {
      let before = at
      skipComment()
      if at == before { at += 1 }
    }
    if peek() == nil { throw fail(.unterminated("collection"), at: start) }
  }

  private mutating func flowMember(depth: Int) throws(YAMLFailure) -> ConfigNode.Member {
    let start = at
    let key = peek() == "\"" || peek() == "'" ? try quoted() : flowPlain(stopsAtColon: true)
    skipBlanks()
    guard peek() == ":" else { throw fail(.expected("':' after the key")) }
    at += 1
    try skipFlowSpace(from: start)
    let node =
      peek() == "," || peek() == "}"
      ? ConfigNode(.scalar(.null, .plain), at: position(of: at)) : try flowValue(depth: depth)
    return ConfigNode.Member(key: key, keyPosition: position(of: start), node: node)
  }

  private mutating func flowValue(depth: Int) throws(YAMLFailure) -> ConfigNode {
    let start = position(of: at)
    switch peek() {
    case "[", "{": return try flow(depth: depth + 1)
    case "\"", "'": return ConfigNode(.scalar(.string(try quoted()), .plain), at: start)
    case "&", "*": throw fail(.unsupported("anchors and aliases"))
    case "!": throw fail(.unsupported("tags"))
    default:
      let index = at
      let text = flowPlain(stopsAtColon: false)
      guard !text.isEmpty else { throw fail(.expected("a value"), at: index) }
      return ConfigNode(Self.scalar(text), at: start)
    }
  }

  private mutating func flowPlain(stopsAtColon: Bool) -> String {
    let start = at
    while let next = peek(), !",[]{}\r\n".unicodeScalars.contains(next) {
      if next == ":", stopsAtColon { break }
      if next == "#", at > start, text[at - 1] == " " { break }
      at += 1
    }
    return string(start..<at).trimmed
  }

  func string(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(text[range])) }

  // MARK: - Plain scalars

  /// One line, and those that follow further right, joined by a space.
  private mutating func plain(besides column: Int) throws(YAMLFailure) -> String {
    var words = [plainLine()]
    while true {
      let end = at
      guard let next = try contentColumn(), next > column, next > 0 else {
        at = end
        return words.joined(separator: " ")
      }
      let start = at
      let line = plainLine()
      // `key: value` inside a plain text is an indentation that went wrong.
      guard !line.contains(": "), !line.hasSuffix(":") else { throw fail(.indentation, at: start) }
      words.append(line)
    }
  }

  private mutating func plainLine() -> String {
    let start = at
    while let next = peek(), !Self.isLineEnd(next) {
      if next == "#", at > start, text[at - 1] == " " || text[at - 1] == "\t" { break }
      at += 1
    }
    return string(start..<at).trimmed
  }

  /// Null, booleans and numbers by YAML 1.2's core rules, everything else a string.
  private static func scalar(_ text: String) -> ConfigNode.Value {
    switch text {
    case "", "~", "null", "Null", "NULL": return .scalar(.null, .plain)
    case "true", "True", "TRUE": return .scalar(true, .plain)
    case "false", "False", "FALSE": return .scalar(false, .plain)
    default: break
    }
    if let value = Int(text) { return .scalar(.number(JSONNumber(value)), .integer) }
    let isNumeric = text.unicodeScalars.allSatisfy { "0123456789+-.eE".unicodeScalars.contains($0) }
    if isNumeric, let value = Double(text), value.isFinite {
      return .scalar(.number(JSONNumber(value)), .float)
    }
    return .scalar(.string(text), .plain)
  }
}
