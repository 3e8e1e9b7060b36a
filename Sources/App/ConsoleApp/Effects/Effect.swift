/// Something to do outside the state. Only the runtime does it.
package enum Effect: Sendable, Hashable {
  case loadServers
  case startTimer(TimerID, milliseconds: Int)
  case cancelTimer(TimerID)
  /// Clear the terminal, set its modes again and paint everything.
  case repaint
  case setMouse(Bool)
  case suspend
  case quit
}
