package import EventLoop

/// What the window needs of the world; tests pass their own.
package struct ConsoleEnvironment: Sendable {
  package var clock: any LoopClock
  /// Finds all servers there are; it bounds its own time.
  package var loadServers: @LoopActor () async -> ServerReport

  package init(
    clock: any LoopClock, loadServers: @escaping @LoopActor () async -> ServerReport
  ) {
    self.clock = clock
    self.loadServers = loadServers
  }
}
