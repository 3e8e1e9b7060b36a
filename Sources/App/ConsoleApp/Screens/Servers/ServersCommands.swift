import TerminalCore
import Widgets

/// What the list of servers can do.
enum ServersCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "server.open", "Open the server's detail", keys: [Key(.enter), .character("l"), Key(.right)],
      scope: .servers, hint: "open", availability: needsServer,
      run: { state in
        guard let row = state.servers.current else { return [] }
        state.route.append(.server(name: row.name))
        return []
      }),
    ConsoleCommand(
      "servers.filter", "Filter the list", keys: [.character("/")], scope: .servers, hint: "filter",
      availability: { state in
        state.servers.rows.isEmpty ? .disabled(reason: "there is nothing to filter") : .enabled
      },
      run: { state in
        state.servers.isFilterFocused = true
        return []
      }),
    ConsoleCommand(
      "servers.refresh", "Look for servers again", keys: [.character("R")], scope: .servers,
      hint: "refresh",
      run: { state in [.loadServers] + state.say(.info, "looking for servers") }),
  ]

  private static func needsServer(_ state: ConsoleState) -> ConsoleCommand.Availability {
    if state.servers.current != nil { return .enabled }
    return .disabled(
      reason: state.servers.rows.isEmpty ? "no server is known yet" : "no server matches the filter"
    )
  }
}

/// What one server's own view can do.
enum ServerDetailCommands {
  static let rows: [ConsoleCommand] = [
    step("server.next", "The next server", [.character("j"), Key(.down)], .by(1), hint: "next"),
    step(
      "server.previous", "The server before", [.character("k"), Key(.up)], .by(-1), hint: "before"),
    ConsoleCommand(
      "server.close", "Back to the list", keys: [.character("h"), Key(.left)], scope: .server,
      run: { state in
        state.route.removeLast()
        return []
      }),
  ]

  private static func step(
    _ id: String, _ title: String, _ keys: [Key], _ move: ScrollState.Move,
    hint: ConsoleCommand.Hint
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: keys, scope: .server, hint: hint,
      run: { state in
        state.servers.selected.move(move, height: ServersLayout(state).rows)
        guard let row = state.servers.current else { return [] }
        state.route[state.route.count - 1] = .server(name: row.name)
        return []
      })
  }
}
