// The four kinds of TOML string.
extension TOMLCursor {
  mutating func string() throws(TOMLFailure) -> String {
    if looksAt("\"\"\"") { return try multiLine(quote: 0x22, name: "string") }
    if looksAt("'''") { return try multiLine(quote: 0x27, name: "literal string") }
    return try singleLine()
  }

  /// A string in one line; in single quotes a backslash means itself.
  mutating func singleLine() throws(TOMLFailure) -> String {
    let start = at
    let quote = bytes[at]
    at += 1
    var content: [UInt8] = []
    while let byte = peek(), byte != 0x0A, !looksAt("\r\n") {
      if byte == quote {
        at += 1
        return String(decoding: content, as: UTF8.self)
      }
      try readCharacter(escapes: quote == 0x22, into: &content)
    }
    throw fail(.unterminated("string"), at: start)
  }

  private mutating func multiLine(quote: UInt8, name: String) throws(TOMLFailure) -> String {
    let start = at
    at += 3
    _ = skipLineEnd()
    var content: [UInt8] = []
    while let byte = peek() {
      if byte == quote, let extra = closingRun(of: quote) {
        content += Array(repeating: quote, count: extra)
        at += extra + 3
        return String(decoding: content, as: UTF8.self)
      }
      if skipLineEnd() {
        content.append(0x0A)
      } else if byte != 0x5C || quote != 0x22 || !skipContinuation() {
        try readCharacter(escapes: quote == 0x22, into: &content)
      }
    }
    throw fail(.unterminated("multi-line \(name)"), at: start)
  }

  /// How many quotes belong to the text before the three that close it; nil where it goes on.
  private func closingRun(of quote: UInt8) -> Int? {
    var run = 0
    while run < 5, peek(run) == quote { run += 1 }
    return run >= 3 ? run - 3 : nil
  }

  /// A backslash at the end of a line, with all space up to the next character.
  private mutating func skipContinuation() -> Bool {
    let start = at
    at += 1
    skipBlanks()
    guard skipLineEnd() else {
      at = start
      return false
    }
    repeat { skipBlanks() } while skipLineEnd()
    return true
  }

  private mutating func readCharacter(
    escapes: Bool, into content: inout [UInt8]
  ) throws(TOMLFailure) {
    let byte = bytes[at]
    if byte == 0x5C && escapes {
      content += try escape().utf8
    } else if byte < 0x20 && byte != 0x09 || byte == 0x7F {
      throw fail(.controlCharacter(byte))
    } else {
      content.append(byte)
      at += 1
    }
  }

  private static let escapes: [UInt8: String] = [
    0x62: "\u{8}", 0x74: "\t", 0x6E: "\n", 0x66: "\u{C}", 0x72: "\r", 0x22: "\"", 0x5C: "\\",
  ]

  private mutating func escape() throws(TOMLFailure) -> String {
    let start = at
    at += 1
    guard let byte = peek() else { throw fail(.badEscape(""), at: start) }
    at += 1
    if let plain = Self.escapes[byte] { return plain }
    guard byte == 0x75 || byte == 0x55 else {
      let shown = byte < 0x80 ? String(UnicodeScalar(byte)) : ""
      throw fail(.badEscape(shown), at: start)
    }
    return try unicodeEscape(digits: byte == 0x75 ? 4 : 8, from: start)
  }

  private mutating func unicodeEscape(digits: Int, from start: Int) throws(TOMLFailure) -> String {
    let text = String(decoding: bytes[at..<min(at + digits, bytes.count)], as: UTF8.self)
    guard text.utf8.count == digits, text.utf8.allSatisfy(TOMLCursor.isHex),
      let number = UInt32(text, radix: 16)
    else { throw fail(.badEscape("\(digits == 4 ? "u" : "U")"), at: start) }
    guard let scalar = Unicode.Scalar(number) else { throw fail(.badScalar(text), at: start) }
    at += digits
    return String(scalar)
  }

  static func isHex(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
