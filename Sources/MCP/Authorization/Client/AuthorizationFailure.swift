import HTTPCore

/// Why there is no token. Words of peers in it are foreign text.
package enum AuthorizationFailure: Error, Sendable, Hashable {
  // Finding the authorization server
  case unavailable(url: String, status: Int)
  case network(String)
  case useless(String)
  case privateAddress(url: String, server: String)
  case notEncrypted(url: String)
  case badAddress(url: String, what: String)
  case tooManyRedirects(url: String)
  case resourceMismatch(server: String, advertised: String)
  case noServersNamed(url: String)
  case noServerMetadata(issuer: String, tried: [String])
  case issuerMismatch(expected: String, found: String?)
  case issuerHasQuery(String)
  case noEndpoint(String, issuer: String)
  /// An endpoint on another host than its issuer, which does not answer.
  case endpointElsewhere(String, url: String, issuer: String, why: String)
  case noS256(issuer: String)
  // Who we are there
  case needsRegistration(issuer: String, redirect: String)
  case registrationRefused(issuer: String, status: Int, OAuthError?, sent: String)
  case registrationNeedsToken(issuer: String, status: Int)
  case registrationUnusable(issuer: String, what: String)
  case issuerChanged(old: String, new: String)
  // The user's consent
  case denied(OAuthError)
  /// The page says in words for people why it does not go on.
  case pageRefused(status: Int, words: String)
  case stateMismatch
  case issMissing(expected: String)
  case issMismatch(expected: String, found: String)
  case noCode
  case noAnswer
  case interrupted
  case noWay(String)
  case cannotListen(String)
  // Tokens
  case tokenRefused(step: TokenStep, status: Int, OAuthError)
  case tokenUnusable(step: TokenStep, status: Int, what: String)
  case noRefreshToken
  case noKey(String)
  /// The file that a token is made from is of no use.
  case noWord(String)
  case noProofAlgorithm(issuer: String, offered: [String])
  // Use
  case headerRefused(status: Int, shape: String)
  /// Of credentials that were given as a header; nil where the server does not say which.
  case headerLacksScope(Scopes?)
  case stillRefused(status: Int, OAuthError?)
  case forbidden(status: Int, words: String?)
  case scopeStillShort(needed: Scopes, granted: Scopes)
  case signInNeeded
  // Keeping
  case store(String)
  /// What is kept is encrypted, and its key cannot be had.
  case keyring(String)
  case noCrypto(String)

  /// What a token was being asked for with.
  package enum TokenStep: String, Sendable, Hashable, CaseIterable {
    case code = "the code"
    case refresh = "the refresh token"
    case clientCredentials = "the client's credentials"
    case assertion = "the assertion"
    case exchange = "the identity token"
    case device = "the device code"
  }
}

extension AuthorizationFailure {
  /// No answer came to a question on behalf of that server.
  init(_ outage: AuthorizationOutage, asking url: WebURL, for server: WebURL) {
    if outage.privateAddress != nil {
      self = .privateAddress(url: url.text, server: server.resourceName)
    } else {
      self = outage.isUseless ? .useless(outage.sentence) : .network(outage.sentence)
    }
  }

  /// The same for an endpoint of an authorization server, which may have it elsewhere.
  init(
    _ outage: AuthorizationOutage, asking endpoint: ServerMetadata.Endpoint, at url: WebURL,
    of issuer: String, for server: WebURL
  ) {
    self.init(outage, asking: url, for: server)
    guard case .network(let why) = self else { return }
    do { if try WebURL(issuer).host == url.host { return } } catch { return }
    self = .endpointElsewhere(endpoint.rawValue, url: url.text, issuer: issuer, why: why)
  }

  /// Another try at once may do; nothing that is kept has become worthless.
  package var isTransient: Bool {
    switch self {
    case .network, .noAnswer, .store, .keyring, .endpointElsewhere: true
    case .unavailable(_, let status): status == 429 || status >= 500
    case .tokenUnusable(_, let status, _): status == 429 || status >= 500 || status == 408
    case .tokenRefused(_, let status, let error):
      status == 429 || status >= 500
        || ["temporarily_unavailable", "server_error", "slow_down"].contains(error.code)
    default: false
    }
  }

  /// The refresh token is worth nothing any more.
  package var endsGrant: Bool {
    guard case .tokenRefused(_, let status, let error) = self, status < 500, status != 429 else {
      return false
    }
    return error.code == "invalid_grant"
  }

  /// The server does not know the client any more.
  package var endsRegistration: Bool {
    switch self {
    case .tokenRefused(_, let status, let error):
      status < 500
        && (error.code == "invalid_client" || error.words.lowercased().contains(Self.unknownClient))
    case .tokenUnusable(_, let status, let what):
      (400..<500).contains(status) && what.lowercased().contains(Self.unknownClient)
    default: false
    }
  }

  private static let unknownClient = "unrecognized client"
}
