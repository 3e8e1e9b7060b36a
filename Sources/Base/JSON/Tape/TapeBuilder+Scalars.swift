extension TapeBuilder {
  @inline(__always)
  mutating func skipSpace() throws(JSONError) {
    while at < count {
      let byte = base[at]
      guard byte <= Ascii.space || byte == Ascii.slash else { return }
      if Ascii.isSpace(byte) {
        at &+= 1
      } else if byte == Ascii.slash && options.allowsComments {
        try skipComment()
      } else {
        return
      }
    }
  }

  private mutating func skipComment() throws(JSONError) {
    let start = at
    at += 1
    guard at < count, base[at] == Ascii.slash || base[at] == Ascii.star else {
      throw failure(.commentStart)
    }
    notes.add(.comment, at: start)
    if base[at] == Ascii.slash {
      while at < count, base[at] != Ascii.lineFeed { at += 1 }
      return
    }
    at += 1
    while at + 1 < count {
      if base[at] == Ascii.star && base[at + 1] == Ascii.slash {
        at += 2
        return
      }
      at += 1
    }
    at = count
    throw failure(.commentEnd, unfinished: (.comment, start))
  }

  // MARK: - Words

  mutating func readLiteral() throws(JSONError) {
    switch base[at] {
    case UInt8(ascii: "n"): try readWord("null", .null)
    case UInt8(ascii: "t"): try readWord("true", .true)
    case UInt8(ascii: "f"): try readWord("false", .false)
    default: throw failure(elements == 0 && open >= 0 && !isInObject ? .valueOrEnd : .value)
    }
  }

  @inline(__always)
  private mutating func readWord(_ word: StaticString, _ kind: JSONKind) throws(JSONError) {
    let length = word.utf8CodeUnitCount
    for index in 0..<length
    where at &+ index >= count || base[at &+ index] != word.utf8Start[index] {
      at &+= index
      throw failure(.literal("\(word)"))
    }
    words[used] = TapeWord(kind, offset: at, length: length).bits
    used &+= 1
    at &+= length
  }

  // MARK: - Numbers

  mutating func readNumber() throws(JSONError) {
    let start = at
    if base[at] == Ascii.minus { at &+= 1 }
    if at < count, base[at] == Ascii.zero {
      at &+= 1
    } else {
      try readDigits()
    }
    if at < count, base[at] == Ascii.dot {
      at &+= 1
      try readDigits()
    }
    if at < count, base[at] | 0x20 == UInt8(ascii: "e") {
      at &+= 1
      if at < count, base[at] == Ascii.plus || base[at] == Ascii.minus { at &+= 1 }
      try readDigits()
    }
    words[used] = TapeWord(.number, offset: start, length: at &- start).bits
    used &+= 1
  }

  @inline(__always)
  private mutating func readDigits() throws(JSONError) {
    guard at < count, Ascii.isDigit(base[at]) else { throw failure(.digit) }
    repeat { at &+= 1 } while at < count && Ascii.isDigit(base[at])
  }
}
