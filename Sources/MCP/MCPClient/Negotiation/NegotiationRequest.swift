package import MCPProtocol

/// The revisions we speak, newest first, by how a peer opens a conversation in them.
package struct NegotiationOffer: Sendable, Hashable {
  package var stateless: [ProtocolVersion]
  package var handshake: [ProtocolVersion]

  package init(stateless: [ProtocolVersion], handshake: [ProtocolVersion]) {
    self.stateless = stateless
    self.handshake = handshake
  }

  func era(of version: ProtocolVersion) -> Era? {
    if stateless.contains(version) { return .stateless }
    return handshake.contains(version) ? .handshake : nil
  }
}

/// What the user wants of the negotiation.
package enum NegotiationWish: Sendable, Hashable {
  /// Find out.
  case automatic
  /// That revision or none.
  case pinned(ProtocolVersion)
  /// Open as that revision does, and take what the peer offers in its place.
  case preferring(ProtocolVersion)
}

/// The ways that lead to this peer.
package enum NegotiationRoute: String, Sendable, Hashable, CaseIterable {
  /// A process: what is asked of it may poison it, so another one can be started.
  case process
  /// One URL: Streamable HTTP first, then the older two endpoints.
  case http
  /// Streamable HTTP and nothing else.
  case streamableOnly
  /// HTTP+SSE and nothing else.
  case legacyStreamOnly
}

/// Where a question is put.
package enum NegotiationWay: String, Sendable, Hashable, CaseIterable {
  /// The way that is open, or the first one.
  case current
  /// A process of its own, in place of the one that heard the probe.
  case freshProcess
  /// The event stream of HTTP+SSE with its second endpoint.
  case legacyStream
}

/// What is to be done next.
package enum NegotiationStep: Sendable, Hashable {
  /// Put `server/discover` in that revision.
  case discover(ProtocolVersion, on: NegotiationWay)
  /// Put `initialize` with that revision.
  case initialize(ProtocolVersion, on: NegotiationWay)
  /// Sign in, then put the same question again by `resume()`.
  case authorize(NegotiationChallenge)
  case settled(NegotiationVerdict)
  case failed(NegotiationFailure)
}
