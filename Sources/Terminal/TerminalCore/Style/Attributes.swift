/// A colour as a terminal of a given depth takes it.
package enum Color: Sendable, Hashable {
  /// The terminal's own foreground or background.
  case standard
  /// One of the palette: 0–7, 0–15 or 0–255, as the depth allows.
  case index(UInt8)
  case rgb(RGB)
}

/// A 24-bit colour.
package struct RGB: Sendable, Hashable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }
}

/// Bold, underline and their kin.
package struct Effects: OptionSet, Sendable, Hashable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let bold = Effects(rawValue: 1)
  package static let dim = Effects(rawValue: 2)
  package static let italic = Effects(rawValue: 4)
  package static let underline = Effects(rawValue: 8)
  package static let reverse = Effects(rawValue: 16)

  /// The words of the theme format.
  package static let names: [(name: String, effect: Effects)] = [
    ("bold", .bold), ("dim", .dim), ("italic", .italic), ("underline", .underline),
    ("reverse", .reverse),
  ]
}

/// A style resolved by a theme for one depth of colour: what a device paints.
package struct Attributes: Sendable, Hashable {
  package var foreground: Color
  package var background: Color
  package var effects: Effects

  package init(
    foreground: Color = .standard, background: Color = .standard, effects: Effects = []
  ) {
    self.foreground = foreground
    self.background = background
    self.effects = effects
  }
}
