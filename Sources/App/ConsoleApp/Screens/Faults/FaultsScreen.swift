import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let faults = ScreenID("faults")
}

extension ConsoleCommand.Scope {
  static let faults = Self(rawValue: "faults")
}

extension ScreenRow {
  /// What goes wrong on purpose in the systems that are served, switched while they run.
  static let faults = ScreenRow(
    id: .faults, title: "Faults", isPlace: true, crumbs: { _, _ in ["faults"] },
    list: FaultsScreen.source, showsWire: false,
    opened: { state, _ in state.openOffice(.faults) },
    refresh: { state, _ in state.openOffice(.faults) }, commands: FaultsScreen.commands,
    draw: { state, _, canvas in
      OfficeWords.draw(
        "Faults", state.office.faults, nothing: "No system is served.",
        "`alidade serve SYSTEM` serves one; demo:SYSTEM is one of this window.",
        remark: FaultsScreen.remark(state), FaultsScreen.source, state, on: &canvas)
    })
}

enum FaultsScreen {
  static let source = ListSource(
    count: { state, _ in state.office.faults.items.count },
    key: { state, _, index in
      let item = state.office.faults.items[index]
      return "\(item.system) \(item.id) \(item.isElsewhere)"
    },
    fields: { state, _, index in
      let item = state.office.faults.items[index]
      return [item.system, item.id, item.title, item.place, item.isOn ? "on" : "off"]
    },
    revision: { state, _ in state.office.faults.revision }, table: table,
    cells: { state, _, index, signs in
      let item = state.office.faults.items[index]
      return [
        Span(item.isOn ? "[x]" : "[ ]", item.isOn ? .stateWarn : .key),
        Span(item.id, item.isOn ? .stateWarn : .text),
        Span(item.isElsewhere ? "\(item.system) (served)" : item.system, .dim),
        Span(item.place, .dim), Span(signs.safe(item.title, limit: 200).text, .dim),
      ]
    },
    detail: { state, _, index in
      let item = state.office.faults.items[index]
      var lines = Lines(signs: state.signs)
      lines.title(item.id)
      lines.add("system", item.system)
      lines.add("where", item.isElsewhere ? "servers of this user's data folder" : "this window")
      lines.add("place", item.place)
      lines.add("state", item.isOn ? "on" : "off", item.isOn ? .stateWarn : .stateOK)
      lines.gap()
      lines.plain("What is seen:", .dim)
      lines.block(item.title)
      return lines.text
    })

  private static let table = Table([
    .init("on", width: 3, rank: 0),
    .init("fault", width: 18, growth: 1, rank: 0),
    .init("system", width: 16, growth: 1, rank: 1),
    .init("place", width: 13, rank: 2),
    .init("what is seen", width: 20, growth: 3, rank: 3),
  ])

  static func remark(_ state: ConsoleState) -> [Span] {
    let on = state.office.faults.items.count(where: \.isOn)
    return on > 0 ? [Span("\(on) ON", .stateWarn)] : []
  }

  static let commands: [ConsoleCommand] = [
    ConsoleCommand(
      "faults.switch", "Switch it on or off", keys: [Key(.enter), .character(" ")],
      scope: .faults, hint: "on/off",
      availability: { state in
        state.office.faults.item(state.list.current) == nil
          ? .disabled(reason: "no fault is selected") : .enabled
      },
      run: { state in
        guard let item = state.office.faults.item(state.list.current) else { return [] }
        return state.ask(.setFault(item, to: !item.isOn))
      }
    ).writing,
    ConsoleCommand(
      "faults.clear", "Switch all off", keys: [.character("C")], scope: .faults, hint: "all off",
      availability: { state in
        state.office.faults.items.contains(where: \.isOn)
          ? .enabled : .disabled(reason: "nothing is switched on")
      },
      run: { state in
        let on = state.office.faults.items.filter(\.isOn)
        return on.flatMap { state.ask(.setFault($0, to: false)) }
      }
    ).writing,
  ]
}
