package import TerminalCore

/// Something that happened. The reducer takes nothing else.
package enum Action: Sendable, Hashable {
  case started(notices: [String])
  case input(TerminalInput)
  case resized(Size)
  case serversLoaded(ServerReport)
  case timerFired(TimerID)
  /// Somebody outside the program asks to suspend it.
  case suspendRequested
}

/// The servers that were found, and what went wrong in looking.
package struct ServerReport: Sendable, Hashable {
  package var rows: [ServerRow]
  package var problems: [String]

  package init(rows: [ServerRow], problems: [String] = []) {
    self.rows = rows
    self.problems = problems
  }
}

/// The timers of the window; starting one again replaces it.
package enum TimerID: Sendable, Hashable, CaseIterable {
  case status
  case quitArmed
}
