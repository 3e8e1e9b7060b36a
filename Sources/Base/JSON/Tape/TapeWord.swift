/// What a value is, without the value.
package enum JSONKind: UInt8, Sendable, Hashable, CaseIterable {
  case null, `false`, `true`, number, string, array, object
}

/// One entry of the tape: offset 32 bits, kind 3, needs-decoding 1, length or count 28.
/// Strings need decoding unless they are ASCII without escapes.
///
/// A container takes a second word: the index after its last entry, and its end offset.
struct TapeWord {
  static let countLimit: UInt64 = (1 << 28) - 1

  let bits: UInt64

  @inline(__always) init(bits: UInt64) { self.bits = bits }

  @inline(__always)
  init(_ kind: JSONKind, offset: Int, length: Int, needsDecoding: Bool = false) {
    let clamped = min(UInt64(truncatingIfNeeded: length), Self.countLimit)
    bits =
      UInt64(truncatingIfNeeded: offset) | UInt64(kind.rawValue) &<< 32
      | (needsDecoding ? 1 &<< 35 : 0) | clamped &<< 36
  }

  @inline(__always) var offset: Int { Int(truncatingIfNeeded: bits & 0xFFFF_FFFF) }
  @inline(__always) var rawKind: UInt8 { UInt8(truncatingIfNeeded: bits &>> 32) & 7 }
  @inline(__always) var kind: JSONKind { JSONKind(rawValue: rawKind) ?? .null }
  @inline(__always) var needsDecoding: Bool { bits & (1 &<< 35) != 0 }
  /// Bytes of a scalar, quotes included, or members of a container; `countLimit` means at least that.
  @inline(__always) var length: Int { Int(truncatingIfNeeded: bits &>> 36) }
  @inline(__always) var isContainer: Bool { rawKind >= JSONKind.array.rawValue }

  /// The index after a container's last entry, from its second word.
  @inline(__always) static func next(_ bits: UInt64) -> Int {
    Int(truncatingIfNeeded: bits & 0xFFFF_FFFF)
  }

  @inline(__always) static func endOffset(_ bits: UInt64) -> Int {
    Int(truncatingIfNeeded: bits &>> 32)
  }

  @inline(__always) static func end(next: Int, offset: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: next) | UInt64(truncatingIfNeeded: offset) &<< 32
  }
}
