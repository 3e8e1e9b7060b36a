/// Keys in words, as footer, help, documents and key files spell them: `j`, `Ctrl-L`, `Alt-Left`, `F2`.
extension Key: CustomStringConvertible {
  private static let codeNames: [(code: Code, name: String)] = [
    (.enter, "Enter"), (.tab, "Tab"), (.backspace, "Backspace"), (.escape, "Esc"),
    (.up, "Up"), (.down, "Down"), (.left, "Left"), (.right, "Right"),
    (.home, "Home"), (.end, "End"), (.pageUp, "PgUp"), (.pageDown, "PgDn"),
    (.insert, "Ins"), (.delete, "Del"), (.character(" "), "Space"),
  ]

  private static let modifierNames: [(modifier: Modifiers, name: String)] = [
    (.control, "Ctrl-"), (.alt, "Alt-"), (.shift, "Shift-"),
  ]

  package var description: String {
    let prefix = Self.modifierNames.filter { modifiers.contains($0.modifier) }.map(\.name).joined()
    if let row = Self.codeNames.first(where: { $0.code == code }) { return prefix + row.name }
    switch code {
    case .character(let character):
      return prefix + (modifiers.contains(.control) ? character.uppercased() : String(character))
    case .function(let number): return prefix + "F\(number)"
    default: return prefix
    }
  }

  /// Reads what `description` writes; nil for words that are no key.
  package init?(named name: String) {
    var rest = name[...]
    var modifiers: Modifiers = []
    while let row = Self.modifierNames.first(where: { rest.hasPrefix($0.name) && rest != $0.name })
    {
      modifiers.insert(row.modifier)
      rest = rest.dropFirst(row.name.count)
    }
    guard let code = Self.code(named: String(rest), isControl: modifiers.contains(.control)) else {
      return nil
    }
    self.init(code, modifiers)
  }

  private static func code(named name: String, isControl: Bool) -> Code? {
    if let row = codeNames.first(where: { $0.name == name }) { return row.code }
    if name.count == 1, let character = name.first {
      return .character(isControl ? Character(character.lowercased()) : character)
    }
    guard name.hasPrefix("F"), let number = Int(name.dropFirst()), 1...24 ~= number else {
      return nil
    }
    return .function(number)
  }
}
