package import EventLoop

/// What the window needs of the world; tests pass their own.
package struct ConsoleEnvironment: Sendable {
  package var clock: any LoopClock
  package var desk: any Desk
  /// The looks of a theme by its name.
  package var look: (@LoopActor @Sendable (String) -> Appearance)?

  package init(
    clock: any LoopClock, desk: any Desk,
    look: (@LoopActor @Sendable (String) -> Appearance)? = nil
  ) {
    self.clock = clock
    self.desk = desk
    self.look = look
  }
}
