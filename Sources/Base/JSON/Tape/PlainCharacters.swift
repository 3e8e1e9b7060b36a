/// Finds in eight bytes at once what ends a run of plain characters.
package enum PlainCharacters {
  private static let each: UInt64 = 0x0101_0101_0101_0101

  /// A set high bit in the first byte that is a quote, a backslash, a control or beyond ASCII.
  ///
  /// Bytes above that first one may show a borrow from below, so only the lowest bit counts.
  @inline(__always) static func stops(in bytes: UInt64) -> UInt64 {
    let word = UInt64(littleEndian: bytes)
    // With one bit turned over, the quote stands where the space was: one subtraction finds it and all controls.
    let low = (word ^ each &* 0x02) &- each &* 0x21
    let backslashes = (word ^ each &* UInt64(Ascii.backslash)) &- each
    return (word | low | backslashes) & (each &* 0x80)
  }

  /// Whether a text stands in JSON as it is, looked at in whole words. What is beyond ASCII counts as doubtful.
  package static func makeUp(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = text.baseAddress else { return true }
    var place = 0
    while text.count - place >= 8 {
      let word = UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self)
      guard stops(in: word) == 0 else { return false }
      place += 8
    }
    while place < text.count {
      let byte = base[place]
      if byte < Ascii.space || byte == Ascii.quote || byte == Ascii.backslash { return false }
      place += 1
    }
    return true
  }
}
