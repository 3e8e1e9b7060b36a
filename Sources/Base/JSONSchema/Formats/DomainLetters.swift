/// Which letters a label of a domain name may hold (RFC 5892).
enum DomainLetters {
  private static let allowed: Set<UInt32> = [0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007]
  private static let disallowed: Set<UInt32> = [
    0x640, 0x7FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B,
  ]

  static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  static func allows(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
    let scalar = scalars[index]
    if let answer = allowsInContext(scalars, at: index) { return answer }
    if allowed.contains(scalar.value) { return true }
    if disallowed.contains(scalar.value) || isOldHangul(scalar.value) { return false }
    if scalar.isASCII {
      let byte = UInt8(ascii: scalar)
      return ASCII.isDigit(byte) || byte == UInt8(ascii: "-") || (97...122).contains(byte)
    }
    if scalar.properties.changesWhenNFKCCaseFolded || scalar.properties.isDefaultIgnorableCodePoint
      || scalar.properties.isNoncharacterCodePoint || scalar.properties.isWhitespace
    {
      return false
    }
    return isLetterOrDigit(scalar)
  }

  private static func isOldHangul(_ value: UInt32) -> Bool {
    (0x1100...0x11FF).contains(value) || (0xA960...0xA97F).contains(value)
      || (0xD7B0...0xD7FF).contains(value)
  }

  private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .uppercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark,
      .spacingMark, .decimalNumber:
      true
    default: false
    }
  }

  // MARK: - Letters that need the right company

  /// The answer for what is allowed only beside certain others; nil for everything else.
  private static func allowsInContext(_ scalars: [Unicode.Scalar], at index: Int) -> Bool? {
    let before = index > 0 ? scalars[index - 1] : nil
    let after = index + 1 < scalars.count ? scalars[index + 1] : nil
    switch scalars[index].value {
    case 0xB7: return before == "l" && after == "l"
    case 0x375: return after.map { Script.greek.contains($0) } ?? false
    case 0x5F3, 0x5F4: return before.map { Script.hebrew.contains($0) } ?? false
    case 0x30FB: return scalars.contains { Script.japanese.contains($0) }
    case 0x660...0x669: return !scalars.contains { (0x6F0...0x6F9).contains($0.value) }
    case 0x6F0...0x6F9: return !scalars.contains { (0x660...0x669).contains($0.value) }
    case 0x200C: return isVirama(before) || joins(scalars, around: index)
    case 0x200D: return isVirama(before)
    default: return nil
    }
  }

  private static func isVirama(_ scalar: Unicode.Scalar?) -> Bool {
    scalar?.properties.canonicalCombiningClass == .virama
  }

  /// Between letters that are written together: one that joins to its left, one that joins to its right.
  private static func joins(_ scalars: [Unicode.Scalar], around index: Int) -> Bool {
    guard let before = scalars[..<index].last(where: { !isMark($0) }),
      let after = scalars[(index + 1)...].first(where: { !isMark($0) })
    else { return false }
    return Script.joining.contains(before) && !Script.joinsOnlyRight(before)
      && Script.joining.contains(after)
  }
}

/// Scripts as far as domain names ask for them.
private enum Script {
  static let greek = Ranges([0x370...0x3FF, 0x1F00...0x1FFF])
  static let hebrew = Ranges([0x591...0x5F4, 0xFB1D...0xFB4F])
  /// Hiragana, Katakana and Han.
  static let japanese = Ranges([
    0x2E80...0x2FD5, 0x3005...0x3005, 0x3007...0x3007, 0x3021...0x3029, 0x3038...0x303A,
    0x3041...0x3096, 0x309D...0x309F, 0x30A1...0x30FA, 0x30FD...0x30FF, 0x31F0...0x31FF,
    0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAD9, 0x20000...0x3134A,
  ])
  /// Arabic, Syriac, Mandaic, N'Ko and Mongolian letters.
  static let joining = Ranges([
    0x620...0x64A, 0x66E...0x6D3, 0x6FA...0x6FC, 0x710...0x77F, 0x7CA...0x7EA, 0x840...0x858,
    0x860...0x86A, 0x8A0...0x8C7, 0x1820...0x1878,
  ])

  /// Arabic letters that never join to the letter after them.
  static func joinsOnlyRight(_ scalar: Unicode.Scalar) -> Bool { rightOnly.contains(scalar) }

  private static let rightOnly = Ranges([
    0x621...0x625, 0x627...0x627, 0x629...0x629, 0x62F...0x632, 0x648...0x648, 0x671...0x677,
    0x688...0x699, 0x6C0...0x6C0, 0x6C3...0x6CB, 0x6CD...0x6CD, 0x6CF...0x6CF, 0x6D2...0x6D3,
    0x710...0x710, 0x715...0x719, 0x71E...0x71E, 0x728...0x728, 0x72A...0x72A, 0x72C...0x72C,
    0x72F...0x72F,
  ])

  struct Ranges: Sendable {
    private let ranges: [ClosedRange<UInt32>]

    init(_ ranges: [ClosedRange<UInt32>]) { self.ranges = ranges }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
      ranges.contains { $0.contains(scalar.value) }
    }
  }
}
