extension ConsoleState {
  /// Says something in the status line for as long as its level asks.
  mutating func say(_ level: Status.Level, _ text: String) -> [Effect] {
    status = Status(level: level, text: text)
    guard let milliseconds = level.milliseconds else { return [.cancelTimer(.status)] }
    return [.startTimer(.status, milliseconds: milliseconds)]
  }
}
