import MCPProtocol
import TerminalCore
import Widgets

/// What the list of tools can do.
enum ToolsCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "tool.call", "Call the tool: open its form", keys: [Key(.enter)], scope: .tools,
      hint: "call", availability: canCall, run: openForm),
    ConsoleCommand(
      "tool.open", "Open the tool's detail", keys: [.character("l"), Key(.right)], scope: .tools,
      hint: "detail", availability: needsTool,
      run: { state in
        guard let item = state.selectedTool else { return [] }
        return state.enter(Screen(.tool, link: state.screen.link, subject: item.tool.name))
      }),
    LinkCommands.reconnect("tools.reconnect", scope: .tools),
    DetailCommands.tab("tools.tabNext", "The next part of the detail", "]", 1, scope: .tools),
    DetailCommands.tab(
      "tools.tabPrevious", "The part of the detail before", "[", -1, scope: .tools),
  ]

  static func canCall(_ state: ConsoleState) -> ConsoleCommand.Availability {
    if state.selectedTool == nil { return .disabled(reason: "no tool is selected") }
    return state.link?.isOpen == true
      ? .enabled : .disabled(reason: state.notConnected)
  }

  static func openForm(_ state: inout ConsoleState) -> [Effect] {
    state.selectedTool.map { state.openForm($0) } ?? []
  }

  static func needsTool(_ state: ConsoleState) -> ConsoleCommand.Availability {
    state.selectedTool == nil ? .disabled(reason: "no tool is selected") : .enabled
  }
}

/// What one tool's own view can do.
enum ToolCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "tool.callThis", "Call the tool: open its form", keys: [Key(.enter)], scope: .tool,
      hint: "call", availability: ToolsCommands.canCall, run: ToolsCommands.openForm),
    ConsoleCommand(
      "tool.close", "Back to the list", keys: [.character("h"), Key(.left)], scope: .tool,
      run: { state in
        _ = state.closeView()
        return []
      }),
    DetailCommands.tab(
      "tool.tabNext", "The next part of the detail", "]", 1, scope: .tool, hint: "part"),
    DetailCommands.tab("tool.tabPrevious", "The part of the detail before", "[", -1, scope: .tool),
  ]
}

/// Commands of every view that shows something of a connection.
enum LinkCommands {
  static func reconnect(_ id: String, scope: ConsoleCommand.Scope) -> ConsoleCommand {
    ConsoleCommand(
      id, "Connect anew", keys: [.character("r")], scope: scope, hint: "reconnect",
      availability: { state in
        guard let link = state.link else { return .disabled(reason: "no server is connected") }
        return link.isOpen || link.isConnecting
          ? .disabled(reason: "the connection is open") : .enabled
      },
      run: { state in
        guard let link = state.link else { return [] }
        return state.reconnect(link.id)
      })
  }
}
