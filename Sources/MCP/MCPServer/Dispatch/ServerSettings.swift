package import EventLoop
package import MCPProtocol

/// How a server behaves, apart from what it offers.
package struct ServerSettings: Sendable {
  package var offered = ProtocolVersion.known
  /// Items on a page of a list; nil puts all on one.
  package var pageSize: Int?
  /// Milliseconds a list may be reused.
  package var listLifetime = 60_000
  /// How long an HTTP client is left without a byte before its answer begins as a stream.
  package var patience = Duration.seconds(10)
  /// Resources one session may watch.
  package var subscriptionsPerSession = 1000
  /// How long an answer to a question of ours is waited for.
  package var askLimit = Duration.seconds(600)
  /// How long the state of an input round is taken back.
  package var stateLifetime = Duration.seconds(3600)
  /// Milliseconds a task is kept, unless its caller wants less.
  package var taskLifetime = 3_600_000
  /// Milliseconds between two looks at a task.
  package var taskPollInterval = 500
  package var tasksPerCaller = 1000

  package init() {}
}

/// What a server takes from its surroundings.
package struct ServerSurroundings: Sendable {
  package var clock: any LoopClock
  /// Unguessable, of visible ASCII characters, never the same twice.
  package var token: @Sendable () -> String
  package var seal: StateSeal

  package init(
    clock: any LoopClock, seal: StateSeal,
    token: @escaping @Sendable () -> String = ServerSurroundings.randomToken
  ) {
    self.clock = clock
    self.seal = seal
    self.token = token
  }

  /// 128 bits of the system's randomness.
  package static func randomToken() -> String {
    var generator = SystemRandomNumberGenerator()
    return [generator.next(), generator.next()].map { (value: UInt64) in
      let digits = String(value, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
