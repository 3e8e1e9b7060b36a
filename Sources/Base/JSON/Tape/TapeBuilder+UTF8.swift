extension TapeBuilder {
  /// Passes a run of bytes beyond ASCII; broken ones are noted and passed too.
  mutating func skipBeyondAscii() {
    while at < count, base[at] >= 0x80 {
      let length = wellFormedLength(at: at)
      if length > 0 {
        at &+= length
      } else {
        let broken = maximalSubpart(at: at)
        notes.add(.invalidUTF8(length: broken), at: at)
        at &+= broken
      }
    }
  }

  /// The bytes of the scalar that begins here, or 0 where they are no UTF-8.
  @inline(__always)
  private func wellFormedLength(at index: Int) -> Int {
    let lead = base[index]
    let left = count &- index
    switch lead {
    case 0xC2...0xDF:
      return left > 1 && isTrail(index &+ 1) ? 2 : 0
    case 0xE0...0xEF:
      return left > 2 && isSecond(base[index &+ 1], after: lead) && isTrail(index &+ 2) ? 3 : 0
    case 0xF0...0xF4:
      return left > 3 && isSecond(base[index &+ 1], after: lead) && isTrail(index &+ 2)
        && isTrail(index &+ 3) ? 4 : 0
    default: return 0
    }
  }

  @inline(__always)
  private func isTrail(_ index: Int) -> Bool { base[index] & 0xC0 == 0x80 }

  /// Rules out overlong forms, surrogates and what lies beyond U+10FFFF.
  @inline(__always)
  private func isSecond(_ byte: UInt8, after lead: UInt8) -> Bool {
    switch lead {
    case 0xE0: byte >= 0xA0 && byte <= 0xBF
    case 0xED: byte >= 0x80 && byte <= 0x9F
    case 0xF0: byte >= 0x90 && byte <= 0xBF
    case 0xF4: byte >= 0x80 && byte <= 0x8F
    default: byte & 0xC0 == 0x80
    }
  }

  /// How many bytes of a broken sequence one U+FFFD stands for (Unicode 3.9, as Swift's own decoding).
  private func maximalSubpart(at index: Int) -> Int {
    let lead = base[index]
    guard lead >= 0xC2, lead <= 0xF4, index + 1 < count, lead >= 0xE0,
      isSecond(base[index + 1], after: lead)
    else { return 1 }
    let isFourLong = lead >= 0xF0
    return isFourLong && index + 2 < count && isTrail(index + 2) ? 3 : 2
  }
}
