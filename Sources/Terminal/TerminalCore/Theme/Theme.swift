/// Colours, effects and signs of the whole window, as one file of `themes/` describes them.
package struct Theme: Sendable, Hashable {
  /// What the terminal's background is taken to be.
  package enum Base: String, Sendable, Hashable { case dark, light }

  /// How one role looks where there are colours.
  package struct Entry: Sendable, Hashable {
    /// Nil takes what lies beneath: the terminal's foreground, the surface's background.
    package var foreground: ThemeColor?
    package var background: ThemeColor?
    package var effects: Effects

    package init(
      foreground: ThemeColor? = nil, background: ThemeColor? = nil, effects: Effects = []
    ) {
      self.foreground = foreground
      self.background = background
      self.effects = effects
    }
  }

  package var name: String
  package var base: Base
  package var entries: [Role: Entry]
  /// How a role looks without any colour; a role without a row keeps the effects of its entry.
  package var mono: [Role: Effects]
  package var signs: SignSet

  package init(name: String, base: Base = .dark) {
    self.name = name
    self.base = base
    entries = [:]
    mono = [:]
    signs = SignSet()
  }

  /// What a device paints for a style at one depth.
  package func attributes(of style: Style, depth: ColorDepth) -> Attributes {
    let top = look(of: style.role, depth: depth)
    return style.surface == .text
      ? top.attributes : top.laid(on: look(of: style.surface, depth: depth).attributes)
  }

  /// The same of every style: surface by surface, role by role.
  func table(depth: ColorDepth) -> [Attributes] {
    let looks = Role.allCases.map { look(of: $0, depth: depth) }
    return zip(Role.allCases, looks).flatMap { surface, under in
      looks.map { surface == .text ? $0.attributes : $0.laid(on: under.attributes) }
    }
  }

  /// One role, and what of it stays its own on another's surface.
  private struct Look {
    let attributes: Attributes
    let hasForeground: Bool
    let hasBackground: Bool

    func laid(on under: Attributes) -> Attributes {
      Attributes(
        foreground: hasForeground ? attributes.foreground : under.foreground,
        background: hasBackground ? attributes.background : under.background,
        effects: attributes.effects.union(under.effects))
    }
  }

  private func look(of role: Role, depth: ColorDepth) -> Look {
    let entry = entries[role]
    return Look(
      attributes: attributes(of: role, depth: depth),
      hasForeground: entry?.foreground != nil && role != .text,
      hasBackground: entry?.background != nil && role != .text)
  }

  private func attributes(of role: Role, depth: ColorDepth) -> Attributes {
    let entry = entries[role] ?? Entry()
    if depth == .mono { return Attributes(effects: mono[role] ?? entry.effects) }
    let text = entries[.text] ?? Entry()
    return Attributes(
      foreground: (entry.foreground ?? text.foreground)?.resolved(for: depth) ?? .standard,
      background: (entry.background ?? text.background)?.resolved(for: depth) ?? .standard,
      effects: entry.effects)
  }
}
