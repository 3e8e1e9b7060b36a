import JSON

/// Reads block structure by the columns that keys and dashes stand in.
struct YAMLReader {
  let text: [Unicode.Scalar]
  var at = 0
  private let lineStarts: [Int]

  static let depthLimit = 60

  init(_ source: String) {
    let scalars = Array(source.unicodeScalars)
    text = scalars
    lineStarts = [0] + scalars.indices.filter { scalars[$0] == "\n" }.map { $0 + 1 }
    if text.first == "\u{FEFF}" { at = 1 }
  }

  mutating func document() throws(YAMLFailure) -> ConfigNode {
    if try contentColumn() == 0, isMarker("---") { at += 3 }
    let start = position(of: at)
    guard try contentColumn() != nil else { return ConfigNode(.object([]), at: start) }
    let node = try blockNode(from: 0, depth: 0)
    if let column = try contentColumn(), !(column == 0 && isMarker("---")) {
      throw fail(.expected("a key with ':'"))
    }
    return node
  }

  // MARK: - Places

  func peek(_ distance: Int = 0) -> Unicode.Scalar? {
    at + distance < text.count ? text[at + distance] : nil
  }

  func fail(_ problem: YAMLProblem, at index: Int? = nil) -> YAMLFailure {
    YAMLFailure(problem: problem, index: index ?? at)
  }

  func position(of index: Int) -> TextPosition {
    let line = line(of: index)
    return TextPosition(line: line + 1, column: index - lineStarts[line] + 1)
  }

  /// The last line that begins at or before that place, counted from 0.
  private func line(of index: Int) -> Int {
    var low = 0
    var high = lineStarts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if lineStarts[middle] <= index { low = middle } else { high = middle - 1 }
    }
    return low
  }

  private var column: Int { at - lineStarts[line(of: at)] }

  static func isLineEnd(_ scalar: Unicode.Scalar?) -> Bool {
    scalar == nil || scalar == "\n" || scalar == "\r"
  }

  private func isBlank(_ scalar: Unicode.Scalar?) -> Bool { scalar == " " || scalar == "\t" }

  private func isMarker(_ marker: String) -> Bool {
    text[at...].starts(with: marker.unicodeScalars)
      && (isBlank(peek(3)) || Self.isLineEnd(peek(3)))
  }

  mutating func skipBlanks() { while isBlank(peek()) { at += 1 } }

  mutating func skipComment() {
    guard peek() == "#", at == 0 || isBlank(text[at - 1]) || text[at - 1] == "\n" else { return }
    while !Self.isLineEnd(peek()) { at += 1 }
  }

  /// Goes to the next content and tells its column; nil at the end of the document.
  mutating func contentColumn() throws(YAMLFailure) -> Int? {
    while true {
      skipBlanks()
      skipComment()
      guard let next = peek() else { return nil }
      guard next == "\n" || next == "\r" else { break }
      at += 1
    }
    let column = column
    if text[(at - column)..<at].contains("\t") { throw fail(.tab) }
    if column == 0, isMarker("...") { return nil }
    return column
  }

  // MARK: - Blocks

  /// What stands at the next content, if that is not further left than `least`.
  mutating func blockNode(from least: Int, depth: Int) throws(YAMLFailure) -> ConfigNode {
    guard depth < Self.depthLimit else { throw fail(.tooDeep) }
    guard let column = try contentColumn(), column >= least else {
      return ConfigNode(.scalar(.null, .plain), at: position(of: at))
    }
    if isDash { return try sequence(at: column, depth: depth) }
    if isKeyAhead { return try mapping(at: column, depth: depth) }
    return try value(besides: least - 1, depth: depth)
  }

  private var isDash: Bool { peek() == "-" && (isBlank(peek(1)) || Self.isLineEnd(peek(1))) }

  private mutating func sequence(at column: Int, depth: Int) throws(YAMLFailure) -> ConfigNode {
    let start = position(of: at)
    var elements: [ConfigNode] = []
    while try contentColumn() == column, isDash {
      at += 1
      elements.append(try blockNode(from: column + 1, depth: depth + 1))
    }
    if let next = try contentColumn(), next > column { throw fail(.indentation) }
    return ConfigNode(.array(elements), at: start)
  }

  private mutating func mapping(at column: Int, depth: Int) throws(YAMLFailure) -> ConfigNode {
    let start = position(of: at)
    var members: [ConfigNode.Member] = []
    var keys: Set<String> = []
    while let next = try contentColumn(), next >= column, !(next == 0 && isMarker("---")) {
      guard next == column else { throw fail(.indentation) }
      guard isKeyAhead else { throw fail(.expected("a key with ':'")) }
      let place = at
      members.append(try member(at: column, depth: depth))
      guard keys.insert(members[members.count - 1].key).inserted else {
        throw fail(.duplicateKey(members[members.count - 1].key), at: place)
      }
    }
    return ConfigNode(.object(members), at: start)
  }

  private mutating func member(
    at column: Int, depth: Int
  ) throws(YAMLFailure) -> ConfigNode.Member {
    let start = at
    let key = try key()
    skipBlanks()
    skipComment()
    let node: ConfigNode
    if !Self.isLineEnd(peek()) {
      node = try value(besides: column, depth: depth + 1)
    } else if try contentColumn() == column, isDash {
      node = try sequence(at: column, depth: depth + 1)
    } else {
      node = try blockNode(from: column + 1, depth: depth + 1)
    }
    return ConfigNode.Member(key: key, keyPosition: position(of: start), node: node)
  }

  // MARK: - Keys

  /// Whether a `key:` begins here.
  private var isKeyAhead: Bool {
    var probe = self
    do throws(YAMLFailure) {
      _ = try probe.key()
      return true
    } catch {
      return false
    }
  }

  /// The key with its colon.
  private mutating func key() throws(YAMLFailure) -> String {
    let name: String
    if peek() == "\"" || peek() == "'" {
      name = try quoted()
      skipBlanks()
    } else {
      name = plainKey()
    }
    guard peek() == ":", isBlank(peek(1)) || Self.isLineEnd(peek(1)) else {
      throw fail(.expected("':' after the key"))
    }
    at += 1
    return name
  }

  private mutating func plainKey() -> String {
    guard let first = peek(), !"[]{}?&*!|>%@`,#".unicodeScalars.contains(first) else { return "" }
    let start = at
    while let next = peek(), !Self.isLineEnd(next) {
      if next == ":", isBlank(peek(1)) || Self.isLineEnd(peek(1)) { break }
      if next == "#", at > start, isBlank(text[at - 1]) { break }
      at += 1
    }
    return String(String.UnicodeScalarView(text[start..<at])).trimmed
  }
}
