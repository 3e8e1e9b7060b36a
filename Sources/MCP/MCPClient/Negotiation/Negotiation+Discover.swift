import JSON
import JSONRPC
import MCPProtocol
import Transports

extension Negotiation {
  /// What an answer to `server/discover` means. Nothing but a word of the stateless era proves that era, and
  /// refused credentials, faults and silence over HTTP prove none.
  mutating func afterDiscover(
    _ version: ProtocolVersion, _ observation: NegotiationObservation
  ) -> NegotiationStep {
    switch observation {
    case .result(let result): return afterDiscovery(version, result)
    case .rejected(let error): return afterProbe(version, error: error) ?? fallback(error)
    case .refused(let refusal): return afterProbe(version, refusal)
    case .unusable: return fallback(nil, isDoubtful: true)
    case .silent: return fallback(nil, isDoubtful: true)
    case .timedOut(let limit):
      return route == .process ? fallback(nil, isDoubtful: true) : .failed(.timedOut(limit))
    case .unheard(let limit): return .failed(.unheard(limit))
    case .ended(let end):
      return route == .process ? fallback(nil, isDoubtful: true) : .failed(.ended(end))
    case .failed(let failure) where failure.isUnusableAnswer && route != .process:
      return fallback(nil)
    case .failed(let failure): return .failed(.transport(failure))
    }
  }

  private mutating func afterDiscovery(
    _ version: ProtocolVersion, _ result: JSON
  ) -> NegotiationStep {
    guard let named = result["supportedVersions"]?.array?.compactMap(\.string) else {
      return fallback(nil)
    }
    let shared = offer.stateless.filter { named.contains($0.rawValue) }
    if case .pinned = wish, !named.contains(version.rawValue) {
      return .failed(.pinRefused(version, theirs: named))
    }
    let chosen = shared.contains(version) && wish != .automatic ? version : shared.first
    guard let chosen else { return handshake(named: named) }
    return settle(.stateless, chosen, opening: result)
  }

  /// Nil where the error is none of the stateless era's.
  private mutating func afterProbe(
    _ version: ProtocolVersion, error: RPCError
  ) -> NegotiationStep? {
    if let named = error.statelessVersions { return corrected(version, named: named) }
    // Discovery needs no capability and no header of a tool: the peer knows the era, and the fault will show.
    return error.isStatelessComplaint ? settle(.stateless, version, opening: .null) : nil
  }

  private mutating func afterProbe(
    _ version: ProtocolVersion, _ refusal: HTTPRefusal
  ) -> NegotiationStep {
    if let challenge = refusal.challenge { return .authorize(challenge) }
    if let error = refusal.rpcError, let next = afterProbe(version, error: error) { return next }
    if refusal.isNoEvidence || (300..<400).contains(refusal.status) {
      return .failed(.refused(refusal))
    }
    return fallback(refusal.rpcError)
  }

  private mutating func corrected(
    _ version: ProtocolVersion, named: [String]
  ) -> NegotiationStep {
    if case .pinned = wish { return .failed(.pinRefused(version, theirs: named)) }
    let shared = offer.stateless.filter { named.contains($0.rawValue) }
    if let other = shared.first, once(.correctedProbe) { return .discover(other, on: .current) }
    return handshake(named: named)
  }

  /// The peer has named its revisions, and none of the stateless ones will do.
  private func handshake(named: [String]) -> NegotiationStep {
    guard let newest = offer.handshake.first(where: { named.contains($0.rawValue) }) else {
      // It refuses the very revision that it names: that may be the probe's fault.
      if offer.stateless.contains(where: { named.contains($0.rawValue) }) {
        return initialize(on: .current)
      }
      return .failed(.nothingShared(theirs: named, ours: allOurs))
    }
    return .initialize(newest, on: .current)
  }

  /// The probe met a peer that does not know it. A process that said so goes on; one that may be the worse for the
  /// probe is replaced.
  private func fallback(_ error: RPCError?, isDoubtful: Bool = false) -> NegotiationStep {
    if case .pinned(let version) = wish { return pinnedWithoutDiscovery(version, error) }
    if let refusedOpening { return .failed(.initializeRefused(refusedOpening)) }
    return initialize(on: isDoubtful && route == .process ? .freshProcess : .current)
  }

  /// A pin is obeyed even where discovery is missing: a console must be able to talk to a peer that is wrong.
  private func pinnedWithoutDiscovery(
    _ version: ProtocolVersion, _ error: RPCError?
  ) -> NegotiationStep {
    guard error?.code == .methodNotFound else {
      return .failed(.pinRefused(version, theirs: error?.namedVersions ?? []))
    }
    return settle(.stateless, version, opening: .null)
  }

  private func settle(
    _ era: Era, _ version: ProtocolVersion, opening: JSON
  ) -> NegotiationStep {
    .settled(
      NegotiationVerdict(
        era: era, version: version, usesLegacyStream: false, opening: opening, way: .current))
  }
}
