/// Why a text is no JSON: what was expected, what stood there, and where.
package struct JSONError: Error, Sendable, Hashable {
  /// What the grammar asks for at a place.
  package enum Expectation: Sendable, Hashable {
    case value, valueOrEnd, key, keyOrEnd, colon, commaOrBracket, commaOrBrace
    case digit, literal(String), escape, hexDigit, character, nothing, commentStart, commentEnd
  }

  package enum Found: Sendable, Hashable {
    case end
    case scalar(Unicode.Scalar)
    case byte(UInt8)
  }

  package enum Problem: Sendable, Hashable {
    case expected(Expectation, found: Found)
    case tooDeep(limit: Int)
    case tooLarge(limit: Int)
    case otherEncoding(String)
  }

  /// Something that was begun and not ended where the text broke off.
  package struct Opening: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable { case array, object, string, comment }
    package let kind: Kind
    package let position: JSONPosition
  }

  package let problem: Problem
  package let position: JSONPosition
  /// Innermost first; filled where the text ended too early.
  package let open: [Opening]

  package var offset: Int { position.offset }
  package var line: Int { position.line }
  package var column: Int { position.column }
}

// MARK: - Sentences

extension JSONError: CustomStringConvertible {
  package var description: String { "\(position): \(sentence)" }

  /// The problem without its place.
  package var sentence: String {
    switch problem {
    case .expected(let expectation, .end):
      "expected \(expectation.words), but the text ends here\(openWords)"
    case .expected(let expectation, let found):
      "expected \(expectation.words), found \(found.words)"
    case .tooDeep(let limit): "nested deeper than \(limit) levels"
    case .tooLarge(let limit): "the text is larger than \(limit) bytes"
    case .otherEncoding(let name): "the text is \(name), JSON is UTF-8"
    }
  }

  private var openWords: String {
    guard let first = open.first else { return "" }
    let more = open.count > 1 ? " (inside \(open.count - 1) more)" : ""
    return "; the \(first.kind.rawValue) begun at \(first.position) is still open\(more)"
  }
}

extension JSONError.Expectation {
  fileprivate var words: String {
    switch self {
    case .value: "a value"
    case .valueOrEnd: "a value or ']'"
    case .key: "a key in double quotes"
    case .keyOrEnd: "a key in double quotes or '}'"
    case .colon: "':' after the key"
    case .commaOrBracket: "',' or ']' after the element"
    case .commaOrBrace: "',' or '}' after the member"
    case .digit: "a digit"
    case .literal(let word): "the word '\(word)'"
    case .escape: "one of \" \\ / b f n r t u after the backslash"
    case .hexDigit: "four hexadecimal digits after \\u"
    case .character: "a character or '\"' (control characters need an escape)"
    case .nothing: "nothing more after the value"
    case .commentStart: "'//' or '/*'"
    case .commentEnd: "'*/'"
    }
  }
}

extension JSONError.Found {
  fileprivate var words: String {
    switch self {
    case .end: "the end of the text"
    case .byte(let byte): "byte 0x\(Self.hex(UInt32(byte), width: 2)), which is no UTF-8"
    case .scalar("'"): "a single quote"
    case .scalar(let scalar) where scalar.value > 0x20 && scalar.value < 0x7F: "'\(scalar)'"
    case .scalar(let scalar): Self.name(of: scalar)
    }
  }

  private static func name(of scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0x00: "a NUL byte"
    case 0x09: "a tab"
    case 0x0A: "a line feed"
    case 0x0D: "a carriage return"
    case 0x20: "a space"
    default: "U+\(hex(scalar.value, width: 4))"
    }
  }

  private static func hex(_ value: UInt32, width: Int) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
