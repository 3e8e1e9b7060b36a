import Crypto
package import HTTPCore
import SafeText

/// A question to the user in the browser, and all that its answer is checked against.
package struct PendingConsent: Sendable, Hashable {
  /// Where the user is sent.
  package let url: WebURL
  package let redirect: String
  let state: Secret
  let verifier: Secret
  let issuer: String
  /// The server promised to name itself in its answer.
  let namesIssuer: Bool

  init(
    at endpoint: WebURL, server: DiscoveredServer, client: String, redirect: String,
    resource: String?, scope: ScopeChoice, key: ProofKey?, crypto: CryptoLibrary
  ) throws(CryptoError) {
    let state = Base64URL.text(try crypto.randomBytes(24))
    let verifier = Base64URL.text(try crypto.randomBytes(48))
    let challenge = Base64URL.text(crypto.sha256(Array(verifier.utf8)))
    var items = [
      ("response_type", "code"), ("client_id", client), ("redirect_uri", redirect),
      ("code_challenge", challenge), ("code_challenge_method", "S256"), ("state", state),
    ]
    if let resource { items.append(("resource", resource)) }
    if let scopes = scope.scopes { items.append(("scope", scopes.text)) }
    if scope.asksOffline { items.append(("prompt", "consent")) }
    if let key { items.append(("dpop_jkt", key.thumbprint)) }
    url = endpoint.appendingQuery(items)
    self.redirect = redirect
    self.state = Secret(state)
    self.verifier = Secret(verifier)
    issuer = server.metadata.issuer ?? server.issuer
    namesIssuer = server.metadata.namesIssuer
  }

  /// What is asked there, as far as it may be seen.
  var shown: [String] {
    url.queryItems.filter { Self.shown.contains($0.0) }.map { "\($0.0): \($0.1)" }
  }

  private static let shown: Set = [
    "client_id", "redirect_uri", "resource", "scope", "code_challenge_method", "prompt",
    "dpop_jkt",
  ]

  /// Whether an answer is to this question. Others are turned away without an end to the waiting.
  package func isAnswered(by items: [(String, String)]) -> Bool {
    items.first { $0.0 == "state" }?.1 == state.reveal()
  }

  /// The code of an answer: state first, then who answers, and only then what it says.
  func code(of items: [(String, String)]) throws(AuthorizationFailure) -> Secret {
    func value(_ name: String) -> String? { items.first { $0.0 == name }?.1 }
    guard isAnswered(by: items) else { throw .stateMismatch }
    if let found = value("iss") {
      guard found == issuer else { throw .issMismatch(expected: issuer, found: found) }
    } else if namesIssuer {
      throw .issMissing(expected: issuer)
    }
    if let error = OAuthError(form: items) { throw .denied(error) }
    guard let code = value("code"), !code.isEmpty else { throw .noCode }
    return Secret(code)
  }
}
