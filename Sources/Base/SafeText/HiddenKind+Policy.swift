extension HiddenKind {
  /// The kind of a scalar that must not be shown as it is, whatever stands around it; nil for everything else.
  /// `\n`, `\r` and `\t` are the layout's business and count as controls here.
  static func of(_ scalar: Unicode.Scalar) -> HiddenKind? {
    switch scalar.value {
    case 0x20..<0x7F, 0xA0..<0xAD, 0xAE..<0x300: nil
    case 0x1B, 0x9B: .escape
    case 0..<0x20, 0x7F..<0xA0: .control
    case 0x3040..<0x3100, 0x4E00..<0xA000, 0xAC00..<0xD7A4: nil
    default: rare(scalar)
    }
  }

  private static func rare(_ scalar: Unicode.Scalar) -> HiddenKind? {
    switch scalar.value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x206A...0x206F: .bidi
    case 0x2028, 0x2029: .lineSeparator
    case 0x180B...0x180D, 0x180F, 0xFE00...0xFE0F, 0xE0100...0xE01EF: .variation
    case 0xE0000...0xE007F: .tag
    case 0xFDD0...0xFDEF: .noncharacter
    case let value where value & 0xFFFE == 0xFFFE: .noncharacter
    default: isInvisible(scalar) ? .invisible : nil
    }
  }

  /// Format characters of Unicode that draw a sign of their own; all the others draw nothing.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.properties.isDefaultIgnorableCodePoint { return true }
    guard scalar.properties.generalCategory == .format else { return false }
    switch scalar.value {
    case 0x0600...0x0605, 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD: return false
    default: return true
    }
  }
}

/// Where an otherwise hidden character is honest spelling: emoji sequences, ideograph variants, joiners in scripts that join.
struct SpellingContext {
  var previous: Unicode.Scalar?
  var next: Unicode.Scalar?

  func allows(_ scalar: Unicode.Scalar) -> Bool {
    guard let previous else { return false }
    switch scalar.value {
    case 0xFE0E, 0xFE0F: return previous.properties.isEmoji
    case 0xFE00...0xFE02, 0xE0100...0xE01EF: return previous.properties.isIdeographic
    case 0x180B...0x180D, 0x180F: return 0x1820...0x18AA ~= previous.value
    case 0x200C, 0x200D:
      guard let next else { return false }
      return (Self.joins(previous) && Self.joins(next))
        || (scalar.value == 0x200D && Self.isEmojiPart(previous) && next.properties.isEmoji)
    default: return false
    }
  }

  private static func isEmojiPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0xFE0F || (scalar.properties.isEmoji && scalar.value > 0x7F)
  }

  /// Arabic and its kin, and the scripts of India: there a joiner changes the shape of a letter.
  private static func joins(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0620...0x06D3, 0x06D5...0x06DC, 0x06EE...0x06FF, 0x0710...0x077F, 0x08A0...0x08E1:
      return true
    case 0x0900...0x0DFF, 0x1780...0x17B3: return true
    default: return false
    }
  }
}
