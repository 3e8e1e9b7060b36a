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
    let top = attributes(of: style.role, depth: depth)
    guard style.surface != .text else { return top }
    let under = attributes(of: style.surface, depth: depth)
    let keepsOwn = entries[style.role]?.foreground != nil && style.role != .text
    return Attributes(
      foreground: keepsOwn ? top.foreground : under.foreground,
      background: entries[style.role]?.background == nil || style.role == .text
        ? under.background : top.background,
      effects: top.effects.union(under.effects))
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
