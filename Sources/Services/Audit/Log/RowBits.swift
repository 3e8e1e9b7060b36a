/// Which rows of a part are meant: a bit a row.
package struct RowBits: Sendable, Hashable {
  package let count: Int
  private var words: [UInt64]

  package init(_ count: Int, all isOn: Bool = false) {
    self.count = count
    words = [UInt64](repeating: isOn ? .max : 0, count: (count + 63) / 64)
    trim()
  }

  package init(_ count: Int, where isOn: (Int) -> Bool) {
    self.init(count)
    for row in 0..<count where isOn(row) { insert(row) }
  }

  package mutating func insert(_ row: Int) { words[row >> 6] |= 1 << UInt64(row & 63) }

  package func contains(_ row: Int) -> Bool { words[row >> 6] >> UInt64(row & 63) & 1 == 1 }

  package var total: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Visits the rows that are meant, in their order.
  package func visit(_ body: (Int) -> Void) {
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(index << 6 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }

  package static func & (left: RowBits, right: RowBits) -> RowBits {
    left.joined(right) { $0 & $1 }
  }

  package static func | (left: RowBits, right: RowBits) -> RowBits {
    left.joined(right) { $0 | $1 }
  }

  package static prefix func ! (bits: RowBits) -> RowBits {
    var inverse = bits
    for index in inverse.words.indices { inverse.words[index] = ~inverse.words[index] }
    inverse.trim()
    return inverse
  }

  private func joined(_ other: RowBits, _ join: (UInt64, UInt64) -> UInt64) -> RowBits {
    var both = self
    for index in both.words.indices where index < other.words.count {
      both.words[index] = join(both.words[index], other.words[index])
    }
    return both
  }

  /// The last word has no bits behind the last row.
  private mutating func trim() {
    let rest = count & 63
    guard rest > 0, let last = words.indices.last else { return }
    words[last] &= (1 << UInt64(rest)) - 1
  }
}
