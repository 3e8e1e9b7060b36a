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
        state.toggleFollowing()
        return []
      }),
    ConsoleCommand(
      "wire.replay", "Send the request again", keys: [.character("r")], scope: .wire,
      hint: "replay", availability: canReplay,
      run: { state in
        guard let (link, method, params) = state.replayable else { return [] }
        return state.call(link, .raw(method, params: params))
      }),
    ConsoleCommand(
      "wire.edit", "Change the request in an editor and send it", keys: [.character("e")],
      scope: .wire, hint: "edit", availability: canReplay,
      run: { state in
        guard let (link, method, params) = state.replayable else { return [] }
        return state.editRequest(method, params, of: link)
      }),
    ConsoleCommand(
      "wire.diff", "Compare two marked messages, or this one with the like before it",
      keys: [.character("D")], scope: .wire,
      availability: { state in
        needsEntry(state)
      },
      run: { state in
        guard let (new, old) = state.comparedMessages else {
          return state.say(
            .warning, "there is nothing like it before; \(state.key(of: "list.mark")) marks two")
        }
        return state.enter(Screen(.diff, subject: "~\(new.number) ~\(old.number)"))
      }),
    ConsoleCommand(
      "wire.clear", "Empty the log", keys: [.character("C")], scope: .wire,
      run: { state in
        state.wire.clear()
        return []
      }),
  ]

  static let messageRows: [ConsoleCommand] =
    NoteCommands.of(.message) + [
      part("message.bytes", "The message byte by byte, and back", "]"),
      part("message.words", "The message in words, and back", "["),
      ConsoleCommand(
        "message.close", "Back to the list", keys: [.character("h"), Key(.left)], scope: .message,
        run: { state in
          _ = state.closeView()
          return []
        }),
    ]

  private static func part(_ id: String, _ title: String, _ key: Character) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [.character(key)], scope: .message, hint: key == "]" ? "bytes" : nil,
      run: { state in
        state.list.tab = 1 - min(state.list.tab, 1)
        state.list.detailTop = 0
        return []
      })
  }

  private static func canReplay(_ state: ConsoleState) -> ConsoleCommand.Availability {
    guard let entry = state.wireEntry?.request(in: state) else {
      return .disabled(reason: "only requests of ours are sent again")
    }
    if entry.size > entry.bytes.count { return .disabled(reason: "it was too long to be kept") }
    if entry.holdsMask {
      return .disabled(
        reason:
          "its secrets were not kept; \(state.key(of: "go.calls")) lists the calls that can be repeated"
      )
    }
    guard state.links[entry.link]?.isOpen == true else {
      return .disabled(reason: "its server is not connected")
    }
    guard let (link, method, params) = state.replayable,
      let why = state.refusal(of: .raw(method, params: params), link)
    else { return .enabled }
    return .disabled(reason: why)
  }

  private static func needsEntry(_ state: ConsoleState) -> ConsoleCommand.Availability {
    state.wireEntry == nil ? .disabled(reason: "no message is selected") : .enabled
  }
}
