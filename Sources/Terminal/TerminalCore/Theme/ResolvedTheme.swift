/// A theme for one depth of colour, as a table that a device reads for every run.
package struct ResolvedTheme: Sendable {
  package let depth: ColorDepth
  package let theme: Theme
  private let table: [Attributes]

  package init(_ theme: Theme, depth: ColorDepth) {
    self.depth = depth
    self.theme = theme
    table = theme.table(depth: depth)
  }

  package subscript(style: Style) -> Attributes {
    if let picture = style.picture, depth == .indexed || depth == .direct {
      return Attributes(foreground: .index(picture.upper), background: .index(picture.lower))
    }
    return table[Int(style.surface.rawValue) * Role.allCases.count + Int(style.role.rawValue)]
  }
}
