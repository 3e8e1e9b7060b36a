extension JSONWriter {
  /// Escapes only what JSON demands, control characters in their shortest form.
  mutating func write(_ string: String) {
    bytes.append(Ascii.quote)
    var string = string
    string.withUTF8 { text in
      guard !PlainCharacters.makeUp(text) else { return bytes.append(contentsOf: text) }
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
