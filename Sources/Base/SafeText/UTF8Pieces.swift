/// One step of decoding: a scalar, or a byte that belongs to none.
enum UTF8Piece: Equatable {
  case scalar(Unicode.Scalar)
  case invalid(UInt8)

  var scalar: Unicode.Scalar? {
    if case .scalar(let value) = self { value } else { nil }
  }
}

/// Decodes bytes as UTF-8 and keeps each byte that is none instead of replacing it.
struct UTF8Pieces<Bytes: Collection<UInt8>>: Sequence, IteratorProtocol {
  private var rest: Bytes.SubSequence

  init(_ bytes: Bytes) { rest = bytes[...] }

  mutating func next() -> UTF8Piece? {
    guard let lead = rest.first else { return nil }
    let length = Self.length(of: lead)
    let candidate = rest.prefix(length)
    guard length > 0, candidate.count == length, Self.isWellFormed(candidate),
      let scalar = Unicode.Scalar(Self.value(of: candidate))
    else {
      rest = rest.dropFirst()
      return .invalid(lead)
    }
    rest = rest.dropFirst(length)
    return .scalar(scalar)
  }

  private static func length(of lead: UInt8) -> Int {
    switch lead {
    case 0..<0x80: 1
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 0
    }
  }

  /// Table 3-7 of the Unicode standard: the second byte is narrower after E0, ED, F0 and F4.
  private static func isWellFormed(_ bytes: Bytes.SubSequence) -> Bool {
    guard let lead = bytes.first, let second = bytes.dropFirst().first else { return true }
    let allowed: ClosedRange<UInt8> =
      switch lead {
      case 0xE0: 0xA0...0xBF
      case 0xED: 0x80...0x9F
      case 0xF0: 0x90...0xBF
      case 0xF4: 0x80...0x8F
      default: 0x80...0xBF
      }
    return allowed ~= second && bytes.dropFirst(2).allSatisfy { 0x80...0xBF ~= $0 }
  }

  private static func value(of bytes: Bytes.SubSequence) -> UInt32 {
    let masks: [UInt8] = [0x7F, 0x1F, 0x0F, 0x07]
    var value: UInt32 = 0
    for (index, byte) in bytes.enumerated() {
      value = value << 6 | UInt32(byte & (index == 0 ? masks[bytes.count - 1] : 0x3F))
    }
    return value
  }
}
