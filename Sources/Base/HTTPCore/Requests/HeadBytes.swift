import Glibc

/// A head is looked through in whole words: what a client shows with each request can be as long as the request itself.
extension UnsafeBufferPointer<UInt8> {
  /// The place of the first line feed from there on.
  func firstLineFeed(from start: Int) -> Int? {
    guard start < count, let base = baseAddress,
      let found = memchr(base + start, 0x0A, count - start)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// Whether no control stands there, save for tabs.
  func isFieldText(_ range: Range<Int>) -> Bool {
    guard let base = baseAddress else { return true }
    var place = range.lowerBound
    while range.upperBound - place >= 8 {
      let word = UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self)
      let deletes = word ^ (Self.ones &* 0x7F)
      let below = (word &- Self.ones &* 0x20) & ~word
      let equal = (deletes &- Self.ones) & ~deletes
      guard (below | equal) & Self.highs == 0 else { break }
      place += 8
    }
    return self[place..<range.upperBound].allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
  }
}
