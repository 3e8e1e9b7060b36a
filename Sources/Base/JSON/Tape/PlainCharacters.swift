/// Finds in eight bytes at once what ends a run of plain characters.
enum PlainCharacters {
  private static let each: UInt64 = 0x0101_0101_0101_0101

  /// A set high bit in the first byte that is a quote, a backslash, a control or beyond ASCII.
  ///
  /// Bytes above that first one may show a borrow from below, so only the lowest bit counts.
  @inline(__always) static func stops(in bytes: UInt64) -> UInt64 {
    let word = UInt64(littleEndian: bytes)
    let controls = word &- each &* UInt64(Ascii.space)
    let quotes = (word ^ each &* UInt64(Ascii.quote)) &- each
    let backslashes = (word ^ each &* UInt64(Ascii.backslash)) &- each
    return (word | controls | quotes | backslashes) & (each &* 0x80)
  }
}
