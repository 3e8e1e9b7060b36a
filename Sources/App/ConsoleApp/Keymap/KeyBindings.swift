package import Settings
import TerminalCore

/// Keys that a person has given commands, checked: what cannot be stays as it was, with a sentence that says why.
package struct KeyBindings: Sendable {
  private var bindings: [String: [Key]] = [:]
  /// The ids in the order of the file, the last word first to be doubted.
  private var order: [String] = []
  private var lines: [String: Int] = [:]
  package private(set) var problems: [String] = []

  package var keymap: Keymap { bindings.isEmpty ? .standard : Keymap(bindings) }

  package init(_ settings: WindowSettings) {
    if settings.hasArrowsOnly { dropLetters() }
    for wish in settings.bindings { take(wish) }
    while let clash { drop(clash) }
  }

  // MARK: - One wish

  private mutating func take(_ wish: WindowSettings.Binding) {
    guard let command = Keymap.command(wish.command) else {
      return refuse(wish.line, "there is no command \(wish.command); docs/KEYS.md names them")
    }
    var keys: [Key] = []
    for name in wish.keys {
      guard let key = Key(named: name) else {
        return refuse(wish.line, "\(wish.command): no key is called \(name)")
      }
      if command.scope.isTyping, case .character = key.code, key.modifiers.isEmpty {
        return refuse(wish.line, "\(wish.command): text is typed there, so \(name) is no key")
      }
      keys.append(key)
    }
    bindings[command.id] = keys
    order.append(command.id)
    lines[command.id] = wish.line
  }

  private mutating func refuse(_ line: Int, _ sentence: String) {
    problems.append("\(WindowSettings.name), line \(line): \(sentence)")
  }

  /// Letters differ from layout to layout: who moves by arrows keeps the letters for text.
  private mutating func dropLetters() {
    for command in Keymap.commands {
      let others = command.keys.filter { key in
        if case .character = key.code { !key.modifiers.isEmpty } else { true }
      }
      let isMove = others.contains { [.up, .down, .left, .right, .home, .end].contains($0.code) }
      if isMove, others.count < command.keys.count { bindings[command.id] = others }
    }
  }

  // MARK: - Conflicts

  private struct Clash {
    let id: String
    let key: Key
    let other: ConsoleCommand
  }

  /// The last binding whose key means something else in the same place.
  private var clash: Clash? {
    let all = Keymap.commands.map { row in bindings[row.id].map { row.bound(to: $0) } ?? row }
    for id in order.reversed() where bindings[id] != nil {
      guard let own = all.first(where: { $0.id == id }) else { continue }
      for key in own.keys {
        let other = all.first {
          $0.id != id && $0.keys.contains(key) && own.scope.meets($0.scope)
            && !Self.isOneMeaning($0.id, id)
        }
        if let other { return Clash(id: id, key: key, other: other) }
      }
    }
    return nil
  }

  /// A view may have its own way of doing what a key does everywhere: the table itself gives both that key.
  private static func isOneMeaning(_ id: String, _ other: String) -> Bool {
    guard let one = Keymap.command(id), let two = Keymap.command(other) else { return false }
    return one.scope != two.scope && !Set(one.keys).isDisjoint(with: two.keys)
  }

  private mutating func drop(_ clash: Clash) {
    bindings[clash.id] = nil
    let own = Keymap.command(clash.id)?.keys.map(\.description).joined(separator: " ") ?? ""
    refuse(
      lines[clash.id] ?? 0,
      "\(clash.id): \(clash.key) is \(clash.other.id) (\(clash.other.title)) already; "
        + "\(own) stays")
  }
}

extension ConsoleCommand.Scope {
  private static let overlays: Set<Self> = [
    .help, .palette, .copying, .confirming, .asking, .picking, .rules, .filter,
  ]
  /// Those that count in many views at a time.
  private static let shared: Set<Self> = [.browsing, .list, .detail, .tour, .touring]

  /// Whether keys of both can count at the same time.
  func meets(_ other: Self) -> Bool {
    if self == other || self == .everywhere || other == .everywhere { return true }
    if Self.overlays.contains(self) || Self.overlays.contains(other) { return false }
    if isTyping || other.isTyping { return [self, other].allSatisfy { Self.forms.contains($0) } }
    if Set([self, other]) == [.list, .detail] { return false }
    return Self.shared.contains(self) || Self.shared.contains(other)
  }

  private static let forms: Set<Self> = [.form, .formChoice, .question]
}
