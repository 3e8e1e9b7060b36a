/// Writes a tree as UTF-8; recursion goes as deep as the tree does.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private let indent: String?
  private var level = 0

  init(indent: String? = nil) { self.indent = indent }

  mutating func write(_ value: JSON) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let number): bytes.append(contentsOf: number.text.utf8)
    case .string(let string): write(string)
    case .array(let elements): write(elements)
    case .object(let object): write(object)
    }
  }

  private mutating func write(_ elements: [JSON]) {
    guard !elements.isEmpty else { return bytes.append(contentsOf: "[]".utf8) }
    bytes.append(Ascii.openBracket)
    level += 1
    for (index, element) in elements.enumerated() {
      separate(isFirst: index == 0)
      write(element)
    }
    close(Ascii.closeBracket)
  }

  private mutating func write(_ object: JSONObject) {
    guard !object.isEmpty else { return bytes.append(contentsOf: "{}".utf8) }
    bytes.append(Ascii.openBrace)
    level += 1
    for (index, member) in object.members.enumerated() {
      separate(isFirst: index == 0)
      write(member.key)
      bytes.append(Ascii.colon)
      if indent != nil { bytes.append(Ascii.space) }
      write(member.value)
    }
    close(Ascii.closeBrace)
  }

  private mutating func separate(isFirst: Bool) {
    if !isFirst { bytes.append(Ascii.comma) }
    breakLine()
  }

  private mutating func close(_ bracket: UInt8) {
    level -= 1
    breakLine()
    bytes.append(bracket)
  }

  private mutating func breakLine() {
    guard let indent else { return }
    bytes.append(Ascii.lineFeed)
    for _ in 0..<level { bytes.append(contentsOf: indent.utf8) }
  }

  // MARK: - Strings

  /// Escapes only what JSON demands, control characters in their shortest form.
  mutating func write(_ string: String) {
    bytes.append(Ascii.quote)
    var string = string
    string.withUTF8 { text in
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
    writer.write(self)
    return writer.bytes
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
