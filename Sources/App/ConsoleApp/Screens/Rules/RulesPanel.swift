import SafeText
import TerminalCore
import Widgets

/// The filters of a list as a popup: what each of them lets through or keeps out, and how many items it finds.
struct RulesPanel: Sendable, Hashable {
  static let widest = 60
  private static let tallest = 12

  var selected: ScrollState
  /// How many items each rule finds, by its place.
  let counts: [Int]

  init(_ state: ConsoleState, at line: Int = 0) {
    let (rules, screen) = (state.list.rules.rules, state.screen)
    let source = ScreenRow.of(screen).list
    counts = rules.map { rule in
      guard let source, let filter = FilterRules.filter(rule.text, source) else { return 0 }
      return (0..<source.count(state, screen)).count { filter.matches($0, source, state, screen) }
    }
    selected = ScrollState(count: rules.count)
    selected.move(.to(line), height: Self.tallest)
  }

  func rows(in size: Size) -> Int { max(1, min(counts.count, Self.tallest, size.height - 6)) }
}

/// Draws the panel.
struct RulesPanelView {
  let panel: RulesPanel
  let state: ConsoleState
  private var rules: FilterRules { state.list.rules }

  func draw(on canvas: inout Canvas) {
    let rows = panel.rows(in: canvas.grid.size)
    let popup = Popup(
      title: [Span("Filters", .title)],
      note: [Span(rules.takesAny ? "one must let it through" : "all must let it through", .dim)],
      width: min(RulesPanel.widest, canvas.bounds.width - 4), height: rows + 1)
    let list = popup.draw(on: &canvas, in: canvas.bounds).splitTop(1).rest
    guard !rules.rules.isEmpty else {
      canvas.write(
        "There are none: \(state.key(of: "rules.add")) lets through, \(state.key(of: "rules.addOut")) keeps out.",
        x: 1, in: list, Style(.dim))
      return
    }
    var selected = panel.selected
    selected.setCount(rules.rules.count, height: list.height)
    ListView(selected, bar: .borderFocus).draw(on: &canvas, in: list) { index, place, canvas in
      guard rules.rules.indices.contains(index) else { return }
      let rule = rules.rules[index]
      let count = panel.counts.indices.contains(index) ? panel.counts[index] : 0
      canvas.write(
        [
          Span(rule.isOn ? "[x] " : "[ ] ", .key),
          Span(rule.isExcluding ? "keeps out     " : "lets through  ", .dim),
          Span(canvas.signs.safe(rule.text, limit: 200).text, rule.isOn ? .text : .stateOff),
          Span("  \(count) found", .dim),
        ], in: place)
    }
  }
}
