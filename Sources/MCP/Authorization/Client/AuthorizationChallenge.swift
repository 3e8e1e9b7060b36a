package import HTTPCore

/// What a resource server says when it refuses a request for want of credentials.
package struct AuthorizationChallenge: Sendable, Hashable {
  /// What it calls for.
  package enum Meaning: Sendable, Hashable {
    /// No token was sent, or none was understood.
    case signIn
    /// The token is expired, revoked or for someone else.
    case invalidToken
    /// The token is good and does not reach.
    case moreScope
    /// The proof of possession needs a nonce of the server's.
    case nonce
    /// No token will help: policy, role, address or plan.
    case forbidden
  }

  package let status: Int
  package let hasHeader: Bool
  /// `Bearer` or `DPoP`, where one of them was offered.
  package let scheme: String?
  /// Whether a proof with each request is one of the ways.
  package let offersProof: Bool
  package let resourceMetadata: String?
  package let scopes: Scopes?
  package let error: OAuthError?
  package let nonce: String?
  /// What was wrong with the header, as sentences.
  package let issues: [String]

  package init(status: Int, fields: HTTPFields = [:]) {
    self.status = status
    let values = fields.all("WWW-Authenticate")
    let read = AuthChallenges(values)
    hasHeader = !values.isEmpty
    issues = read.issues.map(\.sentence)
    let ours = read.challenges.filter { $0.isScheme("Bearer") || $0.isScheme("DPoP") }
    // Several challenges may share the work: the first that says a thing is believed.
    func first(_ name: String) -> String? { ours.lazy.compactMap { $0[name] }.first }
    scheme = ours.first.map { $0.isScheme("DPoP") ? "DPoP" : "Bearer" }
    offersProof = ours.contains { $0.isScheme("DPoP") }
    resourceMetadata = first("resource_metadata")
    scopes = first("scope").map(Scopes.init(text:)).flatMap { $0.isEmpty ? nil : $0 }
    error = first("error").map {
      OAuthError($0, description: first("error_description"), uri: first("error_uri"))
    }
    nonce = fields["DPoP-Nonce"]
  }

  package var meaning: Meaning {
    switch error?.code {
    case "insufficient_scope": .moreScope
    case "use_dpop_nonce": .nonce
    case "invalid_token": .invalidToken
    default: status == 403 ? .forbidden : .signIn
    }
  }

  /// The header as evidence.
  package func evidence(of url: WebURL) -> AuthorizationEvidence {
    var findings = issues
    if let resourceMetadata { findings.append("resource_metadata: \(resourceMetadata)") }
    if let scopes { findings.append("scope: \(scopes.text)") }
    if let error { findings.append("error: \(error.words)") }
    return AuthorizationEvidence(
      .challenge, method: "POST", url: url.withoutSecrets.text, status: status, findings: findings,
      decision: decision)
  }

  private var decision: String {
    guard hasHeader else {
      return status == 401
        ? "401 without WWW-Authenticate; the well-known places are tried"
        : "no challenge; the well-known places are tried"
    }
    if scheme == nil { return "the challenge asks neither for Bearer nor DPoP" }
    return resourceMetadata == nil
      ? "the challenge names no metadata; the well-known places are tried"
      : "the metadata named in the challenge comes first"
  }
}
