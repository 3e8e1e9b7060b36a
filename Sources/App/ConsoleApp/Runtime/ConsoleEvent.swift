import TerminalCore

/// Everything that reaches the running window, from whatever side.
enum ConsoleEvent: Sendable, Hashable {
  case terminal(TerminalEvent)
  case action(Action)
}
