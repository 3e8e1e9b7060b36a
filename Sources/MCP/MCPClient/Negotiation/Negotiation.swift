import JSONRPC
import MCPProtocol
import Transports

/// Finds out which revision a peer speaks and by which way: questions out, observations in, evidence kept.
///
/// Start with `step`, put what it asks, hand the outcome to `observe`, until it has settled or failed.
package struct Negotiation: Sendable {
  let offer: NegotiationOffer
  let wish: NegotiationWish
  let route: NegotiationRoute
  /// What an earlier connection settled; it is believed until it is contradicted.
  var remembered: NegotiationVerdict?

  package private(set) var step: NegotiationStep
  package private(set) var evidence: [NegotiationEvidence] = []
  /// Questions that are put once only, however often the peer sends us back to them.
  var spent: Set<OnceOnly> = []
  /// How `initialize` was refused, where the probe was put once more after that.
  var refusedOpening: RPCError?

  enum OnceOnly: Hashable {
    case correctedProbe
    case lateStateless
    case correctedHandshake
    case oldestHandshake
    case freshProcess
    case patientProbe
  }

  package init(
    offer: NegotiationOffer, wish: NegotiationWish = .automatic, route: NegotiationRoute,
    remembered: NegotiationVerdict? = nil
  ) {
    self.offer = offer
    self.wish = wish
    self.route = route
    self.remembered = wish == .automatic ? remembered : nil
    step = .failed(.notMCP)
    step = opening
  }

  /// Takes what came back on the question of `step`, and returns the next one.
  @discardableResult
  package mutating func observe(_ observation: NegotiationObservation) -> NegotiationStep {
    let next: NegotiationStep
    let question: NegotiationEvidence.Question
    let way: NegotiationWay
    switch step {
    case .discover(let version, let put):
      (question, way) = (.discover(version), put)
      next = afterDiscover(version, observation)
    case .initialize(let version, let put):
      (question, way) = (.initialize(version), put)
      next = afterInitialize(version, on: put, observation)
    case .authorize, .settled, .failed: return step
    }
    asked = step
    step = withoutMemory(next)
    evidence.append(
      NegotiationEvidence(
        question: question, way: way, observation: observation, conclusion: step))
    return step
  }

  /// Credentials are there: the question that was refused for want of them is put again.
  @discardableResult
  package mutating func resume() -> NegotiationStep {
    if case .authorize = step, let asked { step = asked }
    return step
  }

  private var asked: NegotiationStep?

  // MARK: - The first question

  private var opening: NegotiationStep {
    switch wish {
    case .automatic: remembered.map(reopening) ?? firstQuestion
    case .pinned(let version), .preferring(let version):
      switch offer.era(of: version) {
      case .stateless: .discover(version, on: .current)
      case .handshake: .initialize(version, on: handshakeWay)
      case nil: .failed(.unknownVersion(version))
      }
    }
  }

  var firstQuestion: NegotiationStep {
    if route != .legacyStreamOnly, let newest = offer.stateless.first {
      return .discover(newest, on: .current)
    }
    return initialize(on: handshakeWay)
  }

  private func reopening(_ verdict: NegotiationVerdict) -> NegotiationStep {
    if verdict.era == .stateless { return .discover(verdict.version, on: .current) }
    return initialize(on: verdict.usesLegacyStream ? .legacyStream : .current)
  }

  private var handshakeWay: NegotiationWay {
    route == .legacyStreamOnly ? .legacyStream : .current
  }

  /// A memory that led nowhere is dropped, and everything is asked as on the first day.
  private mutating func withoutMemory(_ next: NegotiationStep) -> NegotiationStep {
    guard case .failed(let failure) = next, remembered != nil, failure.mayBeStaleMemory else {
      return next
    }
    remembered = nil
    return firstQuestion
  }

  func initialize(on way: NegotiationWay) -> NegotiationStep {
    guard let newest = offer.handshake.first else {
      return .failed(.nothingShared(theirs: [], ours: offer.stateless))
    }
    return .initialize(newest, on: way)
  }

  /// Whether a peer that says nothing to the present question is told by that, because another way is left.
  var takesSilenceForAnswer: Bool {
    guard route == .process else { return false }
    return switch step {
    case .discover: wish == .automatic && !spent.contains(.patientProbe)
    case .initialize(_, let way): isProbedProcess(way) && !spent.contains(.freshProcess)
    case .authorize, .settled, .failed: false
    }
  }

  /// The process that heard the probe, still in use.
  func isProbedProcess(_ way: NegotiationWay) -> Bool {
    guard route == .process, way == .current, let last = evidence.last else { return false }
    if case .discover = last.question { return true }
    return false
  }

  var allOurs: [ProtocolVersion] { offer.stateless + offer.handshake }

  /// True when the question may be put; the second time it is not.
  mutating func once(_ question: OnceOnly) -> Bool { spent.insert(question).inserted }
}

extension NegotiationFailure {
  /// A network that fails says nothing about what is remembered.
  fileprivate var mayBeStaleMemory: Bool {
    switch self {
    case .initializeRefused, .notMCP, .ended, .nothingShared: true
    case .transport(let failure): failure.isUnusableAnswer
    default: false
    }
  }
}

extension TransportFailure {
  /// The network did its part, and what answered was no peer of ours.
  var isUnusableAnswer: Bool {
    guard case .network(let failure) = self, !failure.isNoHTTP else { return false }
    return failure.layer == .answer || failure.layer == .message
  }
}
