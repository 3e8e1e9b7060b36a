/// Gives the same string for the same key again, where keys are too long to be kept without storage.
struct KeyCache {
  private static let slots = 64
  private static let lengths = 18...66
  private var strings: [String] = []

  @inline(__always)
  mutating func key(_ word: TapeWord, in text: UnsafeBufferPointer<UInt8>) -> String {
    guard Self.lengths.contains(word.length), !word.needsDecoding else {
      return ScalarText.string(word, in: text)
    }
    return cached(word, in: text)
  }

  private mutating func cached(_ word: TapeWord, in text: UnsafeBufferPointer<UInt8>) -> String {
    if strings.isEmpty { strings = Array(repeating: "", count: Self.slots) }
    let raw = ScalarText.raw(word, in: text)
    let inner = UnsafeBufferPointer(rebasing: raw[1..<(raw.count &- 1)])
    let slot = Self.slot(of: inner)
    if Self.matches(strings[slot], inner) { return strings[slot] }
    strings[slot] = ScalarText.string(word, in: text)
    return strings[slot]
  }

  /// Length, first and last bytes tell the keys of one vocabulary apart well enough.
  @inline(__always)
  private static func slot(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let mixed =
      Int(bytes[0]) &* 31 &+ Int(bytes[bytes.count &- 1]) &* 7 &+ Int(bytes[bytes.count / 2])
    return (mixed &+ bytes.count) & (slots &- 1)
  }

  @inline(__always)
  private static func matches(_ string: String, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard string.utf8.count == bytes.count else { return false }
    return string.utf8.withContiguousStorageIfAvailable { stored in
      UnsafeRawBufferPointer(stored).elementsEqual(UnsafeRawBufferPointer(bytes))
    } ?? false
  }
}
