import TerminalCore
import Widgets

extension ConsoleCommand.Scope {
  static let rules = Self(rawValue: "rules")
}

/// Filters that stand beside the typed one.
enum RulesCommands {
  static let rows: [ConsoleCommand] =
    [
      ConsoleCommand(
        "list.rules", "Filters that let through and keep out", keys: [.character("f")],
        scope: .list,
        run: { state in
          state.openRules()
          return []
        }),
      add(
        "rules.add", "Let through what a filter finds", [.character("+"), .character("a")], false),
      add("rules.addOut", "Keep out what a filter finds", [.character("-")], true),
      change("rules.toggle", "Switch it on or off", [.character(" ")], hint: "on/off") {
        $0.rules[$1].isOn.toggle()
      },
      change("rules.turn", "Let through, or keep out", [.character("!")], hint: "turn") {
        $0.rules[$1].isExcluding.toggle()
      },
      change("rules.any", "One is enough, or all must let it through", [.character("|")]) {
        rules, _ in rules.takesAny.toggle()
      },
      change("rules.remove", "Take it away", [.character("d")], hint: "remove") {
        $0.rules.remove(at: $1)
      },
      ConsoleCommand(
        "rules.close", "Close", keys: [Key(.escape), Key(.enter), .character("q")], scope: .rules,
        hint: "close",
        run: { state in
          state.overlay = nil
          return []
        }),
    ]
    + [
      move("rules.down", "Down", [.character("j"), Key(.down)], .by(1)),
      move("rules.up", "Up", [.character("k"), Key(.up)], .by(-1)),
    ]

  private static func add(
    _ id: String, _ title: String, _ keys: [Key], _ isExcluding: Bool
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: keys, scope: .rules, hint: isExcluding ? "keep out" : "let through",
      availability: { state in
        state.list.rules.rules.count < FilterRules.most
          ? .enabled : .disabled(reason: "there are \(FilterRules.most) already")
      },
      run: { state in
        let words = isExcluding ? "Keep out" : "Let through"
        state.overlay = .asking(LineQuestion(title: words, deed: .rule(isExcluding: isExcluding)))
        return []
      })
  }

  private static func change(
    _ id: String, _ title: String, _ keys: [Key], hint: ConsoleCommand.Hint? = nil,
    _ body: @escaping @Sendable (inout FilterRules, Int) -> Void
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: keys, scope: .rules, hint: hint,
      availability: { state in
        state.currentRule == nil ? .disabled(reason: "there is no filter yet") : .enabled
      },
      run: { state in
        guard let index = state.currentRule else { return [] }
        body(&state.list.rules, index)
        state.refilter()
        state.openRules(at: index)
        return []
      })
  }

  private static func move(
    _ id: String, _ title: String, _ keys: [Key], _ move: ScrollState.Move
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: keys, scope: .rules,
      run: { state in
        state.overlay?.move(move, state.size)
        return []
      })
  }
}

extension ConsoleState {
  fileprivate var currentRule: Int? {
    guard case .rules(let panel) = overlay else { return nil }
    return list.rules.rules.indices.contains(panel.selected.cursor) ? panel.selected.cursor : nil
  }

  mutating func openRules(at line: Int = 0) { overlay = .rules(RulesPanel(self, at: line)) }

  /// A new rule; one that cannot be read is told and asked for again.
  mutating func addRule(_ text: String, isExcluding: Bool) -> [Effect] {
    guard let source = ScreenRow.of(screen).list, !text.isEmpty else { return [] }
    do throws(FilterProblem) { _ = try ListFilter(text, source) } catch {
      overlay = .asking(
        LineQuestion(
          title: isExcluding ? "Keep out" : "Let through", deed: .rule(isExcluding: isExcluding),
          field: TextField(text)))
      return say(.warning, error.sentence)
    }
    list.rules.rules.append(FilterRules.Rule(text: text, isExcluding: isExcluding))
    refilter()
    openRules(at: list.rules.rules.count - 1)
    return []
  }
}
