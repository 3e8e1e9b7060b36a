package import EventLoop

/// What the window needs of the world; tests pass their own.
package struct ConsoleEnvironment: Sendable {
  package var clock: any LoopClock
  package var desk: any Desk

  package init(clock: any LoopClock, desk: any Desk) {
    self.clock = clock
    self.desk = desk
  }
}
