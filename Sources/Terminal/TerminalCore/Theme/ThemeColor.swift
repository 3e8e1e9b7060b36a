/// A colour as a theme writes it: up to three spellings for three depths. What is missing is computed from the best one there is.
package struct ThemeColor: Sendable, Hashable {
  package var rgb: RGB?
  package var indexed: UInt8?
  package var ansi: UInt8?
  /// The terminal's own colour, at every depth.
  package var isStandard = false

  package init(rgb: RGB? = nil, indexed: UInt8? = nil, ansi: UInt8? = nil) {
    self.rgb = rgb
    self.indexed = indexed
    self.ansi = ansi
  }

  package static let standard: ThemeColor = {
    var color = ThemeColor()
    color.isStandard = true
    return color
  }()

  package static let ansiNames = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    "bright-black", "bright-red", "bright-green", "bright-yellow", "bright-blue",
    "bright-magenta", "bright-cyan", "bright-white",
  ]

  /// The colour for one depth. A colour written only by ANSI name stays one everywhere: it belongs to the user's palette.
  package func resolved(for depth: ColorDepth) -> Color {
    if isStandard || depth == .mono { return .standard }
    switch depth {
    case .direct: return direct
    case .indexed: return .index(nearestIndexed)
    case .sixteen: return .index(nearestANSI)
    default: return .index(nearestANSI % 8)
    }
  }

  private var direct: Color {
    if let rgb { return .rgb(rgb) }
    if let indexed { return .index(indexed) }
    return .index(ansi ?? 7)
  }

  private var nearestIndexed: UInt8 {
    if let indexed { return indexed }
    guard let rgb else { return ansi ?? 7 }
    return ANSIPalette.nearest(to: rgb, in: 16...255)
  }

  private var nearestANSI: UInt8 {
    if let ansi { return ansi }
    guard let color = rgb ?? indexed.map(ANSIPalette.rgb) else { return 7 }
    return ANSIPalette.nearest(to: color, in: 0...15)
  }

  /// The colour as numbers, for contrast and for computing the others.
  package var approximate: RGB? {
    isStandard ? nil : rgb ?? (indexed ?? ansi).map(ANSIPalette.rgb)
  }
}
