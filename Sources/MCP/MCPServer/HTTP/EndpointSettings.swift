import EventLoop
package import HTTP

/// What an HTTP endpoint accepts and keeps.
package struct EndpointSettings: Sendable {
  /// Paths it answers on; a segment that begins with a colon stands for any.
  package var paths = ["/mcp"]
  /// Serves the two-address transport of the first revision at `/sse` and `/messages` too.
  package var hasLegacyStream = false
  /// Offers sessions a GET stream; without it GET is answered by 405.
  package var pushes = true
  package var origins = OriginRule()
  package var sessionIdle = Duration.seconds(1800)
  package var sessionLimit = 10_000
  /// What a session keeps of its streams for clients that come back.
  package var replayBytes = 1 << 20
  package var replayStreams = 64

  package init() {}

  /// The addresses of the two-address transport, that of the stream first; empty where it is not served.
  @LoopActor
  package var legacyPaths: [String] { hasLegacyStream ? HTTPEndpoint.legacyPaths : [] }
}
