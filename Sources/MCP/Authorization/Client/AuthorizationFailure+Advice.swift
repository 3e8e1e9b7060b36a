import SafeText

/// What to try next, one line a failure.
extension AuthorizationFailure {
  package var advice: String? {
    switch self {
    case .privateAddress, .notEncrypted: "--allow-private asks such addresses all the same"
    case .resourceMismatch(_, let advertised):
      Self.isSlashOnly(self)
        ? "the two differ by a slash only; use the address as the metadata writes it"
        : "use that address, or say --resource \(ShellQuoting.quoted(advertised)) if it is the same server"
    case .noServersNamed, .noServerMetadata: "--issuer URL names the authorization server by hand"
    case .issuerMismatch:
      "--accept-issuer takes this one all the same, now and at later sign-ins to this server"
    case .noS256: "--accept-no-pkce goes on all the same, now and at later sign-ins to this server"
    case .unavailable: "try again later"
    case .needsRegistration(_, let redirect):
      "register a client with the redirect URI \(redirect) there, then give --client-id ID"
    case .registrationRefused(_, _, _, let sent): "sent was \(sent)"
    case .registrationNeedsToken:
      "--registration-token gives one, --client-id names a client instead"
    case .issuerChanged: "register a client at the new one, and give its --client-id"
    case .endpointElsewhere: "is that host meant? The metadata names it, not this program"
    case .denied(let error): Self.advice(on: error)
    case .pageRefused:
      "is the redirect URI registered there as it is? --callback-port N fixes its port, --forget-client registers anew"
    case .stateMismatch, .noCode: "close other sign-in pages and start again"
    case .issMissing, .issMismatch: "do not go on: another server may be answering in its place"
    case .noAnswer: "--no-browser prints the address instead; --callback-port N fixes the port"
    default: tokenAdvice
    }
  }

  private var tokenAdvice: String? {
    switch self {
    case .tokenRefused(_, _, let error): Self.advice(on: error)
    case .keyring:
      "unlock the keyring in the desktop's session, or sign in anew: that forgets what is kept"
    case .noRefreshToken, .signInNeeded: nil
    case .noProofAlgorithm: "--dpop never goes without, if the server lets you"
    case .stillRefused:
      "look at audience, issuer and expiry: alidade auth token shows the claims; is the clock right?"
    case .forbidden: "another scope does not help: ask whoever runs the server about roles and plan"
    case .scopeStillShort: "the authorization server granted less than was asked for"
    case .headerLacksScope: "a key gets its scopes where it is made: make one that has them"
    case .headerRefused: "the header wins over a stored sign-in; leave it out to use that"
    default: nil
    }
  }

  /// Microsoft's refusal of the parameter resource comes under many codes and one number.
  private static func advice(on error: OAuthError) -> String? {
    rows[error.words.contains("AADSTS9010010") ? "invalid_target" : error.code]
  }

  private static let rows: [String: String] = [
    "invalid_scope": "--scope 'A B' asks for other scopes",
    "invalid_target": "--resource omit leaves the resource parameter out",
    "invalid_grant": "sign in anew; was the code used twice, or is the clock wrong?",
    "invalid_client":
      "--forget-client registers anew; --client-auth chooses how the secret is sent",
    "unauthorized_client": "the authorization server has to allow this grant to the client",
    "unsupported_grant_type": "the authorization server does not offer this grant",
    "access_denied": "sign in again and agree, or use another account",
  ]

  private static func isSlashOnly(_ failure: AuthorizationFailure) -> Bool {
    guard case .resourceMismatch(let server, let advertised) = failure else { return false }
    return server + "/" == advertised || advertised + "/" == server
  }
}
