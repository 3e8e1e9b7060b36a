/// ECMA-262's white space and line ends, as the inside of a PCRE2 class, and everything else.
enum WhiteSpace {
  static let members =
    #"\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}"#
  static let others =
    #"\x{0}-\x{8}\x{e}-\x{1f}\x{21}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}"#
    + #"\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}"#
}

/// What one escape stands for, in or out of a class.
enum EscapeMeaning {
  case scalar(UInt32)
  /// A set as the inside of a class.
  case members(String)
  /// Half a surrogate pair: no text holds one.
  case nothing
}

extension PatternTranslator {
  private static let controls: [Unicode.Scalar: UInt32] = [
    "t": 0x09, "n": 0x0A, "v": 0x0B, "f": 0x0C, "r": 0x0D,
  ]

  /// An escape outside of a class.
  mutating func escape() throws(PatternProblem) {
    guard let letter = peek(1) else { throw .endsInBackslash }
    switch letter {
    case "b", "B":
      output += "\\" + String(letter)
      position += 2
      atom = nil
    case "1"..."9": try numberedReference()
    case "k" where !groups.numbers.isEmpty: try namedReference()
    default:
      position += 1
      switch try meaning(letter) {
      case .scalar(let value): emitAtom(Self.hex(value))
      case .members(let set): emitAtom("[\(set)]")
      case .nothing: emitAtom("(?!)")
      }
    }
  }

  private mutating func numberedReference() throws(PatternProblem) {
    position += 1
    let digits = takeWhile(Self.isDigit)
    guard let number = Int(digits), number <= groups.count else {
      throw .unknownEscape("\\" + digits)
    }
    emitAtom("\\g{\(number)}")
  }

  private mutating func namedReference() throws(PatternProblem) {
    position += 2
    guard take("<") else { throw .unknownEscape("\\k") }
    let name = takeWhile { $0 != ">" }
    guard take(">"), let number = groups.numbers[name] else { throw .unknownGroupName(name) }
    emitAtom("\\g{\(number)}")
  }

  /// Takes the escape whose letter stands here (the backslash is behind).
  mutating func meaning(_ letter: Unicode.Scalar) throws(PatternProblem) -> EscapeMeaning {
    position += 1
    if let control = Self.controls[letter] { return .scalar(control) }
    switch letter {
    case "d": return .members("0-9")
    case "D": return .members(#"\D"#)
    case "w": return .members("0-9A-Za-z_")
    case "W": return .members(#"\W"#)
    case "s": return .members(WhiteSpace.members)
    case "S": return .members(WhiteSpace.others)
    case "p", "P": return .members(try property(letter))
    case "c": return try control()
    case "x": return try hexadecimal(digits: 2, after: "\\x")
    case "u": return try unicode()
    case "0" where peek().map(Self.isDigit) != true: return .scalar(0)
    case "a"..."z", "A"..."Z", "0"..."9": throw .unknownEscape("\\" + String(letter))
    default: return .scalar(letter.value)
    }
  }

  private mutating func control() throws(PatternProblem) -> EscapeMeaning {
    guard let letter = peek(), ("a"..."z").contains(letter) || ("A"..."Z").contains(letter) else {
      throw .unknownEscape("\\c")
    }
    position += 1
    return .scalar(letter.value & 0x1F)
  }

  private mutating func hexadecimal(digits: Int, after start: String) throws(PatternProblem)
    -> EscapeMeaning
  {
    guard let value = hexValue(digits) else { throw .unknownEscape(start) }
    return .scalar(value)
  }

  private mutating func hexValue(_ digits: Int) -> UInt32? {
    guard position + digits <= input.count else { return nil }
    var value: UInt32 = 0
    for scalar in input[position..<(position + digits)] {
      guard let digit = Character(scalar).hexDigitValue, scalar.isASCII else { return nil }
      value = value << 4 | UInt32(digit)
    }
    position += digits
    return value
  }

  private mutating func unicode() throws(PatternProblem) -> EscapeMeaning {
    if take("{") {
      let digits = takeWhile { Character($0).isHexDigit && $0.isASCII }
      guard take("}"), let value = UInt32(digits, radix: 16), value <= 0x10FFFF else {
        throw .unknownEscape("\\u{\(digits)")
      }
      return (0xD800...0xDFFF).contains(value) ? .nothing : .scalar(value)
    }
    guard let first = hexValue(4) else { throw .unknownEscape("\\u") }
    guard (0xD800...0xDFFF).contains(first) else { return .scalar(first) }
    let start = position
    if first < 0xDC00, take("\\u"), let second = hexValue(4), (0xDC00...0xDFFF).contains(second) {
      return .scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    }
    position = start
    return .nothing
  }
}
