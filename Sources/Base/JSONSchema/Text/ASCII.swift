/// Classes of single bytes.
enum ASCII {
  static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }

  static func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (97...102).contains(byte | 0x20)
  }

  static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }
}

/// Reads ASCII grammar from the start of a text.
struct ByteReader {
  private var rest: Substring.UTF8View

  init(_ text: some StringProtocol) { rest = Substring(text).utf8 }

  var isAtEnd: Bool { rest.isEmpty }
  var next: UInt8? { rest.first }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard let byte = rest.first, byte == UInt8(ascii: scalar) else { return false }
    rest.removeFirst()
    return true
  }

  /// Takes the letter in either case.
  mutating func takeLetter(_ scalar: Unicode.Scalar) -> Bool {
    guard let byte = rest.first, byte | 0x20 == UInt8(ascii: scalar) else { return false }
    rest.removeFirst()
    return true
  }

  /// Exactly so many digits as a number.
  mutating func number(digits count: Int) -> Int? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy(ASCII.isDigit) else { return nil }
    rest = rest.dropFirst(count)
    return digits.reduce(0) { $0 * 10 + Int($1 & 15) }
  }

  /// How many digits were there.
  mutating func skipDigits() -> Int {
    let count = rest.prefix(while: ASCII.isDigit).count
    rest = rest.dropFirst(count)
    return count
  }
}
