extension ConsoleState {
  /// Says something in the status line for as long as its level asks.
  mutating func say(_ level: Status.Level, _ text: String) -> [Effect] {
    status = Status(level: level, text: text)
    note(level, "", text)
    guard let milliseconds = level.milliseconds else { return [.cancelTimer(.status)] }
    return [.startTimer(.status, milliseconds: milliseconds)]
  }

  /// Keeps a message without saying it in the status line.
  mutating func note(_ level: Status.Level, _ source: String, _ text: String) {
    events.add(level, source, text, at: time.wall)
  }
}
