/// A header that a codec wants on an HTTP request.
package struct WireHeader: Sendable, Hashable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// The header names of the protocol.
package enum HeaderName {
  package static let version = "MCP-Protocol-Version"
  package static let session = "Mcp-Session-Id"
  package static let method = "Mcp-Method"
  package static let name = "Mcp-Name"
}
