/// Walks one header value: tokens, quoted strings, `; name=value` parameters.
struct FieldScanner {
  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var atEnd: Bool { position >= bytes.count }
  var next: UInt8? { atEnd ? nil : bytes[position] }

  mutating func skipBlanks() {
    while let byte = next, byte.isBlank { position += 1 }
  }

  mutating func take(_ character: Character) -> Bool {
    guard let byte = next, byte == character.asciiValue else { return false }
    position += 1
    return true
  }

  mutating func token() -> String? { run(\.isToken) }

  /// The longest non-empty run of bytes that fit.
  mutating func run(_ fits: (UInt8) -> Bool) -> String? {
    let start = position
    while let byte = next, fits(byte) { position += 1 }
    return start == position ? nil : HTTPField.text(of: bytes[start..<position])
  }

  /// A quoted string with its escapes undone, and whether its closing quote was there.
  mutating func quoted() -> (text: String, closed: Bool)? {
    guard take("\"") else { return nil }
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      if byte == UInt8(ascii: "\"") { return (HTTPField.text(of: text), true) }
      guard byte == UInt8(ascii: "\\"), let escaped = next else {
        text.append(byte)
        continue
      }
      text.append(escaped)
      position += 1
    }
    return (HTTPField.text(of: text), false)
  }

  mutating func rewind(to position: Int) { self.position = position }

  /// The `; name=value` tail of a header value; a broken part is skipped up to the next semicolon.
  mutating func parameters() -> HTTPFields {
    var found = HTTPFields()
    while !atEnd {
      skipBlanks()
      guard take(";") else {
        skip(to: ";")
        continue
      }
      skipBlanks()
      if let parameter = parameter() { found.append(parameter) }
    }
    return found
  }

  /// `name=value`, blanks around `=` tolerated, the value a token or a quoted string.
  private mutating func parameter() -> HTTPField? {
    guard let name = token() else { return nil }
    skipBlanks()
    guard take("=") else { return HTTPField(name, "") }
    skipBlanks()
    let value = quoted()?.text ?? run { $0 != UInt8(ascii: ";") }?.trimmingBlanks
    return HTTPField(name, value ?? "")
  }

  private mutating func skip(to character: Character) {
    while let byte = next, byte != character.asciiValue { position += 1 }
  }
}
