import JSON
import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let replay = ScreenID("replay")
}

extension ConsoleCommand.Scope {
  static let replay = Self(rawValue: "replay")
}

extension ScreenRow {
  /// What came of the calls that were made once more.
  static let replay = ScreenRow(
    id: .replay, title: "A replay", crumbs: { _, _ in ["replay"] }, list: ReplayScreen.source,
    showsWire: false, exports: { state, _ in [ReplayScreen.export(state)] },
    commands: [
      ConsoleCommand(
        "replay.open", "Open the answer", keys: [Key(.enter), .character("l"), Key(.right)],
        scope: .replay, hint: "answer",
        availability: { state in
          ReplayScreen.answer(state) == nil
            ? .disabled(reason: "it has no answer") : .enabled
        },
        run: { state in
          guard let id = ReplayScreen.answer(state), let call = state.calls[id] else { return [] }
          return state.enter(Screen(.result, link: call.link, subject: "#\(id)"))
        })
    ],
    draw: { state, _, canvas in
      ListScreenView(title: "Replay", empty: TextView([.init("nothing was sent yet", .dim)]))
        .draw(state, ReplayScreen.source, on: &canvas)
    })
}

enum ReplayScreen {
  static let source = ListSource(
    count: { state, _ in state.audit.replay.items.count },
    key: { state, _, index in String(state.audit.replay.items[index].number) },
    fields: { state, _, index in
      let item = state.audit.replay.items[index]
      return [item.tool, item.before, words(item.outcome)]
    },
    revision: { state, _ in state.audit.replay.revision }, table: table,
    cells: { state, _, index, signs in
      let item = state.audit.replay.items[index]
      return [
        Span("#\(item.number)", .dim), Span(signs.safe(item.tool, limit: 200).text),
        Span(signs.safe(item.before, limit: 40).text, .dim),
        Span(signs.safe(words(item.outcome), limit: 300).text, role(item.outcome)),
      ]
    })

  private static let table = Table([
    .init("row", width: 7, rank: 1),
    .init("tool", width: 12, growth: 1, rank: 0),
    .init("then", width: 10, rank: 2),
    .init("now", width: 12, growth: 2, rank: 0),
  ])

  static func words(_ outcome: AuditReplay.Outcome) -> String {
    switch outcome {
    case .waiting: "waits"
    case .running: "running"
    case .same(let word): "\(word), as before"
    case .other(let word): "\(word), other than before"
    case .skipped(let why): "not sent: \(why)"
    }
  }

  private static func role(_ outcome: AuditReplay.Outcome) -> Role {
    switch outcome {
    case .waiting: .dim
    case .running: .stateRun
    case .same: .stateOK
    case .other: .stateWarn
    case .skipped: .stateOff
    }
  }

  /// The call that the row under the cursor was answered by: the last one of its tool in this replay.
  static func answer(_ state: ConsoleState) -> CallRecord.ID? {
    guard let index = state.list.current else { return nil }
    let item = state.audit.replay.items[index]
    return state.callOrder.last { id in
      guard let call = state.calls[id] else { return false }
      return call.name == item.tool && call.arguments == item.arguments && !call.isRunning
    }
  }

  static func export(_ state: ConsoleState) -> Export {
    let items = state.audit.replay.items
    return Export("replay.jsonl") {
      items.flatMap { item -> [UInt8] in
        let line: JSON = [
          "row": .number(JSONNumber(item.number)), "tool": .string(item.tool),
          "then": .string(item.before), "now": .string(words(item.outcome)),
        ]
        return line.compactBytes + [10]
      }
    }
  }
}
