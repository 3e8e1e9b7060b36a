/// A filter in words: every one must occur, `!word` must not; case counts where a word has an upper-case letter.
struct FilterWords: Sendable, Hashable {
  private struct Word: Sendable, Hashable {
    let bytes: [UInt8]
    let isExact: Bool
    let isExcluded: Bool
  }

  private let words: [Word]

  init(_ text: String) {
    words = text.split(separator: " ").map { part in
      let isExcluded = part.hasPrefix("!") && part.count > 1
      let text = String(isExcluded ? part.dropFirst() : part)
      return Word(
        bytes: Array(text.utf8), isExact: text.contains { $0.isUppercase }, isExcluded: isExcluded)
    }
  }

  var isEmpty: Bool { words.isEmpty }

  func match(_ fields: [String]) -> Bool {
    words.allSatisfy { word in
      fields.contains { Self.contains($0, word) } != word.isExcluded
    }
  }

  // MARK: - Searching

  /// By bytes: a list of many thousands is filtered with every key.
  private static func contains(_ text: String, _ word: Word) -> Bool {
    var text = text
    let folds = !word.isExact
    if folds, !text.utf8.allSatisfy({ $0 < 0x80 }) { text = text.lowercased() }
    return text.withUTF8 { bytes in search(bytes, word.bytes, folds: folds) }
  }

  private static func search(
    _ text: UnsafeBufferPointer<UInt8>, _ word: [UInt8], folds: Bool
  ) -> Bool {
    guard let first = word.first, word.count <= text.count else { return word.isEmpty }
    for start in 0...(text.count - word.count) where folded(text[start], folds) == first {
      var length = 1
      while length < word.count, folded(text[start + length], folds) == word[length] { length += 1 }
      if length == word.count { return true }
    }
    return false
  }

  private static func folded(_ byte: UInt8, _ folds: Bool) -> UInt8 {
    folds && byte &- 0x41 < 26 ? byte | 0x20 : byte
  }
}
