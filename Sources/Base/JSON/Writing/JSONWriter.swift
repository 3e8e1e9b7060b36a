/// Writes a tree as UTF-8; keeps its own list of open containers, so that depth costs no stack.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private let indent: String?
  private let isCanonical: Bool
  private let isSpaced: Bool
  private var open: [Frame] = []
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
    begin(value)
    while let frame = open.last {
      handOver()
      guard frame.next < frame.entries.count else {
        close(frame)
        continue
      }
      open[open.count - 1].next += 1
      if frame.next > 0 { separate() }
      breakLine()
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
    for _ in open { bytes.append(contentsOf: indent.utf8) }
  }

  private mutating func write(_ number: JSONNumber) {
    let text = isCanonical ? JSONDecimal(number).canonicalText : number.text
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func write(key: String) {
    write(key)
    bytes.append(Ascii.colon)
    if isSpaced { bytes.append(Ascii.space) }
  }

  // MARK: - Strings

  /// Escapes only what JSON demands, control characters in their shortest form.
  mutating func write(_ string: String) {
    bytes.append(Ascii.quote)
    var string = string
    string.withUTF8 { text in
      guard !Self.isPlain(text) else { return bytes.append(contentsOf: text) }
      var start = 0
      for index in text.indices where Self.mustEscape(text[index]) {
        bytes.append(contentsOf: text[start..<index])
        bytes.append(contentsOf: Self.escape(text[index]).utf8)
        start = index + 1
      }
      bytes.append(contentsOf: text[start...])
    }
    bytes.append(Ascii.quote)
  }

  /// Whether nothing in it must be escaped, looked at in whole words. What is beyond ASCII counts as doubtful.
  private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = text.baseAddress else { return true }
    var place = 0
    while text.count - place >= 8 {
      let word = UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self)
      guard PlainCharacters.stops(in: word) == 0 else { return false }
      place += 8
    }
    while place < text.count {
      if mustEscape(base[place]) { return false }
      place += 1
    }
    return true
  }

  private static func mustEscape(_ byte: UInt8) -> Bool {
    byte < Ascii.space || byte == Ascii.quote || byte == Ascii.backslash
  }

  private static func escape(_ byte: UInt8) -> String {
    switch byte {
    case Ascii.quote: "\\\""
    case Ascii.backslash: "\\\\"
    case 0x08: "\\b"
    case 0x0C: "\\f"
    case Ascii.lineFeed: "\\n"
    case Ascii.carriageReturn: "\\r"
    case Ascii.tab: "\\t"
    default: "\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
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
