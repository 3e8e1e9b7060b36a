package import EventLoop

/// What the window needs of the world; tests pass their own.
package struct ConsoleEnvironment: Sendable {
  package var clock: any LoopClock
  package var desk: any Desk
  /// Nil where there is nothing to operate.
  package var operatorDesk: (any OperatorDesk)?
  /// The looks of a theme by its name.
  package var look: (@LoopActor @Sendable (String) -> Appearance)?

  package init(
    clock: any LoopClock, desk: any Desk, operatorDesk: (any OperatorDesk)? = nil,
    look: (@LoopActor @Sendable (String) -> Appearance)? = nil
  ) {
    self.clock = clock
    self.desk = desk
    self.operatorDesk = operatorDesk
    self.look = look
  }
}
