import JSON
import JSONSchema
import SafeText
import TerminalCore
import Widgets

/// The window in lines, for people who hear it: where one is, what is selected, what has been said. Only what has changed is told.
struct SpokenView: Sendable, Hashable {
  /// Parts that are told each for itself, the selected thing last.
  private enum Part: Int, CaseIterable {
    case place, tour, text, running, status, selected
  }

  private var told: [Int: String] = [:]
  private static let mostLines = 200

  /// The lines to tell after a change.
  mutating func lines(_ state: ConsoleState) -> [String] {
    let now = Self.parts(state)
    var lines: [String] = []
    for part in Part.allCases {
      let words = now[part] ?? ""
      if told[part.rawValue] != words, !words.isEmpty {
        lines += words.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        // Keys that come and go with the selected thing would drown it.
        if part == .place { lines.append(Self.keys(state)) }
      }
      told[part.rawValue] = words
    }
    return lines
  }

  private static func parts(_ state: ConsoleState) -> [Part: String] {
    var parts: [Part: String] = [.place: place(state), .running: running(state)]
    parts[.tour] = TourPanel(state).spoken
    parts[.status] = state.status.map { word($0.level) + state.signs.safe($0.text).text }
    if let overlay = state.overlay {
      parts[.selected] = words(of: overlay, state)
    } else if state.list.isFilterFocused {
      parts[.selected] =
        "filter \(state.signs.safe(state.list.filter.text).text), \(state.list.shown.count) shown"
        + (state.list.filterProblem.map { ", \($0)" } ?? "")
    } else if let form = state.forms[state.screen] {
      parts[.selected] = field(form, state)
    } else if ScreenRow.of(state.screen).list != nil {
      parts[.text] = empty(state)
      parts[.selected] = item(state)
    } else if let text = ScreenRow.of(state.screen).text?(state, state.screen) {
      let lines = text.lines(width: 10_000).prefix(mostLines).map { $0.map(\.text).joined() }
      parts[.text] = lines.joined(separator: "\n")
    }
    return parts
  }

  // MARK: - Parts

  private static func place(_ state: ConsoleState) -> String {
    let crumbs = state.route.flatMap { ScreenRow.of($0).crumbs(state, $0) }
    // Without the seconds that a connection takes: they would be told one by one.
    let link = state.link.map { ", \(LinkSummary($0, now: 0).word)" } ?? ""
    let over = state.overlay.map { ", \($0.scope.rawValue)" } ?? ""
    return state.signs.safe(crumbs.joined(separator: " > ")).text + link + over
  }

  private static func keys(_ state: ConsoleState) -> String {
    let keys = Footer(state).commands.prefix(6).map { command in
      "\(command.keys.first?.description ?? "") \(command.hint?.text(state) ?? "")"
    }
    return "keys: " + keys.joined(separator: ", ") + ", F1 more"
  }

  private static func running(_ state: ConsoleState) -> String {
    state.running.map { record in
      let share = record.progress?.fraction.flatMap { fraction in
        fraction.isFinite ? ", \(Int(min(max(fraction, 0), 1) * 10) * 10) percent" : nil
      }
      return "running #\(record.id) \(state.signs.safe(record.name, limit: 60).text)\(share ?? "")"
    }.joined(separator: "\n")
  }

  private static func word(_ level: Status.Level) -> String {
    switch level {
    case .info: ""
    case .warning: "warning: "
    case .error: "error: "
    }
  }

  private static func empty(_ state: ConsoleState) -> String {
    guard ScreenRow.of(state.screen).list?.count(state, state.screen) == 0,
      state.call(of: state.screen)?.isRunning != true
    else { return "" }
    return ScreenRow.of(state.screen).digit == "1" && state.servers.isLoaded
      ? EmptyServers.text(state).lines(width: 10_000)
        .map { $0.map(\.text).joined() }.joined(separator: "\n") : "nothing here"
  }

  private static func item(_ state: ConsoleState) -> String {
    let list = state.list
    guard let source = ScreenRow.of(state.screen).list, let index = list.current else { return "" }
    let cells = source.cells?(state, state.screen, index, state.signs).map(\.text)
    let words =
      cells
      ?? source.fields(state, state.screen, index).map {
        state.signs.safe(String($0.prefix(2_000))).text
      }
    let mark = list.marks.contains(source.key(state, state.screen, index)) ? "marked, " : ""
    let said = words.filter { !$0.allSatisfy { $0 == " " } }.joined(separator: ", ")
    return "\(mark)\(said), \(list.selected.cursor + 1) of \(list.shown.count)"
  }

  private static func field(_ form: FormState, _ state: ConsoleState) -> String {
    if let source = form.source {
      let area = source.area
      let line = area.lines[area.line]
      let problem = source.problem.map { ", problem: \($0)" } ?? ""
      return state.signs.safe(
        "line \(area.line + 1) of \(area.lines.count): \(line)\(problem)", limit: 2_000
      ).text
    }
    guard let row = form.current else { return "nothing to fill in; \(state.sendKey) sends" }
    let value = FormSecrets.masked(form).value(at: row.path)
    let told = value.map { $0.string ?? $0.compact } ?? "unset"
    let needed = row.field.isRequired ? ", required" : ""
    let problem = form.problem(of: row).map { ", problem: \($0)" } ?? ""
    return state.signs.safe(
      "\(row.label)\(needed): \(told), \(SchemaWords.of(row.field))\(problem), "
        + "field \(form.selected.cursor + 1) of \(form.rows.count)", limit: 2_000
    ).text
  }

  private static func words(of overlay: Overlay, _ state: ConsoleState) -> String {
    let words: String
    switch overlay {
    case .help(let help):
      let keys = help.current?.keys.map(\.description).joined(separator: " ") ?? ""
      words = "help: \(help.current?.title ?? "nothing matches"), \(keys)"
    case .palette(let palette):
      words =
        "find \(palette.field.text): \(palette.current?.title ?? "nothing"), "
        + "\(palette.shown.count) found"
    case .copying(let menu):
      words =
        "copy: "
        + menu.items.map { "\(state.key(of: $0.command)) \($0.title)" }.joined(separator: ", ")
    case .confirming(let question):
      let (yes, no) = (state.key(of: "confirm.yes"), state.key(of: "confirm.no"))
      let answer = question.word.map { "type \($0), then \(yes)" } ?? "\(yes) does it"
      words =
        "\(question.title). \(question.lines.joined(separator: " ")) \(answer); \(no) leaves it. "
        + question.field.text
    case .asking(let question): words = "\(question.title): \(question.field.text)"
    case .rules(let panel):
      let rules = state.list.rules.rules
      let rule = rules.indices.contains(panel.selected.cursor) ? rules[panel.selected.cursor] : nil
      words =
        "filters: "
        + (rule.map {
          "\($0.isExcluding ? "keeps out" : "lets through") \($0.text), \($0.isOn ? "on" : "off")"
        } ?? "there are none")
    case .picking(let picker):
      let current = picker.current
      words =
        "\(picker.title): \(current?.title ?? "nothing")\(current?.isChosen == true ? ", chosen" : ""), "
        + "\(picker.selected.cursor + 1) of \(picker.shown.count)"
    }
    return state.signs.safe(words, limit: 2_000).text
  }
}
