/// Writes a tree as UTF-8: the outer levels by recursion, which is quick, what lies deeper with its own list of open
/// containers, so that depth costs no stack.
struct JSONWriter {
  var bytes: [UInt8] = []
  private let indent: String?
  private let isCanonical: Bool
  private let isSpaced: Bool
  private var open: [Frame] = []
  private var depth = 0
  private static let recursion = 32
  /// Takes away what is written when it has become a piece of that size; the last of it stays in `bytes`.
  private var take: (([UInt8]) -> Void)?
  private static let piece = 1 << 16

  /// A container that is being written, and how far.
  private struct Frame {
    let entries: Entries
    var next = 0
  }

  private enum Entries {
    case elements([JSON])
    case members([JSONObject.Member])

    var count: Int {
      switch self {
      case .elements(let elements): elements.count
      case .members(let members): members.count
      }
    }
  }

  init(indent: String? = nil, isCanonical: Bool = false, isSpaced: Bool = false) {
    self.indent = indent
    self.isCanonical = isCanonical
    self.isSpaced = isSpaced || indent != nil
  }

  /// Compact, in pieces: nobody holds the whole text.
  static func write(_ value: JSON, _ take: @escaping ([UInt8]) -> Void) {
    var writer = JSONWriter()
    writer.take = take
    writer.write(value)
    take(writer.bytes)
  }

  /// Room for what most texts need, instead of growing by small steps.
  mutating func reserve() { bytes.reserveCapacity(256) }

  private mutating func handOver() {
    guard let take, bytes.count >= Self.piece else { return }
    take(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// On one line, with a space after each colon and comma.
  static func spaced(_ value: JSON) -> String {
    var writer = JSONWriter(isSpaced: true)
    writer.write(value)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  mutating func write(_ value: JSON) {
    switch value {
    case .array(let elements) where !elements.isEmpty:
      guard depth < Self.recursion else { return writeDeep(value) }
      bytes.append(Ascii.openBracket)
      depth += 1
      for index in elements.indices {
        startEntry(index)
        write(elements[index])
      }
      depth -= 1
      breakLine()
      bytes.append(Ascii.closeBracket)
    case .object(let object) where !object.isEmpty:
      guard depth < Self.recursion else { return writeDeep(value) }
      bytes.append(Ascii.openBrace)
      depth += 1
      let members = isCanonical ? object.canonicalMembers : object.members
      for index in members.indices {
        startEntry(index)
        write(key: members[index].key)
        write(members[index].value)
      }
      depth -= 1
      breakLine()
      bytes.append(Ascii.closeBrace)
    default: begin(value)
    }
  }

  private mutating func startEntry(_ index: Int) {
    handOver()
    if index > 0 { separate() }
    breakLine()
  }

  private mutating func writeDeep(_ value: JSON) {
    begin(value)
    while let frame = open.last {
      guard frame.next < frame.entries.count else {
        close(frame)
        continue
      }
      open[open.count - 1].next += 1
      startEntry(frame.next)
      switch frame.entries {
      case .elements(let elements): begin(elements[frame.next])
      case .members(let members):
        write(key: members[frame.next].key)
        begin(members[frame.next].value)
      }
    }
  }

  /// Writes a scalar or an empty container whole, of others the opening bracket.
  private mutating func begin(_ value: JSON) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let number): write(number)
    case .string(let string): write(string)
    case .array(let elements) where elements.isEmpty: bytes.append(contentsOf: "[]".utf8)
    case .object(let object) where object.isEmpty: bytes.append(contentsOf: "{}".utf8)
    case .array(let elements):
      bytes.append(Ascii.openBracket)
      open.append(Frame(entries: .elements(elements)))
    case .object(let object):
      bytes.append(Ascii.openBrace)
      let members = isCanonical ? object.canonicalMembers : object.members
      open.append(Frame(entries: .members(members)))
    }
  }

  private mutating func close(_ frame: Frame) {
    open.removeLast()
    breakLine()
    switch frame.entries {
    case .elements: bytes.append(Ascii.closeBracket)
    case .members: bytes.append(Ascii.closeBrace)
    }
  }

  private mutating func separate() {
    bytes.append(Ascii.comma)
    if isSpaced && indent == nil { bytes.append(Ascii.space) }
  }

  private mutating func breakLine() {
    guard let indent else { return }
    bytes.append(Ascii.lineFeed)
    for _ in 0..<depth + open.count { bytes.append(contentsOf: indent.utf8) }
  }

  private mutating func write(_ number: JSONNumber) {
    var text = isCanonical ? number.canonicalText : number.text
    text.withUTF8 { bytes.append(contentsOf: $0) }
  }

  private mutating func write(key: String) {
    write(key)
    bytes.append(Ascii.colon)
    if isSpaced { bytes.append(Ascii.space) }
  }
}

extension JSON {
  /// The value on one line without white space, numbers as they were written.
  package var compactBytes: [UInt8] {
    var writer = JSONWriter()
    writer.reserve()
    writer.write(self)
    return writer.bytes
  }

  /// The same in pieces of some 64 KiB, for a value whose text need not be held as a whole.
  package func writeCompact(to take: @escaping ([UInt8]) -> Void) {
    JSONWriter.write(self, take)
  }

  package var compact: String { String(decoding: compactBytes, as: UTF8.self) }

  /// The value indented by two spaces, an entry a line.
  package var pretty: String { pretty(indent: "  ") }

  package func pretty(indent: String) -> String {
    var writer = JSONWriter(indent: indent)
    writer.write(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
