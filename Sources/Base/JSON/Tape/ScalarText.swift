import Glibc

/// The text of strings and numbers, out of the bytes a tape word points at.
enum ScalarText {
  static func number(_ word: TapeWord, in text: UnsafeBufferPointer<UInt8>) -> String {
    ascii(raw(word, in: text))
  }

  /// The string without quotes and escapes; what is no UTF-8 and lone surrogates become U+FFFD.
  static func string(_ word: TapeWord, in text: UnsafeBufferPointer<UInt8>) -> String {
    let raw = raw(word, in: text)
    let inner = UnsafeBufferPointer(rebasing: raw[1..<(raw.count &- 1)])
    return word.needsDecoding ? decoded(inner) : ascii(inner)
  }

  /// Bytes that the tape's reading has found to be ASCII are not looked at again.
  @inline(__always)
  private static func ascii(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(copying: UTF8Span(unchecked: bytes.span, isKnownASCII: true))
  }

  /// The bytes as written, quotes included.
  static func raw(
    _ word: TapeWord, in text: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    let start = word.offset
    let end =
      word.length < Int(TapeWord.countLimit) ? start &+ word.length : end(of: word, in: text)
    return UnsafeBufferPointer(rebasing: text[start..<end])
  }

  /// For a scalar too long for its word: looks for its end again.
  private static func end(of word: TapeWord, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var index = word.offset + 1
    if word.kind == .string {
      while text[index] != Ascii.quote { index += text[index] == Ascii.backslash ? 2 : 1 }
      return index + 1
    }
    while index < text.count, isNumberByte(text[index]) { index += 1 }
    return index
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    Ascii.isDigit(byte) || byte == Ascii.dot || byte == Ascii.minus || byte == Ascii.plus
      || byte | 0x20 == UInt8(ascii: "e")
  }

  // MARK: - Escapes

  /// Unescapes text whose grammar was checked; broken UTF-8 is repaired by the initializer.
  private static func decoded(_ raw: UnsafeBufferPointer<UInt8>) -> String {
    var stop = backslash(in: raw, from: 0)
    guard stop < raw.count, let source = raw.baseAddress else {
      return String(decoding: raw, as: UTF8.self)
    }
    return String(unsafeUninitializedCapacity: raw.count) { buffer in
      guard var target = buffer.baseAddress else { return 0 }
      var start = 0
      while true {
        target.update(from: source + start, count: stop &- start)
        target += stop &- start
        guard stop < raw.count else { break }
        for unit in UTF8.encode(escape(raw, &stop)) ?? UTF8.encodedReplacementCharacter {
          target.pointee = unit
          target += 1
        }
        start = stop
        stop = backslash(in: raw, from: start)
      }
      return buffer.baseAddress.map { target - $0 } ?? 0
    }
  }

  /// Where the next backslash stands, or the end.
  @inline(__always)
  private static func backslash(in raw: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = raw.baseAddress,
      let found = memchr(base + start, Int32(Ascii.backslash), raw.count &- start)
    else { return raw.count }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  private static func escape(
    _ raw: UnsafeBufferPointer<UInt8>, _ index: inout Int
  ) -> Unicode.Scalar {
    let letter = raw[index &+ 1]
    guard letter == UInt8(ascii: "u") else {
      index &+= 2
      return shortEscape(letter)
    }
    let first = unit(raw, at: index &+ 2)
    index &+= 6
    guard first & 0xF800 == 0xD800 else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
    guard first < 0xDC00, index &+ 5 < raw.count, raw[index] == Ascii.backslash,
      raw[index &+ 1] == UInt8(ascii: "u")
    else { return "\u{FFFD}" }
    let second = unit(raw, at: index &+ 2)
    guard second & 0xFC00 == 0xDC00 else { return "\u{FFFD}" }
    index &+= 6
    let scalar = 0x10000 + (UInt32(first) & 0x3FF) << 10 + UInt32(second) & 0x3FF
    return Unicode.Scalar(scalar) ?? "\u{FFFD}"
  }

  private static func shortEscape(_ letter: UInt8) -> Unicode.Scalar {
    switch letter {
    case UInt8(ascii: "b"): "\u{8}"
    case UInt8(ascii: "f"): "\u{C}"
    case UInt8(ascii: "n"): "\n"
    case UInt8(ascii: "r"): "\r"
    case UInt8(ascii: "t"): "\t"
    default: Unicode.Scalar(letter)
    }
  }

  private static func unit(_ raw: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt16 {
    (0..<4).reduce(0) { $0 &<< 4 | (Ascii.hexValue(raw[index &+ $1]) ?? 0) }
  }
}
