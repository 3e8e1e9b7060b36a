package import MCPProtocol

/// One method or notification of the protocol.
package struct MethodRow: Sendable {
  package enum Sender: Sendable, Hashable {
    case client, server, either
  }

  package enum Kind: Sendable, Hashable {
    case request, notification
  }

  package let name: String
  package let kind: Kind
  package let sender: Sender
  package let window: VersionWindow
  /// The parameter that HTTP repeats as `Mcp-Name`.
  package var nameParameter: String?
  /// May be answered by a wish for input.
  package var mayAskInput = false
  package var isCacheable = false
  /// Calling it again has no further effect: it may be repeated without asking.
  package var isIdempotent = false
  /// The extension that has to be declared on both sides.
  package var extensionName: String?

  package func isIn(_ version: ProtocolVersion) -> Bool { window.contains(version) }
}

/// The identifiers of extensions this program speaks.
package enum ExtensionName {
  package static let tasks = "io.modelcontextprotocol/tasks"
}
