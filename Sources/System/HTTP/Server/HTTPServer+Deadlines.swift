import EventLoop

extension HTTPServer {
  /// Deadlines nearer to each other than this fall together.
  private static let grain = Duration.milliseconds(50)

  /// One timer serves all connections: a request moves a number, not a timer.
  func expects(_ deadline: LoopInstant) {
    guard deadline < sweepAt else { return }
    sweepAt = deadline
    sweep = clock.timer(at: deadline) { [unowned self] in runSweep() }
  }

  private func runSweep() {
    let now = clock.now
    sweepAt = .distantFuture
    sweep = nil
    for connection in Array(connections.values) where connection.deadline <= now {
      connection.deadlineReached()
    }
    let next = connections.values.lazy.map(\.deadline).min() ?? .distantFuture
    if next < .distantFuture { expects(max(next, now.advanced(by: Self.grain))) }
  }
}
