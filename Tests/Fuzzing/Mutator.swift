import TestRandom

/// Makes inputs of other inputs: one to six small changes of bytes, words and ranges.
struct Mutator {
  private let words: [[UInt8]]
  private let longest: Int
  var random: SeededRandom

  private typealias Change = @Sendable (inout Mutator, inout [UInt8], [[UInt8]]) -> Void

  init(words: [String], seed: UInt64, longest: Int = 1024) {
    self.words = words.map { Array($0.utf8) }
    self.longest = longest
    random = SeededRandom(seed: seed)
  }

  /// A changed copy of one of the inputs, which may take pieces of the others.
  mutating func input(from inputs: [[UInt8]]) -> [UInt8] {
    var bytes = inputs.isEmpty ? [] : inputs[random.below(inputs.count)]
    for _ in 0...random.below(6) {
      Self.changes[random.below(Self.changes.count)](&self, &bytes, inputs)
    }
    return Array(bytes.prefix(longest))
  }

  /// A row for each way to change an input.
  private static let changes: [Change] = [
    { own, bytes, _ in own.replaceByte(&bytes, by: UInt8(own.random.below(256))) },
    { own, bytes, _ in own.replaceByte(&bytes, by: telling[own.random.below(telling.count)]) },
    { own, bytes, _ in
      guard !bytes.isEmpty else { return }
      bytes[own.random.below(bytes.count)] ^= 1 << UInt8(own.random.below(8))
    },
    { own, bytes, _ in bytes.removeSubrange(own.range(of: bytes)) },
    { own, bytes, _ in own.insert(Array(bytes[own.range(of: bytes)]), into: &bytes) },
    { own, bytes, _ in own.insert(own.word(), into: &bytes) },
    { own, bytes, _ in own.insert(own.word(), into: &bytes) },
    { own, bytes, _ in
      let word = own.word()
      own.insert(
        Array(repeatElement(word, count: 1 + own.random.below(60)).joined()), into: &bytes)
    },
    { own, bytes, inputs in
      guard !inputs.isEmpty else { return }
      let other = inputs[own.random.below(inputs.count)]
      own.insert(Array(other[own.range(of: other)]), into: &bytes)
    },
    { own, bytes, _ in bytes.removeLast(own.random.below(bytes.count + 1)) },
  ]

  /// Bytes at which readers of text tend to change their mind.
  private static let telling: [UInt8] =
    Array(
      "\0\t\n\r\u{1B} \"'\\{}[]()<>:,;=/%#?&*+-0159.eE~^@\u{7F}".utf8) + [
      0x80, 0xBF, 0xC0, 0xE2, 0xED, 0xF4, 0xFF,
    ]

  private mutating func replaceByte(_ bytes: inout [UInt8], by new: UInt8) {
    guard !bytes.isEmpty else { return bytes.append(new) }
    bytes[random.below(bytes.count)] = new
  }

  private mutating func range(of bytes: [UInt8]) -> Range<Int> {
    let start = random.below(bytes.count + 1)
    return start..<start + random.below(min(bytes.count - start, 64) + 1)
  }

  private mutating func word() -> [UInt8] { words.isEmpty ? [] : words[random.below(words.count)] }

  private mutating func insert(_ piece: [UInt8], into bytes: inout [UInt8]) {
    bytes.insert(contentsOf: piece, at: random.below(bytes.count + 1))
  }
}
