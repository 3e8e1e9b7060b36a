import TerminalCore
import Widgets

/// The one place where the state changes.
package enum Reducer {
  /// Takes what happened and answers with what is to be done.
  package static func reduce(_ state: inout ConsoleState, _ action: Action) -> [Effect] {
    switch action {
    case .started(let notices): return start(&state, notices)
    case .input(let input): return take(input, &state)
    case .resized(let size):
      state.size = size
      state.servers.fit(height: ServersLayout(state).rows)
      return []
    case .serversLoaded(let report): return take(report, &state)
    case .timerFired(.status):
      state.status = nil
      return []
    case .timerFired(.quitArmed):
      state.isQuitArmed = false
      return []
    case .suspendRequested: return [.suspend]
    }
  }

  private static func start(_ state: inout ConsoleState, _ notices: [String]) -> [Effect] {
    let said = notices.last.map { state.say(.warning, $0) } ?? []
    return [.loadServers] + (state.isMouseOn ? [.setMouse(true)] : []) + said
  }

  private static func take(_ report: ServerReport, _ state: inout ConsoleState) -> [Effect] {
    state.servers.setRows(report.rows, height: ServersLayout(state).rows)
    // The server that is open may have left its file.
    if case .server(let name) = state.screen, state.servers.current?.name != name {
      state.route.removeLast()
    }
    if let problem = report.problems.first {
      let more = report.problems.count > 1 ? " (and \(report.problems.count - 1) more)" : ""
      return state.say(.error, problem + more)
    }
    return []
  }

  private static func take(_ input: TerminalInput, _ state: inout ConsoleState) -> [Effect] {
    switch input {
    case .key(let key): return press(key, &state)
    case .paste(let text): return paste(text, &state)
    case .mouse(let mouse): return MouseTargets.take(mouse, &state)
    case .focus: return []
    }
  }

  /// A key is a command of the innermost scope that knows it, else text for the field that has the focus.
  private static func press(_ key: Key, _ state: inout ConsoleState) -> [Effect] {
    if state.status?.level.milliseconds == nil { state.status = nil }
    if let command = Keymap.command(for: key, in: state) { return run(command, &state) }
    if state.edit({ $0.take(key) }) { return [] }
    // An Esc and a letter in one read look like Alt: where that means nothing they are two keys again.
    guard key.modifiers == .alt else { return [] }
    return press(Key(.escape), &state) + press(Key(key.code), &state)
  }

  /// Runs a command, or says why it cannot.
  static func run(_ command: ConsoleCommand, _ state: inout ConsoleState) -> [Effect] {
    if case .disabled(let reason) = command.availability(state) {
      return state.say(.warning, "\(command.title): \(reason)")
    }
    return command.run(&state)
  }

  private static func paste(_ text: String, _ state: inout ConsoleState) -> [Effect] {
    let taken = state.edit { field in
      field.insert(text)
      return true
    }
    return taken ? [] : state.say(.info, "nothing takes a paste here; / filters")
  }
}
