/// A revision of MCP: a member of the known list, or a foreign string kept as it came.
package struct ProtocolVersion: RawRepresentable, Sendable, Hashable {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  package static let v20241105 = ProtocolVersion(rawValue: "2024-11-05")
  package static let v20250326 = ProtocolVersion(rawValue: "2025-03-26")
  package static let v20250618 = ProtocolVersion(rawValue: "2025-06-18")
  package static let v20251125 = ProtocolVersion(rawValue: "2025-11-25")
  package static let v20260728 = ProtocolVersion(rawValue: "2026-07-28")

  /// All revisions this program speaks, oldest first: the only order there is among them.
  package static let known: [ProtocolVersion] = [
    .v20241105, .v20250326, .v20250618, .v20251125, .v20260728,
  ]

  /// The place in `known`; nil for a foreign version, which has no place in the order.
  package var position: Int? { Self.known.firstIndex(of: self) }
  package var isKnown: Bool { position != nil }
}

/// Written out: what Swift would derive goes through generic code each time.
extension ProtocolVersion {
  package static func == (left: ProtocolVersion, right: ProtocolVersion) -> Bool {
    left.rawValue == right.rawValue
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension ProtocolVersion: CustomStringConvertible {
  package var description: String { rawValue }
}

/// How a peer opens a conversation: by `initialize`, or by describing every request in itself.
package enum Era: String, Sendable, Hashable, CaseIterable {
  case handshake
  case stateless
}
