import JSON

// Booleans, numbers, dates: everything that stands without quotes.
extension TOMLCursor {
  mutating func scalar() throws(TOMLFailure) -> ConfigNode.Value {
    let start = at
    var text = word()
    // A date and its time may be parted by one blank.
    if Self.isDate(text), peek() == 0x20, let next = peek(1), Self.isDigit(next) {
      at += 1
      text += " " + word()
    }
    guard !text.isEmpty else { throw fail(.expected("a value"), at: start) }
    switch text {
    case "true": return .scalar(true, .plain)
    case "false": return .scalar(false, .plain)
    default: break
    }
    if let date = try TOMLDate.read(text, fail: { fail($0, at: start) }) { return date }
    return try number(text, from: start)
  }

  private mutating func word() -> String {
    String(
      decoding: take { byte in
        Self.isHex(byte) || (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
          || [0x2B, 0x2D, 0x2E, 0x3A, 0x5F].contains(byte)
      }, as: UTF8.self)
  }

  private static func isDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count == 10 && bytes[4] == 0x2D && bytes[7] == 0x2D
  }

  // MARK: - Numbers

  private func number(_ text: String, from start: Int) throws(TOMLFailure) -> ConfigNode.Value {
    if let special = Self.special[text] { return .scalar(.string(special), .float) }
    if let prefixed = try prefixedInteger(text, from: start) { return prefixed }
    let digits = text.hasPrefix("+") || text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard Self.areDigitsSound(digits) else { throw fail(.badNumber(text), at: start) }
    let plain = text.filter { $0 != "_" }
    if digits.allSatisfy({ $0.isNumber || $0 == "_" }) {
      guard let value = Int(plain) else { throw fail(.integerTooLarge(text), at: start) }
      return .scalar(.number(JSONNumber(value)), .integer)
    }
    guard Self.isFloat(digits), let value = Double(plain) else {
      throw fail(.badNumber(text), at: start)
    }
    // Beyond the largest double the text says infinity.
    guard value.isFinite else { return .scalar(.string(value < 0 ? "-inf" : "inf"), .float) }
    return .scalar(.number(JSONNumber(value)), .float)
  }

  private static let special = [
    "inf": "inf", "+inf": "inf", "-inf": "-inf", "nan": "nan", "+nan": "nan", "-nan": "nan",
  ]

  private func prefixedInteger(
    _ text: String, from start: Int
  ) throws(TOMLFailure) -> ConfigNode.Value? {
    guard let radix = ["0x": 16, "0o": 8, "0b": 2][text.prefix(2)] else { return nil }
    let digits = text.dropFirst(2)
    guard Self.areUnderscoresSound(digits), digits.first != "+", digits.first != "-" else {
      throw fail(.badNumber(text), at: start)
    }
    let plain = digits.filter { $0 != "_" }
    if let value = Int(plain, radix: radix) {
      return .scalar(.number(JSONNumber(value)), .integer)
    }
    let isTooLarge = plain.allSatisfy { $0.hexDigitValue.map { $0 < radix } ?? false }
    throw fail(isTooLarge ? .integerTooLarge(text) : .badNumber(text), at: start)
  }

  /// No leading zero, and each underscore between two digits.
  private static func areDigitsSound(_ digits: Substring) -> Bool {
    let whole = digits.prefix { $0.isNumber || $0 == "_" }
    return !whole.isEmpty && (whole.first != "0" || whole.count == 1)
      && areUnderscoresSound(digits)
  }

  private static func areUnderscoresSound(_ digits: Substring) -> Bool {
    let bytes = Array(digits.utf8)
    return !bytes.isEmpty
      && bytes.indices.allSatisfy { index in
        bytes[index] != 0x5F
          || index > 0 && index + 1 < bytes.count && isHex(bytes[index - 1])
            && isHex(bytes[index + 1])
      }
  }

  /// `digits [. digits] [e [sign] digits]` with at least one of the two parts.
  private static func isFloat(_ text: Substring) -> Bool {
    var rest = text.utf8[...]
    func digits() -> Bool {
      let run = rest.prefix { isDigit($0) || $0 == 0x5F }
      // An underscore beside the point or the exponent is between no two digits.
      guard let first = run.first, let last = run.last, first != 0x5F, last != 0x5F else {
        return false
      }
      rest = rest[run.endIndex...]
      return true
    }
    guard digits() else { return false }
    if rest.first == 0x2E {
      rest = rest.dropFirst()
      guard digits() else { return false }
    }
    guard let mark = rest.first else { return true }
    guard mark == 0x65 || mark == 0x45 else { return false }
    rest = rest.dropFirst()
    if rest.first == 0x2B || rest.first == 0x2D { rest = rest.dropFirst() }
    return digits() && rest.isEmpty
  }
}
