/// How a cell looks, in words of meaning: the role of what stands there, and the surface it stands on.
package struct Style: Sendable, Hashable {
  package var role: Role
  /// `.text` is the plain background; `.selection` lies under the whole of a selected row.
  package var surface: Role
  /// Colours of a picture's own, where it is drawn in half blocks; they win over the theme.
  package var picture: PictureInk?

  package init(_ role: Role, on surface: Role = .text) {
    self.role = role
    self.surface = surface
  }

  package static let plain = Style(.text)
}

/// The two colours of one cell of a picture, of 256: its upper and its lower half.
package struct PictureInk: Sendable, Hashable {
  package let upper: UInt8
  package let lower: UInt8

  package init(upper: UInt8, lower: UInt8) {
    self.upper = upper
    self.lower = lower
  }
}
