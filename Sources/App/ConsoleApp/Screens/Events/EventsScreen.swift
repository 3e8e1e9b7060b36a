import JSON
import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let events = ScreenID("events")
}

extension ConsoleCommand.Scope {
  static let events = Self(rawValue: "events")
}

extension ScreenRow {
  static let events = ScreenRow(
    id: .events, title: "Events", shortTitle: "Ev", digit: "0", crumbs: { _, _ in ["events"] },
    list: EventsScreen.source, showsWire: false,
    exports: { state, _ in [EventsScreen.export(state)] },
    copies: { state, _ in
      guard let index = state.list.current else { return [] }
      return [.init("y", "the message", state.events.entries[index].text)]
    },
    draw: { state, _, canvas in
      ListScreenView(title: "Events", empty: TextView([.init("Nothing has happened yet.", .dim)]))
        .draw(state, EventsScreen.source, on: &canvas)
    })
}

/// What the view of events shows.
enum EventsScreen {
  static let source = ListSource(
    count: { state, _ in state.events.entries.count },
    key: { state, _, index in "\(state.events.entries[index].number)" },
    fields: { state, _, index in
      let entry = state.events.entries[index]
      return [entry.text, entry.source, word(entry.level)]
    },
    revision: { state, _ in state.events.generation }, sorts: [], table: table,
    cells: { state, _, index, signs in cells(state.events.entries[index], signs) }, grows: true,
    detail: { state, _, index in detail(state.events.entries[index], state.signs) })

  static let table = Table([
    .init("time", width: 8, rank: 1),
    .init("", width: 5, rank: 0),
    .init("from", width: 10, rank: 2),
    .init("message", width: 10, growth: 1, rank: 0),
  ])

  static func cells(_ entry: EventEntry, _ signs: SignSet) -> [Span] {
    [
      Span(String(WireScreen.clock(entry.at).prefix(8)), .dim),
      Span(word(entry.level), role(entry.level)),
      Span(signs.safe(entry.source, limit: 60).text, .dim),
      Span(signs.safe(entry.text, limit: 400).text),
    ]
  }

  static func detail(_ entry: EventEntry, _ signs: SignSet) -> TextView {
    var lines = Lines(signs: signs)
    lines.plain("\(WireScreen.clock(entry.at))  \(word(entry.level))", role(entry.level))
    lines.add("from", entry.source)
    lines.gap()
    lines.block(entry.text)
    return lines.text
  }

  static func export(_ state: ConsoleState) -> Export {
    let entries = state.markedOrAll.map { state.events.entries[$0] }
    return Export("events.jsonl") {
      entries.flatMap { entry -> [UInt8] in
        let line: JSON = [
          "at": .number(JSONNumber(entry.at)), "level": .string(word(entry.level)),
          "from": .string(entry.source), "message": .string(entry.text),
        ]
        return line.compactBytes + [10]
      }
    }
  }

  private static func word(_ level: Status.Level) -> String {
    switch level {
    case .info: "info"
    case .warning: "warn"
    case .error: "error"
    }
  }

  private static func role(_ level: Status.Level) -> Role {
    switch level {
    case .info: .levelInfo
    case .warning: .levelWarn
    case .error: .levelError
    }
  }
}
