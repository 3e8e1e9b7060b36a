import JSON
import TerminalCore
import Widgets

/// The one place where the state changes.
package enum Reducer {
  /// Takes what happened and answers with what is to be done.
  package static func reduce(_ state: inout ConsoleState, _ action: Action) -> [Effect] {
    var effects = take(action, &state)
    effects += state.continueScript()
    effects += state.continueTour()
    state.settle()
    effects += state.startResultWork()
    if state.result?.tab == .image, !state.hasAskedForPictures, state.showsPictures {
      state.hasAskedForPictures = true
      effects.append(.askForPictures)
    }
    return effects
  }

  private static func take(_ action: Action, _ state: inout ConsoleState) -> [Effect] {
    switch action {
    case .started(let notices, let target, let script):
      state.script = Script(script)
      return start(&state, notices, target)
    case .input(let input): return take(input, &state)
    case .resized(let size): return resize(&state, size)
    case .serversLoaded(let report): return take(report, &state)
    case .link(let id, let attempt, let news): return take(news, id, attempt, &state)
    case .call(let id, let news): return state.take(news, of: id) + state.continueReplay(id)
    case .operated(let news): return state.take(news)
    case .edited(let goal, let text): return state.takeEdited(text, goal)
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
    case .targetRefused(let sentence), .refused(let sentence):
      state.failTour(sentence)
      return state.say(.error, sentence)
    case .wrote(let path, let bytes): return state.say(.info, "wrote \(bytes) bytes to \(path)")
    case .worked(let done): return state.take(done)
    case .opened(let sentence): return state.say(.info, sentence)
    case .themed(let name, let signs, let notices):
      state.signs = signs
      return notices.first.map { state.say(.warning, $0) } ?? state.say(.info, "theme \(name)")
    case .catalogChanged: return [.loadServers] + state.say(.info, "the catalog has it now")
    case .completed(let screen, let field, let text, let values):
      state.forms[screen]?.take(values, for: field, text)
      return []
    case .keptLoaded(let json):
      state.restore(json)
      return []
    case .timerFired(let timer): return fired(timer, &state)
    case .scriptContinues:
      state.script.isHeld = false
      return []
    case .suspendRequested: return [.suspend]
    }
  }

  private static func fired(_ timer: TimerID, _ state: inout ConsoleState) -> [Effect] {
    switch timer {
    case .completion: return state.askForValues()
    case .reading:
      state.form?.readSource()
      return []
    case .script:
      state.script.isHeld = false
      return []
    case .status:
      state.status = nil
      return []
    case .quitArmed:
      state.isQuitArmed = false
      return []
    case .tick: return state.tick()
    case .office: return state.glanceAtOffice()
    case .tour:
      state.failTour("it did not come to what was expected; the view shows how far it came")
      return []
    }
  }

  private static func start(
    _ state: inout ConsoleState, _ notices: [String], _ target: ServerRow?
  ) -> [Effect] {
    state.started = state.time.wall
    let connecting = target.map { take(.targetFound($0), &state) } ?? []
    let said = notices.flatMap { state.say(.warning, $0) }
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
    let isFirst = !state.servers.isLoaded
    let before = state
    state.servers.take(report.rows) { row in
      before.link(of: row).map { $0.isOpen || $0.isConnecting } ?? false
    }
    // The server that is open may have left its file.
    state.route.removeAll { $0.id == .server && state.servers.row($0.subject) == nil }
    if let problem = report.problems.first {
      let more = report.problems.count > 1 ? " (and \(report.problems.count - 1) more)" : ""
      return state.say(.error, problem + more)
    }
    // A demo is there to be looked at: all of it is connected from the start.
    guard isFirst, state.isDemo else { return [] }
    let connecting = report.rows.flatMap { state.connect(to: $0, again: false) }
    state.currentLink = state.links.keys.min()
    return connecting
      + state.say(.info, "five systems; :tour shows them, \(state.key(of: Keymap.helpID)) the keys")
  }

  private static func take(_ input: TerminalInput, _ state: inout ConsoleState) -> [Effect] {
    switch input {
    case .key(let key): return press(key, &state)
    case .paste(let text): return paste(text, &state)
    case .mouse(let mouse):
      state.isTypingLost = false
      return MouseTargets.take(mouse, &state)
    case .focus: return []
    case .pictures(let way):
      // A terminal that knows both is used the better way.
      if state.pictureWay != .kitty { state.pictureWay = way }
      return []
    case .cell(let width, let height):
      state.cellSize = Size(width: width, height: height)
      return []
    }
  }

  /// A key is a command of the innermost scope that knows it, else text for the field that has the focus.
  static func press(_ key: Key, _ state: inout ConsoleState) -> [Effect] {
    if state.status?.level.milliseconds == nil { state.status = nil }
    if let said = state.swallow(key) { return said }
    if let command = Keymap.command(for: key, in: state) { return run(command, &state) }
    if state.edit(.key(key)) { return state.expectCompletion() + state.expectReading() }
    // An Esc and a key in one read look like Alt: where that means nothing they are two keys again.
    guard key.modifiers.contains(.alt) else { return [] }
    let rest = Key(key.code, key.modifiers.subtracting(.alt))
    return press(Key(.escape), &state) + press(rest, &state)
  }

  /// Runs a command, or says why it cannot.
  static func run(_ command: ConsoleCommand, _ state: inout ConsoleState) -> [Effect] {
    if case .disabled(let reason) = command.availability(state) {
      return state.say(.warning, "\(command.title): \(reason)")
    }
    let before = state.undoPoint
    let effects = command.run(&state)
    if command.isUndoable { state.noteChange(since: before) }
    if command.movesFreely, state.route != before.route { state.trail.leave(before.route) }
    return effects
  }

  private static func paste(_ text: String, _ state: inout ConsoleState) -> [Effect] {
    if state.overlay == nil, let line = scriptLine(text, state) {
      state.overlay = .confirming(
        Confirmation(title: "Run the pasted line?", lines: [line], deed: .line(line)))
      return []
    }
    if state.overlay == nil, state.form?.pasteLines(text) == true { return [] }
    if state.edit(.text(text)) { return state.expectReading() }
    guard text.utf8.count <= TextField.longest / 2 else {
      return state.say(
        .warning, "not taken: the paste of \(text.utf8.count) bytes is more than a field holds")
    }
    return state.say(.info, "nothing takes a paste here; \(state.key(of: "list.filter")) filters")
  }

  /// A pasted line that is one for the palette: a colon, and no second line.
  private static func scriptLine(_ text: String, _ state: ConsoleState) -> String? {
    let scope = ConsoleCommand.Scope.active(in: state).first
    let line = text.hasSuffix("\n") ? String(text.dropLast()) : text
    guard line.hasPrefix(":"), !line.contains(where: \.isNewline), line.utf8.count < 4096,
      scope?.isTyping == false
    else { return nil }
    return line
  }
}
