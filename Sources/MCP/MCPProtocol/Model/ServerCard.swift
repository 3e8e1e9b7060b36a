package import JSON

/// What a server says of itself when a conversation opens, the same for both eras.
package struct ServerCard: Sendable, Hashable {
  package var version: ProtocolVersion
  /// The versions it offers, where it names them.
  package var supported: [ProtocolVersion]
  package var info: Implementation?
  package var capabilities: ServerCapabilities
  package var instructions: String?
  package var caching: CachingHints?
  package var raw: JSON
  package var issues: [ModelIssue]

  package init(
    version: ProtocolVersion, supported: [ProtocolVersion] = [], info: Implementation? = nil,
    capabilities: ServerCapabilities = ServerCapabilities(), instructions: String? = nil,
    caching: CachingHints? = nil, raw: JSON = .null, issues: [ModelIssue] = []
  ) {
    self.version = version
    self.supported = supported
    self.info = info
    self.capabilities = capabilities
    self.instructions = instructions
    self.caching = caching
    self.raw = raw
    self.issues = issues
  }
}
