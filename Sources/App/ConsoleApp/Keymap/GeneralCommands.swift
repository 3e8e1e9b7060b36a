import TerminalCore
import Widgets

/// What works on every screen.
enum GeneralCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "copy.open", "Copy something of this", keys: [.character("y")], scope: .browsing,
      hint: "copy",
      availability: { state in
        ScreenRow.of(state.screen).copies(state, state.screen).isEmpty
          ? .disabled(reason: "there is nothing to copy here") : .enabled
      }, run: openCopyMenu),
    ConsoleCommand(
      "palette.open", "Find a command, a server or a tool", keys: [.character(":")],
      scope: .browsing, hint: "find", run: openPalette),
    ConsoleCommand(
      "palette.open.anywhere", "Find a command, a server or a tool", keys: [.control("p")],
      scope: .browsing, run: openPalette),
    ConsoleCommand(
      Keymap.helpID, "Show the keys of this view", keys: [.character("?")], scope: .browsing,
      hint: "keys", run: openHelp),
    ConsoleCommand(
      "help.open.anywhere", "Show the keys of this view", keys: [Key(.function(1))],
      scope: .everywhere, run: openHelp),
    ConsoleCommand(
      "view.refresh", "Ask again for what is shown", keys: [.character("R")], scope: .browsing,
      hint: "refresh",
      availability: { state in
        guard ScreenRow.of(state.screen).refresh != nil else {
          return .disabled(reason: "this view is always fresh")
        }
        return ScreenRow.of(state.screen).isOfLink && state.link?.isOpen != true
          ? .disabled(reason: "the server is not connected") : .enabled
      },
      run: { state in ScreenRow.of(state.screen).refresh?(&state, state.screen) ?? [] }),
    ConsoleCommand(
      "question.open", "Answer what a server asks", keys: [.character("a")], scope: .browsing,
      hint: "answer",
      availability: { state in
        state.questions.isEmpty ? .disabled(reason: "no server asks anything") : .enabled
      },
      run: { state in
        guard let question = state.questions.first else { return [] }
        return state.enter(question.screen)
      }),
    ConsoleCommand(
      "call.cancel", "Cancel the call that runs", keys: [.character("x")], scope: .browsing,
      hint: "cancel",
      availability: { state in
        state.running.isEmpty && state.result?.running == nil
          ? .disabled(reason: "nothing runs") : .enabled
      }, run: cancelCall),
    ConsoleCommand(
      "view.out", "Go one step out", keys: [Key(.escape)], scope: .browsing, run: goOut),
    ConsoleCommand(
      "view.other", "To the view before", keys: [.character("-")], scope: .browsing,
      availability: { state in
        state.otherRoute == nil ? .disabled(reason: "there was no other view yet") : .enabled
      },
      run: { state in
        state.go(state.otherRoute ?? [])
        return []
      }),
    ConsoleCommand(
      "view.trailBack", "Back to where one was", keys: [Key(.left, .alt)], scope: .browsing,
      availability: { state in
        state.trail.back.isEmpty ? .disabled(reason: "there is nothing before this") : .enabled
      },
      run: { state in
        guard let route = state.trail.goBack(from: state.route) else { return [] }
        return state.follow(route)
      }),
    ConsoleCommand(
      "view.trailForth", "Forth again", keys: [Key(.right, .alt)], scope: .browsing,
      availability: { state in
        state.trail.forth.isEmpty ? .disabled(reason: "there is nothing after this") : .enabled
      },
      run: { state in
        guard let route = state.trail.goForth(from: state.route) else { return [] }
        return state.follow(route)
      }),
    ConsoleCommand(
      "view.undo", "Take the last change of a list back, or a view's closing",
      keys: [.character("u")], scope: .browsing,
      availability: { state in
        state.undoLog.isEmpty ? .disabled(reason: "there is nothing to take back") : .enabled
      }, run: { state in state.undo() }),
    ConsoleCommand(
      "view.back", "Close this view; at the root, quit", keys: [.character("q")], scope: .browsing,
      hint: .init { $0.route.count > 1 ? "back" : "quit" }, run: goBack),
    ConsoleCommand(
      "program.quit", "Quit", keys: [.character("Q")], scope: .browsing, run: quit),
    ConsoleCommand(
      "program.cancel", "Cancel what runs; twice, quit", keys: [.control("c")], scope: .everywhere,
      run: cancel),
    ConsoleCommand(
      "screen.repaint", "Repaint the screen", keys: [.control("l")], scope: .everywhere,
      run: { _ in [.repaint] }),
    ConsoleCommand(
      "program.suspend", "Suspend to the shell", keys: [.control("z")], scope: .everywhere,
      run: { _ in [.suspend] }),
    ConsoleCommand(
      "mouse.toggle", "Mouse on or off", keys: [Key(.function(2))], scope: .everywhere,
      run: toggleMouse),
  ]

  private static let secondsToQuit = 2

  private static func openHelp(_ state: inout ConsoleState) -> [Effect] {
    state.overlay = .help(
      HelpState(entries: Keymap.active(in: state).map { HelpState.Entry($0, state) }))
    return []
  }

  private static func openPalette(_ state: inout ConsoleState) -> [Effect] {
    state.overlay = .palette(PaletteState(state))
    return []
  }

  private static func openCopyMenu(_ state: inout ConsoleState) -> [Effect] {
    state.overlay = .copying(
      CopyMenu(items: ScreenRow.of(state.screen).copies(state, state.screen)))
    return []
  }

  private static func goOut(_ state: inout ConsoleState) -> [Effect] {
    if state.isDetailFocused {
      state.split.focused = nil
      return []
    }
    if !state.list.filter.isEmpty {
      state.clearFilter()
      return []
    }
    return state.closeView() ? [] : state.say(.info, "\(state.key(of: "view.back")) quits")
  }

  private static func goBack(_ state: inout ConsoleState) -> [Effect] {
    state.closeView() ? [] : quit(&state)
  }

  /// Leaves; what runs, and what was filled in and not sent, is asked about first.
  private static func quit(_ state: inout ConsoleState) -> [Effect] {
    let running = state.running.prefix(5).map { "#\($0.id) \($0.name)" }
    let unsent = state.unsentForms.prefix(5)
    guard !running.isEmpty || !unsent.isEmpty else { return [.quit] }
    let lines =
      (running.isEmpty ? [] : ["Still running:"] + running)
      + (unsent.isEmpty ? [] : ["Filled in and not sent:"] + unsent)
    state.overlay = .confirming(Confirmation(title: "Quit", lines: lines, deed: .quit))
    return []
  }

  /// The call that is shown or selected, else the newest that runs.
  private static func cancelCall(_ state: inout ConsoleState) -> [Effect] {
    let shown = [state.call(of: state.screen), state.selectedCall?.record].lazy
      .compactMap(\.self).first(where: \.isRunning)
    if shown == nil, state.result?.running != nil { return state.stopResultWork() }
    return (shown ?? state.running.last).map { state.cancel($0.id) } ?? []
  }

  private static func cancel(_ state: inout ConsoleState) -> [Effect] {
    if state.isQuitArmed { return [.quit] }
    if !state.running.isEmpty || state.result?.running != nil { return cancelCall(&state) }
    state.isQuitArmed = true
    return state.say(
      .warning, "\(state.key(of: "program.cancel")) again within \(secondsToQuit) s quits")
      + [.startTimer(.quitArmed, milliseconds: secondsToQuit * 1000)]
  }

  private static func toggleMouse(_ state: inout ConsoleState) -> [Effect] {
    state.isMouseOn.toggle()
    let words =
      state.isMouseOn
      ? "mouse on; hold Shift to select text as usual" : "mouse off; the terminal selects text"
    return [.setMouse(state.isMouseOn)] + state.say(.info, words)
  }
}
