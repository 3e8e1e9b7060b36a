package import HTTPCore

/// The authorization server that was found for a resource.
package struct DiscoveredServer: Sendable, Hashable {
  /// The identifier it was found by; everything kept for this server is kept under it.
  package var issuer: String
  package var metadata: ServerMetadata
  /// What the `resource` parameter is to say.
  package var resource: String
  package var resourceScopes: Scopes?
  package var requiresDPoP = false
  /// The server named no metadata: it is taken to be its own authorization server, as the oldest rules have it.
  package var isOwnServer = false
  /// Nothing was found there either; the endpoints are those that the oldest rules assume.
  package var isAssumed = false
  /// The issuer that its metadata names, where another was asked and the user takes it all the same.
  package var acceptedIssuer: String?
}

/// What is to be discovered, and what the user has settled beforehand.
package struct DiscoveryQuestion: Sendable, Hashable {
  package var policy: AddressPolicy
  package var challenge: AuthorizationChallenge?
  /// Issuers that credentials are held for; preferred where a resource names several.
  package var knownIssuers: [String] = []
  /// The user's word instead of the resource's.
  package var issuer: String?
  /// The user's word on what the `resource` parameter says.
  package var resource: String?
  /// Takes a document whose issuer is another than the one it was found by.
  package var acceptsIssuerMismatch = false
  /// The one other issuer that was accepted at an earlier sign-in.
  package var acceptedIssuer: String?
  /// There is no resource to ask: the issuer given is all that is looked for.
  package var skipsResource = false
  /// Only what the resource says of itself is wanted.
  package var stopsAtResource = false
  /// The revision told to servers of the oldest rules, which may answer by it.
  package var protocolVersion: String?

  package init(policy: AddressPolicy, challenge: AuthorizationChallenge? = nil) {
    self.policy = policy
    self.challenge = challenge
  }

  package var server: WebURL { policy.server }
}
