/// One text to look for: case counts where it has an upper-case letter.
struct FilterNeedle: Sendable, Hashable {
  /// Small letters where case does not count.
  let bytes: [UInt8]
  let isExact: Bool

  init(_ text: String) {
    bytes = Array(text.utf8)
    isExact = text.contains { $0.isUppercase }
  }

  /// By bytes: a list of many thousands is filtered with every key.
  func isFound(in text: String) -> Bool {
    var text = text
    if !isExact, !text.utf8.allSatisfy({ $0 < 0x80 }) { text = text.lowercased() }
    return text.withUTF8 { isFound(in: $0) }
  }

  func isFound(in bytes: [UInt8]) -> Bool { bytes.withUnsafeBufferPointer { isFound(in: $0) } }

  /// Beyond ASCII small letters are not made byte by byte.
  func isFound(inFields text: UnsafeBufferPointer<UInt8>) -> Bool {
    let isPlain = isExact || bytes.allSatisfy { $0 < 0x80 }
    return isPlain ? isFound(in: text) : isFound(in: String(decoding: text, as: UTF8.self))
  }

  private func isFound(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first, bytes.count <= text.count else { return bytes.isEmpty }
    for start in 0...(text.count - bytes.count) where folded(text[start]) == first {
      var length = 1
      while length < bytes.count, folded(text[start + length]) == bytes[length] { length += 1 }
      if length == bytes.count { return true }
    }
    return false
  }

  private func folded(_ byte: UInt8) -> UInt8 { !isExact && byte &- 0x41 < 26 ? byte | 0x20 : byte }
}

/// A filter in words: every one must occur, `!word` must not.
struct FilterWords: Sendable, Hashable {
  private struct Word: Sendable, Hashable {
    let needle: FilterNeedle
    let isExcluded: Bool
  }

  private let words: [Word]

  init(_ text: String) {
    words = text.split(separator: " ").map { part in
      let isExcluded = part.hasPrefix("!") && part.count > 1
      return Word(
        needle: FilterNeedle(String(isExcluded ? part.dropFirst() : part)), isExcluded: isExcluded)
    }
  }

  var isEmpty: Bool { words.isEmpty }

  /// The same of fields that follow each other in one piece.
  func match(_ fields: UnsafeBufferPointer<UInt8>) -> Bool {
    words.allSatisfy { word in word.needle.isFound(inFields: fields) != word.isExcluded }
  }

  func match(_ fields: [String]) -> Bool {
    words.allSatisfy { word in
      fields.contains(where: word.needle.isFound) != word.isExcluded
    }
  }
}
