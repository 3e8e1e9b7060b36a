/// How a cell looks, in words of meaning: the role of what stands there, and the surface it stands on.
package struct Style: Sendable, Hashable {
  package var role: Role
  /// `.text` is the plain background; `.selection` lies under the whole of a selected row.
  package var surface: Role

  package init(_ role: Role, on surface: Role = .text) {
    self.role = role
    self.surface = surface
  }

  package static let plain = Style(.text)
}
