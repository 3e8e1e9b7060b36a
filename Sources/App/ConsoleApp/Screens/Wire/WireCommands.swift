import TerminalCore
import Widgets

/// Watching the wire.
enum WireCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "wire.open", "Open the message", keys: [Key(.enter), .character("l"), Key(.right)],
      scope: .wire, hint: "open", availability: needsEntry,
      run: { state in
        guard let entry = state.wireEntry else { return [] }
        return state.enter(Screen(.message, subject: "~\(entry.number)"))
      }),
    ConsoleCommand(
      "wire.pair", "To the other half of the pair", keys: [.character("p")], scope: .wire,
      hint: "pair",
      availability: { state in
        state.wireEntry?.partner == nil
          ? .disabled(reason: "there is no other half") : .enabled
      },
      run: { state in
        guard let partner = state.wireEntry?.partner else { return [] }
        state.list.follows = false
        return state.select("\(partner)") ? [] : state.say(.warning, "it has left the log")
      }),
    ConsoleCommand(
      "wire.follow", "Follow what comes, or stay", keys: [.character("F")], scope: .wire,
      hint: "follow",
      run: { state in
        state.list.follows.toggle()
        state.list.pausedAt = state.list.follows ? nil : state.wire.last
        if state.list.follows { state.moveCursor(.last) }
        return []
      }),
    jump("wire.nextError", "The next error", ".", 1),
    jump("wire.previousError", "The error before", ",", -1),
    ConsoleCommand(
      "wire.clear", "Empty the log", keys: [.character("C")], scope: .wire,
      run: { state in
        state.wire.clear()
        return []
      }),
  ]

  static let messageRows: [ConsoleCommand] = [
    ConsoleCommand(
      "message.close", "Back to the list", keys: [.character("h"), Key(.left)], scope: .message,
      run: { state in
        _ = state.closeView()
        return []
      })
  ]

  private static func needsEntry(_ state: ConsoleState) -> ConsoleCommand.Availability {
    state.wireEntry == nil ? .disabled(reason: "no message is selected") : .enabled
  }

  private static func jump(
    _ id: String, _ title: String, _ key: Character, _ step: Int
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [.character(key)], scope: .wire,
      run: { state in
        let list = state.list
        var line = list.selected.cursor + step
        while let item = list.item(at: line) {
          if state.wire.entries[item].kind == .error {
            state.list.follows = false
            state.moveCursor(.to(line))
            return []
          }
          line += step
        }
        return state.say(.info, "no error \(step > 0 ? "after" : "before") this one")
      })
  }
}
