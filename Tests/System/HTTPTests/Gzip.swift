/// A gzip stream of zeros, written by hand: fixed Huffman blocks of a literal and matches of length 258.
enum Gzip {
  /// Each block stands for about 2.5 kB of zeros.
  static func zeros(blocks: Int) -> [UInt8] {
    var bits = BitWriter()
    for _ in 0..<blocks {
      bits.write(0, 1)  // not the last block
      bits.write(1, 2)  // fixed codes
      bits.writeCode(0x30, 8)  // literal 0
      for _ in 0..<10 {
        bits.writeCode(0xC5, 8)  // length 258
        bits.writeCode(0, 5)  // distance 1
      }
      bits.writeCode(0, 7)  // end of block
    }
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + bits.bytes
  }

  private struct BitWriter {
    var bytes: [UInt8] = []
    private var used = 8

    mutating func write(_ value: Int, _ count: Int) {
      for index in 0..<count { push(value >> index & 1) }
    }

    /// Huffman codes go highest bit first.
    mutating func writeCode(_ value: Int, _ count: Int) {
      for index in (0..<count).reversed() { push(value >> index & 1) }
    }

    private mutating func push(_ bit: Int) {
      if used == 8 {
        bytes.append(0)
        used = 0
      }
      bytes[bytes.count - 1] |= UInt8(bit << used)
      used += 1
    }
  }
}
