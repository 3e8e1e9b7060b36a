package import JSONRPC
package import MCPProtocol

/// What one revision has, as a value: sessions and transports ask it instead of the version.
package struct WireFeatures: Sendable, Hashable {
  package let version: ProtocolVersion
  /// A bit for each feature.
  private let present: UInt64

  /// Nil for a foreign version.
  package init?(_ version: ProtocolVersion) {
    guard version.isKnown else { return nil }
    self.init(known: version)
  }

  init(known version: ProtocolVersion) {
    self.version = version
    present = featureTable.filter { $0.window.contains(version) }
      .reduce(0) { $0 | Self.bit($1.feature) }
  }

  package func has(_ feature: Feature) -> Bool { present & Self.bit(feature) != 0 }

  /// Invariant: there are fewer than 64 features.
  private static func bit(_ feature: Feature) -> UInt64 { 1 << UInt64(feature.rawValue) }

  package var era: Era { has(.handshake) ? .handshake : .stateless }

  package var taskShape: TaskShape? {
    has(.coreTasks) ? .core : has(.taskExtension) ? .flat : Optional.none
  }

  /// The code a server gives for a resource that is not there.
  package var resourceMissing: RPCErrorCode {
    era == .handshake ? .resourceNotFound : .invalidParams
  }
}

extension ProtocolVersion {
  package var era: Era? { Self.eras[self] }

  private static let eras: [ProtocolVersion: Era] = Dictionary(
    uniqueKeysWithValues: known.map { ($0, WireFeatures(known: $0).era) })

  /// The revisions of an era, oldest first.
  package static func known(in era: Era) -> [ProtocolVersion] { known.filter { $0.era == era } }

  /// The newest revision of that era both sides have, nil where there is none.
  package static func newestShared(
    _ era: Era, among offered: [ProtocolVersion], ours: [ProtocolVersion] = known
  ) -> ProtocolVersion? {
    known(in: era).last { ours.contains($0) && offered.contains($0) }
  }

  /// Invariant: every era has a revision in `known`.
  package static func newest(of era: Era) -> ProtocolVersion {
    known(in: era).last ?? (era == .handshake ? .v20251125 : .v20260728)
  }
}
