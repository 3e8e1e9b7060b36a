/// What one cell shows: a spacing scalar and up to two marks on it, packed into one word.
package struct Glyph: RawRepresentable, Sendable, Hashable {
  /// 21 bits each: base, first mark, second mark.
  package let rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }

  /// A scalar that cannot be drawn in a cell (control, format, surrogate half) becomes the replacement sign.
  package init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    let isControl = value < 0x20 || 0x7F..<0xA0 ~= value
    rawValue = UInt64(isControl ? 0xFFFD : value)
  }

  package static let blank = Glyph(rawValue: 0x20)
  /// The right half of a wide glyph, owned by the cell to its left.
  package static let continuation = Glyph(rawValue: .max)

  private static let field: UInt64 = 0x1F_FFFF

  package var base: Unicode.Scalar? { scalar(at: 0) }

  /// 1 or 2; 0 for a continuation.
  package var width: Int {
    if rawValue < 0x300 { return 1 }
    return self == .continuation ? 0 : base.map(CharacterWidth.of) ?? 1
  }

  package var scalars: [Unicode.Scalar] {
    guard self != .continuation else { return [] }
    return (0..<3).compactMap { index in
      scalar(at: index).flatMap { index > 0 && $0.value == 0 ? nil : $0 }
    }
  }

  /// The same glyph with one more mark; a third one is dropped, a cell holds no more.
  func adding(_ mark: Unicode.Scalar) -> Glyph {
    let shift: UInt64 = rawValue >> 21 == 0 ? 21 : 42
    guard rawValue >> shift == 0 else { return self }
    return Glyph(rawValue: rawValue | UInt64(mark.value) << shift)
  }

  private func scalar(at index: Int) -> Unicode.Scalar? {
    Unicode.Scalar(UInt32(rawValue >> (21 * UInt64(index)) & Self.field))
  }
}
