/// One user-perceived character as cells: never split, never wider than what curses believes.
///
/// A cell takes one spacing scalar, so emoji joined by ZWJ are cut to the first, skin tones and variation selectors are dropped, and a flag takes two cells.
package struct Cluster: Sendable, Hashable {
  package private(set) var glyphs: [Glyph] = []
  package private(set) var width = 0

  package init(_ character: Character) {
    for scalar in character.unicodeScalars {
      if scalar.value == 0x200D, isEmoji { return }
      append(scalar)
    }
  }

  private var isEmoji: Bool {
    glyphs.last?.base?.properties.isEmoji ?? false
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    if CharacterWidth.of(scalar) > 0 {
      if 0x1F3FB...0x1F3FF ~= scalar.value, !glyphs.isEmpty { return }
      let glyph = scalar == "\t" ? .blank : Glyph(scalar)
      glyphs.append(glyph)
      width += glyph.width
    } else if Self.isMark(scalar), let last = glyphs.popLast() {
      glyphs.append(last.adding(scalar))
    } else if Self.isMark(scalar) {
      glyphs.append(Glyph.blank.adding(scalar))
      width += 1
    }
  }

  /// A mark that draws something; format characters and variation selectors never reach a cell.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .format: false
    default: !scalar.properties.isVariationSelector
    }
  }
}
