package import EventLoop
package import JSON
import MCPEras
package import MCPProtocol

/// What an earlier connection to a target settled, fit for a file.
package struct RememberedVerdict: Sendable, Hashable {
  package var version: ProtocolVersion
  package var usesLegacyStream: Bool
  package var time: WallTime
  /// The questions and answers it rests on, a line each. Words of the peer in them are foreign text.
  package var evidence: [String]

  package init(_ verdict: NegotiationVerdict, time: WallTime, evidence: [String] = []) {
    self.evidence = evidence
    version = verdict.version
    usesLegacyStream = verdict.usesLegacyStream
    self.time = time
  }

  /// A server of the handshake era may have been upgraded, and goes on answering the old way: it is asked again
  /// after a day. A stateless verdict holds until it is contradicted.
  package func verdict(at now: WallTime) -> NegotiationVerdict? {
    guard let era = version.era else { return nil }
    let limit = time.advanced(by: Self.handshakeMemory)
    if era == .handshake, now < time || now > limit { return nil }
    return NegotiationVerdict(
      era: era, version: version, usesLegacyStream: usesLegacyStream, opening: .null,
      way: .current)
  }

  private static let handshakeMemory = Duration.seconds(24 * 3600)

  package var json: JSON {
    [
      "version": .string(version.rawValue), "legacyStream": .bool(usesLegacyStream),
      "time": .number(JSONNumber(time.microseconds)),
      "evidence": .array(evidence.map(JSON.string)),
    ]
  }

  /// Nil for a version this program does not speak, and for anything else it did not write.
  package init?(_ json: JSON) {
    guard let text = json["version"]?.string, let time = json["time"]?.int else { return nil }
    version = ProtocolVersion(rawValue: text)
    usesLegacyStream = json["legacyStream"]?.bool ?? false
    self.time = WallTime(microseconds: Int64(time))
    evidence = json["evidence"]?.array?.compactMap(\.string) ?? []
    guard version.isKnown else { return nil }
  }
}
