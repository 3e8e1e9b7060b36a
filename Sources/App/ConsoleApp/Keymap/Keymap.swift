import TerminalCore
import Widgets

/// The table of all commands and the questions asked of it; a person may have given some of them other keys.
package struct Keymap: Sendable {
  package static let commands: [ConsoleCommand] =
    ScreenRow.all.flatMap(\.commands) + ListCommands.rows + NoteCommands.rows
    + ArrangementCommands.rows
    + DetailCommands.rows
    + FilterCommands.rows + HelpCommands.rows + PaletteCommands.rows + CopyCommands.rows
    + PickerCommands.rows + RulesCommands.rows + OperateCommands.rows + TourCommands.rows
    + ConfirmationCommands.rows + LineQuestionCommands.rows + RootCommands.rows
    + GeneralCommands.rows + OutputCommands.rows

  package static let standard = Keymap([:])
  private static let byID = Dictionary(commands.map { ($0.id, $0) }) { first, _ in first }

  /// Keys in the place of a command's own, by its id.
  let bindings: [String: [Key]]
  private let byScope: [ConsoleCommand.Scope: [ConsoleCommand]]

  init(_ bindings: [String: [Key]]) {
    self.bindings = bindings
    let commands =
      bindings.isEmpty
      ? Self.commands
      : Self.commands.map { row in bindings[row.id].map { row.bound(to: $0) } ?? row }
    byScope = Dictionary(grouping: commands, by: \.scope)
  }

  func rows(of scope: ConsoleCommand.Scope) -> [ConsoleCommand] { byScope[scope] ?? [] }

  /// The command that a key means now.
  static func command(for key: Key, in state: ConsoleState) -> ConsoleCommand? {
    state.keymap.command(for: key, in: state)
  }

  /// The command that a key means now where no key was given away: what a click stands for, whatever its keys are.
  static func standardCommand(for key: Key, in state: ConsoleState) -> ConsoleCommand? {
    standard.command(for: key, in: state)
  }

  private func command(for key: Key, in state: ConsoleState) -> ConsoleCommand? {
    for scope in ConsoleCommand.Scope.active(in: state) {
      if let row = rows(of: scope).first(where: { $0.keys.contains(key) }) { return row }
    }
    return nil
  }

  /// The commands that count now, the innermost scope first; of two with one key only the one that it means.
  static func active(in state: ConsoleState) -> [ConsoleCommand] {
    var taken: Set<Key> = []
    let keymap = state.keymap
    let scopes = ConsoleCommand.Scope.active(in: state)
    let ofTour = TourCommands.scopes(state).filter(scopes.contains)
    let reserved = Set(ofTour.flatMap { keymap.rows(of: $0) }.flatMap(\.keys))
    return scopes.flatMap { scope in
      let rows = keymap.rows(of: scope).filter { row in
        let isFree = ofTour.contains(scope) || reserved.isDisjoint(with: row.keys)
        return isFree && (row.keys.isEmpty || !taken.isSuperset(of: row.keys))
      }
      taken.formUnion(rows.flatMap(\.keys))
      return rows
    }
  }

  /// Those that the footer names.
  static func hinted(in state: ConsoleState) -> [ConsoleCommand] {
    active(in: state).filter {
      $0.hint != nil && !$0.keys.isEmpty && $0.isEnabled(in: state) && $0.id != helpID
    }
  }

  static let helpID = "help.open"

  static func command(_ id: String) -> ConsoleCommand? { byID[id] }

  /// The key that a command has, the first of several; nil where a person took all of them from it.
  func key(of id: String) -> Key? { (bindings[id] ?? Self.command(id)?.keys)?.first }

  /// A key as the screen spells it, with the theme's sign for Enter.
  static func label(_ key: Key, _ signs: SignSet) -> String {
    key == Key(.enter) ? signs[.enter] : key.description
  }
}

extension Keymap: Hashable {
  package static func == (left: Keymap, right: Keymap) -> Bool { left.bindings == right.bindings }

  package func hash(into hasher: inout Hasher) { hasher.combine(bindings) }
}
