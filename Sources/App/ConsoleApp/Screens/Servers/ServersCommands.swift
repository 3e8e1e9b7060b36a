import TerminalCore
import Widgets

/// What the list of servers can do; one server's own view can too.
enum ServersCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "server.connect", "Connect, or go to the tools of an open connection", keys: [Key(.enter)],
      scope: .servers,
      hint: .init { state in
        state.selectedServer.flatMap { state.link(of: $0) }?.isOpen == true ? "tools" : "connect"
      }, availability: canConnect, run: connect),
    ConsoleCommand(
      "server.open", "Open the server's detail", keys: [.character("l"), Key(.right)],
      scope: .servers, hint: "detail", availability: needsServer, run: open),
    ConsoleCommand(
      "server.reconnect", "Connect anew", keys: [.character("r")], scope: .servers,
      availability: canConnect,
      run: { state in
        guard let row = state.selectedServer else { return [] }
        return state.connect(to: row, again: true)
      }),
    ConsoleCommand(
      "server.add", "Add a server to the catalog", keys: [.character("A")], scope: .servers,
      hint: "add",
      run: { state in
        state.overlay = .asking(
          LineQuestion(title: "Add: NAME, then a URL or a command line", deed: .addServer))
        return []
      }
    ).writing,
    ConsoleCommand(
      "server.import", "Take it over into the catalog", keys: [.character("I")],
      scope: .servers,
      availability: { state in
        guard let row = state.selectedServer else { return needsServer(state) }
        if row.source == "alidade" { return .disabled(reason: "the catalog has it") }
        return row.definition == nil
          ? .disabled(reason: "there is nothing to take over") : .enabled
      },
      run: { state in
        guard let row = state.selectedServer, let definition = row.definition else { return [] }
        state.overlay = .confirming(
          Confirmation(
            title: "Into the catalog",
            lines: ["\(row.name) of \(row.path) becomes @\(row.name):", "", row.target],
            deed: .importServer(definition)))
        return []
      }
    ).writing,
    ConsoleCommand(
      "server.disconnect", "Close the connection", keys: [.character("d")], scope: .servers,
      hint: .init { _ in "disconnect" },
      availability: { state in
        guard let link = state.selectedServer.flatMap({ state.link(of: $0) }),
          link.isOpen || link.isConnecting
        else { return .disabled(reason: "it is not connected") }
        return .enabled
      }, run: disconnect),
  ]

  private static func needsServer(_ state: ConsoleState) -> ConsoleCommand.Availability {
    if state.screen.id == .server { return .disabled(reason: "it is open") }
    if state.selectedServer != nil { return .enabled }
    return .disabled(
      reason: state.servers.rows.isEmpty
        ? "no server is known yet" : "no server matches the filter")
  }

  private static func canConnect(_ state: ConsoleState) -> ConsoleCommand.Availability {
    guard let row = state.selectedServer else { return needsServer(state) }
    if row.transport == .file { return .disabled(reason: "the file has to be mended first") }
    if !row.isEnabled { return .disabled(reason: "it is switched off in its file") }
    guard row.definition != nil else { return .disabled(reason: "nothing says how to reach it") }
    return .enabled
  }

  private static func connect(_ state: inout ConsoleState) -> [Effect] {
    guard let row = state.selectedServer else { return [] }
    if let link = state.link(of: row), link.isOpen || link.isConnecting {
      return state.enter(Screen(.tools, link: link.id))
    }
    return state.connect(to: row, again: true)
  }

  private static func open(_ state: inout ConsoleState) -> [Effect] {
    guard let row = state.selectedServer else { return [] }
    return state.enter(Screen(.server, subject: row.key))
  }

  private static func disconnect(_ state: inout ConsoleState) -> [Effect] {
    guard let row = state.selectedServer, let link = state.link(of: row) else { return [] }
    return state.disconnect(link)
  }
}

/// What one server's own view can do.
enum ServerCommands {
  static let rows: [ConsoleCommand] = [
    step("server.next", "The next server", [.character("j"), Key(.down)], .by(1), hint: "next"),
    step(
      "server.previous", "The server before", [.character("k"), Key(.up)], .by(-1), hint: "before"),
    ConsoleCommand(
      "server.close", "Back to the list", keys: [.character("h"), Key(.left)], scope: .server,
      run: { state in
        _ = state.closeView()
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
        guard state.closeView() else { return [] }
        state.moveCursor(move)
        state.settle()
        guard let row = state.selectedServer else { return [] }
        return state.enter(Screen(.server, subject: row.key))
      })
  }
}
