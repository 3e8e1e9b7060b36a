extension TapeBuilder {
  /// Reads from one quote to the other; escapes and bytes beyond ASCII leave the fast way.
  @inline(__always)
  mutating func readString() throws(JSONError) {
    let start = at
    at &+= 1
    var needsDecoding = false
    while true {
      skipPlainCharacters()
      guard at < count else { throw failure(.character, unfinished: (.string, start)) }
      let byte = base[at]
      if byte == Ascii.quote { break }
      if byte == Ascii.backslash {
        needsDecoding = true
        try readEscape(of: start)
      } else if byte >= 0x80 {
        needsDecoding = true
        skipBeyondAscii()
      } else {
        throw failure(.character, unfinished: (.string, start))
      }
    }
    at &+= 1
    words[used] =
      TapeWord(.string, offset: start, length: at &- start, needsDecoding: needsDecoding).bits
    used &+= 1
  }

  /// Eight bytes at a time up to the first quote, backslash, control or non-ASCII byte.
  @inline(__always)
  private mutating func skipPlainCharacters() {
    while at &+ 8 <= count {
      let stops = PlainCharacters.stops(
        in: UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
      if stops != 0 {
        at &+= stops.trailingZeroBitCount &>> 3
        return
      }
      at &+= 8
    }
    while at < count {
      let byte = base[at]
      if byte == Ascii.quote || byte == Ascii.backslash || byte < Ascii.space || byte > 0x7F {
        return
      }
      at &+= 1
    }
  }

  // MARK: - Escapes

  private mutating func readEscape(of start: Int) throws(JSONError) {
    let backslash = at
    at &+= 1
    guard at < count else { throw failure(.escape, unfinished: (.string, start)) }
    switch base[at] {
    case Ascii.quote, Ascii.backslash, Ascii.slash, UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      at &+= 1
    case UInt8(ascii: "u"):
      at &+= 1
      try readUnicodeEscape(of: start, from: backslash)
    default: throw failure(.escape, unfinished: (.string, start))
    }
  }

  /// Behind `\u`: a scalar, a pair of surrogates, or a lone one that is noted.
  private mutating func readUnicodeEscape(of start: Int, from backslash: Int) throws(JSONError) {
    let unit = try readHexUnit(of: start)
    if unit == 0 { notes.add(.nulCharacter, at: backslash) }
    guard unit & 0xF800 == 0xD800 else { return }
    guard unit < 0xDC00, at &+ 1 < count, base[at] == Ascii.backslash,
      base[at &+ 1] == UInt8(ascii: "u")
    else {
      notes.add(.loneSurrogate(unit), at: backslash)
      return
    }
    let second = at
    at &+= 2
    guard try readHexUnit(of: start) & 0xFC00 != 0xDC00 else { return }
    notes.add(.loneSurrogate(unit), at: backslash)
    at = second
  }

  private mutating func readHexUnit(of start: Int) throws(JSONError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard at < count, let digit = Ascii.hexValue(base[at]) else {
        throw failure(.hexDigit, unfinished: (.string, start))
      }
      unit = unit &<< 4 | digit
      at &+= 1
    }
    return unit
  }
}
