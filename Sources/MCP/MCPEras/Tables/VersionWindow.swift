package import MCPProtocol

/// The revisions in which something exists: from `added` up to but not including `removed`.
package struct VersionWindow: Sendable, Hashable {
  package let added: ProtocolVersion
  package let removed: ProtocolVersion?

  init(_ added: ProtocolVersion, until removed: ProtocolVersion? = nil) {
    self.added = added
    self.removed = removed
  }

  /// False for a foreign version, which is in no window.
  package func contains(_ version: ProtocolVersion) -> Bool {
    guard let here = version.position, let start = added.position, here >= start else {
      return false
    }
    return removed?.position.map { here < $0 } ?? true
  }

  static let always = VersionWindow(.v20241105)
  static let handshake = VersionWindow(.v20241105, until: .v20260728)
  static let stateless = VersionWindow(.v20260728)
  static func since(_ version: ProtocolVersion) -> VersionWindow { VersionWindow(version) }
}
