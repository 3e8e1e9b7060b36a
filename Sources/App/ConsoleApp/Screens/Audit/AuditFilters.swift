import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let auditFilters = ScreenID("auditFilters")
}

extension ConsoleCommand.Scope {
  static let auditFilters = Self(rawValue: "auditFilters")
}

extension ScreenRow {
  /// The stack of filters of the audit: what each takes, and whether all or any of them must hold.
  static let auditFilters = ScreenRow(
    id: .auditFilters, title: "Filters of the audit", crumbs: { _, _ in ["filters"] },
    list: AuditFiltersScreen.source, showsWire: false, commands: AuditFiltersScreen.commands,
    draw: { state, _, canvas in
      ListScreenView(
        title: "Filters", empty: AuditFiltersScreen.empty(state),
        remark: [
          Span(
            "rows must match \(state.audit.query.mode == .all ? "all" : "any") of the included ones",
            .dim)
        ]
      ).draw(state, AuditFiltersScreen.source, on: &canvas)
    })
}

enum AuditFiltersScreen {
  static func empty(_ state: ConsoleState) -> TextView {
    let (add, exclude) = (state.key(of: "filters.include"), state.key(of: "filters.exclude"))
    return TextView([
      .init("No filter is in the stack.", .title),
      .init("\(add) adds one that rows must match, \(exclude) one that they must not."),
      .init("Words, and \(FilterExpression.help), with & | ! ( )", .dim),
    ])
  }

  static let source = ListSource(
    count: { state, _ in state.audit.query.rules.count },
    key: { _, _, index in String(index) },
    fields: { state, _, index in [state.audit.query.rules[index].text] },
    revision: { state, _ in state.audit.revision }, table: table,
    cells: { state, _, index, signs in
      let rule = state.audit.query.rules[index]
      return [
        Span(rule.isOn ? "[x]" : "[ ]", .key),
        Span(rule.isExcluding ? "exclude" : "include", rule.isExcluding ? .diffDelete : .diffAdd),
        Span(signs.safe(rule.text, limit: 300).text, rule.isOn ? .text : .dim),
        Span(String(state.audit.hits(ofRule: index)), .match),
      ]
    })

  private static let table = Table([
    .init("on", width: 3, rank: 0),
    .init("", width: 7, rank: 0),
    .init("filter", width: 12, growth: 1, rank: 0),
    .init("hits", width: 8, rank: 0, alignedRight: true),
  ])

  static let commands: [ConsoleCommand] = [
    add("filters.include", "Add a filter that rows must match", "A", isExcluding: false, "include"),
    add(
      "filters.exclude", "Add a filter that rows must not match", "X", isExcluding: true, "exclude"),
    ConsoleCommand(
      "filters.toggle", "Switch the filter on or off", keys: [.character(" "), Key(.enter)],
      scope: .auditFilters, hint: "on/off", availability: needsRule,
      run: { state in
        guard let index = state.list.current else { return [] }
        state.audit.change { $0.rules[index].isOn.toggle() }
        return []
      }),
    ConsoleCommand(
      "filters.mode", "All of them must hold, or any", keys: [.character("M")],
      scope: .auditFilters, hint: "AND/OR",
      run: { state in
        state.audit.change { $0.mode = $0.mode == .all ? .any : .all }
        return state.say(.info, "filters are joined by \(state.audit.query.mode.rawValue)")
      }),
    ConsoleCommand(
      "filters.remove", "Take the filter out of the stack", keys: [.character("d")],
      scope: .auditFilters, hint: "remove", availability: needsRule,
      run: { state in
        guard let index = state.list.current else { return [] }
        state.audit.change { $0.rules.remove(at: index) }
        return []
      }),
  ]

  private static func needsRule(_ state: ConsoleState) -> ConsoleCommand.Availability {
    state.list.current == nil ? .disabled(reason: "no filter is selected") : .enabled
  }

  private static func add(
    _ id: String, _ title: String, _ key: Character, isExcluding: Bool, _ hint: String
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [.character(key)], scope: .auditFilters, hint: .init { _ in hint },
      run: { state in
        var question = LineQuestion(
          title: isExcluding ? "Leave out rows that match" : "Only rows that match",
          deed: .auditFilter(isExcluding: isExcluding))
        question.field = TextField("")
        state.overlay = .asking(question)
        return []
      })
  }
}

extension ConsoleState {
  mutating func addAuditFilter(_ text: String, isExcluding: Bool) -> [Effect] {
    guard !text.isEmpty else { return say(.warning, "an empty filter takes everything") }
    do throws(FilterProblem) {
      let rule = AuditQuery.Rule(
        text: text, expression: try FilterExpression(text), isExcluding: isExcluding)
      audit.change { $0.rules.append(rule) }
      return []
    } catch { return say(.warning, error.sentence) }
  }
}
