import Diagnostics
import TerminalCore
import Widgets

/// What can be done with findings.
enum DoctorCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "doctor.open", "Open the evidence", keys: [Key(.enter), .character("l"), Key(.right)],
      scope: .doctor, hint: "evidence", availability: needsRow,
      run: { state in state.enter(Screen(.finding)) }),
    ConsoleCommand(
      "doctor.rerun", "Look again at this link of the chain", keys: [.character("r")],
      scope: .doctor, hint: "look again", availability: canRerun,
      run: { state in rerun(&state) }),
    ConsoleCommand(
      "doctor.stop", "Stop it", keys: [.character("x")], scope: .doctor, hint: "stop",
      availability: { state in
        state.doctor.run.isRunning ? .enabled : .disabled(reason: "nothing runs")
      },
      run: { state in
        state.doctor.stop()
        return [.operate(.diagnosis(.stop))]
      }),
    turn("doctor.next", "]", hint: .init { $0.doctor.part == .chain ? "review" : "doctor" }),
    turn("doctor.previous", "[", hint: nil),
    ConsoleCommand(
      "doctor.bundle", "Look at the support bundle", keys: [.character("b")], scope: .doctor,
      hint: "bundle",
      availability: { state in
        state.doctor.bundle == nil
          ? .disabled(
            reason: "a whole examination makes one; \(state.key(of: "view.refresh")) begins it")
          : .enabled
      },
      run: { state in state.enter(Screen(.bundle)) }),
    ConsoleCommand(
      "doctor.source", "Examine another server", keys: [.character("o")], scope: .doctor,
      hint: "other server",
      run: { state in
        let items = state.servers.rows.map { row in
          Picker.Item(
            title: row.name, note: row.target, isChosen: row.key == state.doctor.subject?.key,
            deed: .examine(row.key))
        }
        state.overlay = .picking(Picker(title: "Examine which server?", items: items))
        return []
      }),
    jump("doctor.nextError", "The next finding that is wrong", ".", 1),
    jump("doctor.previousError", "The one before", ",", -1),
  ]

  static let findingRows: [ConsoleCommand] = [
    close(.finding),
    ConsoleCommand(
      "finding.rerun", "Look again at this link of the chain", keys: [.character("r")],
      scope: .finding, hint: "look again", availability: canRerun,
      run: { state in rerun(&state) }),
  ]

  static let bundleRows: [ConsoleCommand] = [close(.bundle)]

  private static func close(_ scope: ConsoleCommand.Scope) -> ConsoleCommand {
    ConsoleCommand(
      "\(scope.rawValue).close", "Back to the list", keys: [.character("h"), Key(.left)],
      scope: scope,
      run: { state in
        _ = state.closeView()
        return []
      })
  }

  private static func isBusy(_ state: ConsoleState) -> String {
    "it runs; \(state.key(of: "doctor.stop")) stops it"
  }

  private static func needsRow(_ state: ConsoleState) -> ConsoleCommand.Availability {
    state.list.current == nil ? .disabled(reason: "no row is selected") : .enabled
  }

  private static func canRerun(_ state: ConsoleState) -> ConsoleCommand.Availability {
    if state.doctor.run.isRunning { return .disabled(reason: isBusy(state)) }
    return DoctorText.current(state) == nil ? .disabled(reason: "no row is selected") : .enabled
  }

  private static func rerun(_ state: inout ConsoleState) -> [Effect] {
    guard let row = DoctorText.current(state) else { return [] }
    return state.runDoctor(
      state.doctor.part, only: state.doctor.part == .chain ? row.check : nil)
  }

  private static func turn(
    _ id: String, _ key: Character, hint: ConsoleCommand.Hint?
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, "To the review of what it offers, and back", keys: [.character(key)], scope: .doctor,
      hint: hint,
      availability: { state in
        if state.doctor.subject == nil { return .disabled(reason: "no server was chosen yet") }
        return state.doctor.run.isRunning ? .disabled(reason: isBusy(state)) : .enabled
      },
      run: { state in
        state.doctor.turn()
        return state.doctor.run.phase == .rest ? state.runDoctor(state.doctor.part) : []
      })
  }

  private static func jump(
    _ id: String, _ title: String, _ key: Character, _ step: Int
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [.character(key)], scope: .doctor,
      run: { state in
        // Rows that have come just now are to be found as well.
        state.settle()
        let line = state.list.line(step) {
          let status = state.doctor.rows[$0].finding?.status
          return status == .error || status == .warning
        }
        guard let line else {
          return state.say(.info, "none \(step > 0 ? "after" : "before") this one")
        }
        state.moveCursor(.to(line))
        return []
      })
  }
}
