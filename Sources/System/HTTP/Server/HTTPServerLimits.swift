package import HTTPCore

/// What one client may cost a server, in bytes, connections and time.
package struct HTTPServerLimits: Sendable, Hashable {
  package var request = HTTPRequestLimits()
  package var connections = 10_000
  /// Of one address, so that nobody has them all; a proxy is one address too.
  package var connectionsPerPeer = 5_000
  /// From the first byte of a request, or from the opening of the connection, to the end of the head.
  package var headTime = Duration.seconds(10)
  /// From the end of the head to the end of the body.
  package var bodyTime = Duration.seconds(60)
  /// Between two requests on one connection.
  package var idleTime = Duration.seconds(75)
  /// How long a client may take nothing of what waits for it.
  package var stallTime = Duration.seconds(30)
  /// A comment goes out on an event stream that was silent this long.
  package var heartbeat = Duration.seconds(15)
  /// What may wait for a slow reader before its connection is dropped.
  package var pendingBytes = 8 << 20
  /// What a client may send ahead while its request is being answered.
  package var bytesAhead = 65_536

  package init() {}
}
