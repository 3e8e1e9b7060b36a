import JSON

/// TOML 1.0: a text to a tree with positions, or the place where it breaks the grammar.
package enum TOML {
  package static func parse(_ bytes: [UInt8]) throws(ConfigSyntaxError) -> ConfigNode {
    var reader = TOMLReader(bytes)
    do throws(TOMLFailure) {
      return try reader.document()
    } catch {
      throw ConfigSyntaxError(
        .toml, error.problem.sentence, at: reader.cursor.position(of: error.offset))
    }
  }
}

/// A `[header]` or `[[element]]` of a text, by the byte offset of its bracket.
struct TOMLHeader: Hashable {
  let path: [String]
  let offset: Int
}

struct TOMLReader {
  var cursor: TOMLCursor
  private(set) var headers: [TOMLHeader] = []
  private var tree = TOMLTree()

  /// Deep enough for any configuration, shallow enough for any thread's stack.
  private static let depthLimit = 100

  init(_ bytes: [UInt8]) { cursor = TOMLCursor(bytes) }

  mutating func document() throws(TOMLFailure) -> ConfigNode {
    if let offset = Self.firstBadUTF8(in: cursor.bytes) { throw cursor.fail(.notUTF8, at: offset) }
    _ = cursor.skip("\u{FEFF}")
    var table = TOMLTree.root
    while !cursor.isAtEnd {
      cursor.skipBlanks()
      switch cursor.peek() {
      case nil, 0x0A, 0x0D, 0x23: break
      case 0x5B: table = try header()
      default: try pair(in: table)
      }
      try cursor.finishLine()
    }
    let members = tree.members(of: TOMLTree.root, cursor.position(of:))
    return ConfigNode(.object(members), at: TextPosition(line: 1, column: 1))
  }

  private static func firstBadUTF8(in bytes: [UInt8]) -> Int? {
    var decoder = bytes.makeIterator()
    var offset = 0
    var codec = UTF8()
    while true {
      switch codec.decode(&decoder) {
      case .scalarValue(let scalar): offset += UTF8.width(scalar)
      case .emptyInput: return nil
      case .error: return offset
      }
    }
  }

  // MARK: - Headers and pairs

  private mutating func header() throws(TOMLFailure) -> Int {
    let start = cursor.at
    let isElement = cursor.skip("[[")
    if !isElement { cursor.at += 1 }
    cursor.skipBlanks()
    let path = try keyPath(depth: 0)
    let isClosed = isElement ? cursor.skip("]]") : cursor.skip("]")
    guard isClosed else { throw cursor.fail(.expected(isElement ? "']]'" : "']'")) }
    headers.append(TOMLHeader(path: path.map(\.name), offset: start))
    return isElement ? try tree.open(element: path) : try tree.open(header: path)
  }

  private mutating func pair(in table: Int) throws(TOMLFailure) {
    let path = try keyPath(depth: 0)
    try tree.set(path, to: try valueAfterEquals(depth: path.count), in: table)
  }

  private mutating func valueAfterEquals(depth: Int) throws(TOMLFailure) -> ConfigNode {
    guard cursor.skip("=") else { throw cursor.fail(.expected("'=' after the key")) }
    cursor.skipBlanks()
    return try value(depth: depth)
  }

  /// `a.b."c d"`, with the blanks after it.
  private mutating func keyPath(depth: Int) throws(TOMLFailure) -> [TOMLTree.Key] {
    var path: [TOMLTree.Key] = []
    repeat {
      guard depth + path.count < Self.depthLimit else { throw cursor.fail(.tooDeep) }
      cursor.skipBlanks()
      path.append(try key())
      cursor.skipBlanks()
    } while cursor.skip(".")
    return path
  }

  private mutating func key() throws(TOMLFailure) -> TOMLTree.Key {
    let start = cursor.at
    if cursor.peek() == 0x22 || cursor.peek() == 0x27 {
      return TOMLTree.Key(name: try cursor.singleLine(), offset: start)
    }
    let name = cursor.take { byte in
      TOMLCursor.isDigit(byte) || (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
        || byte == 0x2D || byte == 0x5F
    }
    guard !name.isEmpty else { throw cursor.fail(.expected("a key")) }
    return TOMLTree.Key(name: String(decoding: name, as: UTF8.self), offset: start)
  }

  // MARK: - Values

  private mutating func value(depth: Int) throws(TOMLFailure) -> ConfigNode {
    guard depth < Self.depthLimit else { throw cursor.fail(.tooDeep) }
    let start = cursor.at
    let value: ConfigNode.Value
    switch cursor.peek() {
    case 0x22, 0x27: value = .scalar(.string(try cursor.string()), .plain)
    case 0x5B: value = try array(depth: depth + 1)
    case 0x7B: value = try inlineTable(depth: depth + 1)
    default: value = try cursor.scalar()
    }
    return ConfigNode(value, at: cursor.position(of: start))
  }

  private mutating func array(depth: Int) throws(TOMLFailure) -> ConfigNode.Value {
    let start = cursor.at
    cursor.at += 1
    var elements: [ConfigNode] = []
    while true {
      try cursor.skipSpaceAndLines()
      if cursor.skip("]") { return .array(elements) }
      if cursor.isAtEnd { throw cursor.fail(.unterminated("array"), at: start) }
      elements.append(try value(depth: depth))
      try cursor.skipSpaceAndLines()
      if cursor.skip(",") { continue }
      guard cursor.peek() == 0x5D || cursor.isAtEnd else {
        throw cursor.fail(.expected("',' or ']'"))
      }
    }
  }

  /// Everything in one line, no comma at the end, and nothing can be added later.
  private mutating func inlineTable(depth: Int) throws(TOMLFailure) -> ConfigNode.Value {
    cursor.at += 1
    var inner = TOMLTree()
    cursor.skipBlanks()
    if cursor.skip("}") { return .object([]) }
    repeat {
      let path = try keyPath(depth: depth)
      let value = try valueAfterEquals(depth: depth + path.count - 1)
      try inner.set(path, to: value, in: TOMLTree.root)
      cursor.skipBlanks()
    } while cursor.skip(",")
    guard cursor.skip("}") else { throw cursor.fail(.expected("',' or '}' in this line")) }
    return .object(inner.members(of: TOMLTree.root, cursor.position(of:)))
  }
}
