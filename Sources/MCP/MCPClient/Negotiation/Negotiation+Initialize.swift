import JSON
import JSONRPC
import MCPProtocol
import Transports

extension Negotiation {
  /// What an answer to `initialize` means.
  mutating func afterInitialize(
    _ version: ProtocolVersion, on way: NegotiationWay, _ observation: NegotiationObservation
  ) -> NegotiationStep {
    if let afresh = afresh(version, on: way, after: observation) { return afresh }
    return switch observation {
    case .result(let result): afterHandshake(version, on: way, result)
    case .rejected(let error): afterRefusedHandshake(version, on: way, error)
    case .refused(let refusal): afterHandshake(version, on: way, refusal)
    case .unusable: older(version, on: way) ?? .failed(.notMCP)
    case .timedOut(let limit), .silent(let limit): .failed(.timedOut(limit))
    case .unheard(let limit): .failed(.unheard(limit))
    case .ended(let end): .failed(.ended(end))
    case .failed(.refused(let refusal)): afterHandshake(version, on: way, refusal)
    case .failed(let failure): afterHandshake(version, on: way, failure)
    }
  }

  /// The process that said it does not know the probe may be the worse for it all the same: whatever goes wrong in it
  /// is tried once more in a process that has heard nothing.
  private mutating func afresh(
    _ version: ProtocolVersion, on way: NegotiationWay, after observation: NegotiationObservation
  ) -> NegotiationStep? {
    guard isProbedProcess(way), !observation.isResult, observation.namedVersions == nil,
      once(.freshProcess)
    else { return nil }
    return .initialize(version, on: .freshProcess)
  }

  /// A peer may answer any revision that we speak; the one it names counts.
  private func afterHandshake(
    _ version: ProtocolVersion, on way: NegotiationWay, _ result: JSON
  ) -> NegotiationStep {
    // A result without a revision comes from a peer that never read ours: it is taken at our word.
    let answered = result["protocolVersion"]?.string ?? ""
    let named = answered.isEmpty ? version.rawValue : answered
    if case .pinned(let pin) = wish, pin.rawValue != named {
      return .failed(.pinRefused(pin, theirs: [named]))
    }
    guard let spoken = offer.handshake.first(where: { $0.rawValue == named }) else {
      return .failed(.nothingShared(theirs: [named], ours: offer.handshake))
    }
    return .settled(
      NegotiationVerdict(
        era: .handshake, version: spoken, usesLegacyStream: way == .legacyStream,
        opening: result, way: way))
  }

  private mutating func afterRefusedHandshake(
    _ version: ProtocolVersion, on way: NegotiationWay, _ error: RPCError
  ) -> NegotiationStep {
    correctedHandshake(version, on: way, error) ?? patientProbe(after: error)
      ?? .failed(.initializeRefused(error))
  }

  /// A process that seemed deaf to the probe and refuses `initialize` may have been slow: it is given time once.
  private mutating func patientProbe(after error: RPCError) -> NegotiationStep? {
    guard wish == .automatic, evidence.contains(where: \.observation.isSilence),
      let newest = offer.stateless.first, once(.patientProbe)
    else { return nil }
    refusedOpening = error
    return .discover(newest, on: .freshProcess)
  }

  /// Another question that the error itself asks for, each put once.
  private mutating func correctedHandshake(
    _ version: ProtocolVersion, on way: NegotiationWay, _ error: RPCError
  ) -> NegotiationStep? {
    let named = error.namedVersions ?? []
    if case .pinned(let pin) = wish {
      return named.isEmpty ? nil : .failed(.pinRefused(pin, theirs: named))
    }
    let stateless = offer.stateless.first { error.statelessVersions?.contains($0.rawValue) == true }
    if let stateless, way != .legacyStream, once(.lateStateless) {
      return .discover(stateless, on: .current)
    }
    let shared = offer.handshake.first { named.contains($0.rawValue) && $0 != version }
    if let shared, once(.correctedHandshake) { return .initialize(shared, on: staying(on: way)) }
    if !named.isEmpty { return .failed(.nothingShared(theirs: named, ours: allOurs)) }
    guard let code = error.code, RPCError.invalidParamsCodes.contains(code) else {
      return nil
    }
    return oldest(version, on: way)
  }

  private mutating func afterHandshake(
    _ version: ProtocolVersion, on way: NegotiationWay, _ refusal: HTTPRefusal
  ) -> NegotiationStep {
    if let challenge = refusal.challenge { return .authorize(challenge) }
    if let error = refusal.rpcError, error.namedVersions != nil,
      let next = correctedHandshake(version, on: way, error)
    {
      return next
    }
    let leadsToStream = refusal.lacksMethod || [400, 404].contains(refusal.status)
    if leadsToStream, let next = older(version, on: way) { return next }
    if way == .legacyStream, !refusal.isNoEvidence { return .failed(.notMCP) }
    return .failed(refusal.rpcError.map(NegotiationFailure.initializeRefused) ?? .refused(refusal))
  }

  /// An event stream that cannot be had at that URL is the last of three refusals.
  private func afterHandshake(
    _ version: ProtocolVersion, on way: NegotiationWay, _ failure: TransportFailure
  ) -> NegotiationStep {
    guard failure.isUnusableAnswer, route == .http else { return .failed(.transport(failure)) }
    return older(version, on: way) ?? .failed(.notMCP)
  }

  /// The older transport, where this target may have it and was not asked already.
  private func older(_ version: ProtocolVersion, on way: NegotiationWay) -> NegotiationStep? {
    guard route == .http, way != .legacyStream else { return nil }
    return .initialize(version, on: .legacyStream)
  }

  /// Some early servers refuse what they do not know instead of naming what they do.
  private mutating func oldest(
    _ version: ProtocolVersion, on way: NegotiationWay
  ) -> NegotiationStep? {
    guard let oldest = offer.handshake.last, oldest != version, once(.oldestHandshake) else {
      return nil
    }
    return .initialize(oldest, on: staying(on: way))
  }

  /// The process that was fresh for the first question is the current one for the next.
  private func staying(on way: NegotiationWay) -> NegotiationWay {
    way == .freshProcess ? .current : way
  }
}
