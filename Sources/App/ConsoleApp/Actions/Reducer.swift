import JSON
import TerminalCore
import Widgets

/// The one place where the state changes.
package enum Reducer {
  /// Takes what happened and answers with what is to be done.
  package static func reduce(_ state: inout ConsoleState, _ action: Action) -> [Effect] {
    let effects = take(action, &state)
    state.settle()
    return effects
  }

  private static func take(_ action: Action, _ state: inout ConsoleState) -> [Effect] {
    switch action {
    case .started(let notices, let target): return start(&state, notices, target)
    case .input(let input): return take(input, &state)
    case .resized(let size): return resize(&state, size)
    case .serversLoaded(let report): return take(report, &state)
    case .link(let id, let attempt, let news): return take(news, id, attempt, &state)
    case .call(let id, let news): return state.take(news, of: id)
    case .edited(let goal, let text): return edited(goal, text, &state)
    case .editorFailed(let sentence): return state.say(.error, sentence)
    case .historyLoaded(let calls):
      state.history.calls = calls
      state.history.phase = .loaded
      state.history.revision += 1
      return []
    case .historyFailed(let sentence):
      state.history.phase = .failed(sentence)
      return state.say(.warning, sentence)
    case .targetFound(let row):
      state.servers.add(row)
      state.goRoot(.servers)
      _ = state.select(row.key)
      return state.connect(to: row, again: true)
    case .targetRefused(let sentence): return state.say(.error, sentence)
    case .timerFired(.status):
      state.status = nil
      return []
    case .timerFired(.quitArmed):
      state.isQuitArmed = false
      return []
    case .timerFired(.tick): return state.tick()
    case .suspendRequested: return [.suspend]
    }
  }

  private static func edited(
    _ goal: EditGoal, _ text: String?, _ state: inout ConsoleState
  ) -> [Effect] {
    guard let text else { return state.say(.info, "the editor gave nothing back; kept as it was") }
    guard case .form(let screen) = goal, state.forms[screen] != nil else { return [] }
    do throws(JSONError) {
      state.forms[screen]?.replace(with: try JSON.parse(text))
      return state.say(.info, "taken over from the editor")
    } catch {
      return state.say(.error, "not taken over: \(error)")
    }
  }

  private static func start(
    _ state: inout ConsoleState, _ notices: [String], _ target: ServerRow?
  ) -> [Effect] {
    state.started = state.time.wall
    let connecting = target.map { take(.targetFound($0), &state) } ?? []
    let said = notices.last.map { state.say(.warning, $0) } ?? []
    return [.loadServers] + (state.isMouseOn ? [.setMouse(true)] : []) + connecting + said
  }

  private static func resize(_ state: inout ConsoleState, _ size: Size) -> [Effect] {
    state.size = size
    let height = state.listHeight
    if ScreenRow.of(state.screen).list != nil {
      state.list.selected.move(.by(0), height: height)
    }
    return []
  }

  private static func take(_ report: ServerReport, _ state: inout ConsoleState) -> [Effect] {
    state.servers.take(report.rows)
    // The server that is open may have left its file.
    state.route.removeAll { $0.id == .server && state.servers.row($0.subject) == nil }
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
