import EventLoop
package import Settings
package import Transports

/// Makes the transports to servers that live inside this process, for tests and built-in systems.
package struct TransportSource: Sendable {
  package typealias Make =
    @LoopActor @Sendable (ServerDefinition, TrafficTap) -> (any Transport)?

  /// Nil where the definition leads outside.
  let make: Make

  package init(_ make: @escaping Make) { self.make = make }
}
