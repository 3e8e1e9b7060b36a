package import Faults

/// What can go wrong with signing in, for practice: each row is a failure that real servers show.
package enum AuthorizationFault {
  package static let all: [FaultRow] =
    discovery + metadata + registration + consent + tokens + resource + hostile

  static let discovery: [FaultRow] = [
    .noChallenge, .bareChallenge, .noResource, .noRootResource, .noPathResource, .resourceHTML,
    .resourceSlash, .resourceElsewhere, .noServers, .privateIssuer,
  ]
  static let metadata: [FaultRow] = [
    .noMetadata, .metadataHTML, .wrongIssuer, .issuerSlash, .issuerQuery, .foreignEndpoints,
    .noS256, .issuerNotAnnounced,
  ]
  static let registration: [FaultRow] = [
    .noRegistration, .registrationRefused, .registrationForbidden, .clientUnknown, .clientHTML,
  ]
  static let consent: [FaultRow] = [
    .redirectMismatch, .userRefuses, .stateLost, .stateChanged, .issuerMissing, .issuerForeign,
    .scopeRefused, .targetRefused, .lessScope,
  ]
  static let tokens: [FaultRow] = [
    .codeExpired, .refreshRevoked, .noRefreshToken, .noLifetime, .grantRefused, .tokenErrorInside,
    .tokenForm, .tokenHTML, .tokenUnavailable, .needsNonce,
  ]
  static let resource: [FaultRow] = [
    .clockSkew, .wrongAudience, .forbidden,
  ]
  static let hostile: [FaultRow] = [.hugeMetadata, .redirectLoop]
}

extension FaultRow {
  private init(_ id: String, _ title: String) { self.init(id, at: .authorization, title) }

  // MARK: Finding the authorization server

  static let noChallenge = FaultRow("no-challenge", "401 comes without WWW-Authenticate")
  static let bareChallenge = FaultRow(
    "bare-challenge", "The challenge names no resource metadata")
  static let noResource = FaultRow("no-prm", "There is no protected-resource metadata")
  static let noRootResource = FaultRow(
    "no-root-prm", "Protected-resource metadata is at the path only, not at the root")
  static let noPathResource = FaultRow(
    "no-path-prm", "Protected-resource metadata is at the root only, not at the path")
  static let resourceHTML = FaultRow(
    "prm-html", "A page comes in the place of protected-resource metadata")
  static let resourceSlash = FaultRow(
    "trailing-slash-resource", "The resource is named with a slash behind it")
  static let resourceElsewhere = FaultRow(
    "wrong-resource", "The resource is named with another host")
  static let noServers = FaultRow(
    "no-authorization-servers", "Protected-resource metadata names no authorization server")
  static let privateIssuer = FaultRow(
    "private-issuer", "The authorization server is named by an address of a private network")

  // MARK: What it says about itself

  static let noMetadata = FaultRow("no-as-metadata", "The authorization server has no metadata")
  static let metadataHTML = FaultRow(
    "html-metadata", "A page comes in the place of the authorization server's metadata")
  static let wrongIssuer = FaultRow("wrong-issuer", "The metadata names another issuer")
  static let issuerSlash = FaultRow("issuer-slash", "The issuer is named with a slash behind it")
  static let issuerQuery = FaultRow("issuer-query", "The issuer is named with a query")
  static let foreignEndpoints = FaultRow("foreign-endpoints", "The endpoints are on another host")
  static let noS256 = FaultRow("no-s256", "The metadata does not say that PKCE with S256 works")
  static let issuerNotAnnounced = FaultRow(
    "iss-not-announced", "Answers name the issuer, and the metadata does not say so")

  // MARK: Clients

  static let noRegistration = FaultRow(
    "no-registration", "Clients can neither register nor use a document")
  static let registrationRefused = FaultRow(
    "dcr-refused", "Registration is refused for its redirect URI")
  static let registrationForbidden = FaultRow(
    "dcr-forbidden", "Registration needs an initial access token")
  static let clientUnknown = FaultRow("invalid-client", "The client is not known any more")
  static let clientHTML = FaultRow(
    "invalid-client-html", "A page says that the client is not known")

  // MARK: Consent

  static let redirectMismatch = FaultRow(
    "redirect-mismatch", "The redirect URI is none that was registered")
  static let userRefuses = FaultRow("access-denied", "The user refuses")
  static let stateLost = FaultRow("no-state", "The answer comes without state")
  static let stateChanged = FaultRow("wrong-state", "The answer comes with another state")
  static let issuerMissing = FaultRow("no-iss", "The answer does not name the issuer as promised")
  static let issuerForeign = FaultRow("wrong-iss", "The answer names another issuer")
  static let scopeRefused = FaultRow("invalid-scope", "The scopes are refused")
  static let targetRefused = FaultRow("invalid-target", "The parameter resource is refused")
  static let lessScope = FaultRow("less-scope", "Fewer scopes are granted than were asked for")

  // MARK: Tokens

  static let codeExpired = FaultRow("code-expired", "The code is over before it is used")
  static let refreshRevoked = FaultRow("refresh-revoked", "Refresh tokens are revoked")
  static let noRefreshToken = FaultRow("no-refresh-token", "No refresh token comes")
  static let noLifetime = FaultRow("no-expires-in", "Tokens come without expires_in")
  static let grantRefused = FaultRow(
    "unsupported-grant", "Only authorization_code is a grant that works")
  static let tokenErrorInside = FaultRow(
    "error-200", "The token endpoint answers an error with status 200")
  static let tokenForm = FaultRow("form-token", "The token endpoint answers with a form")
  static let tokenHTML = FaultRow("html-token", "The token endpoint answers with a page")
  static let tokenUnavailable = FaultRow("token-503", "The token endpoint is not available")
  static let needsNonce = FaultRow("dpop-nonce", "Proofs of possession need a nonce")

  // MARK: Using them

  static let clockSkew = FaultRow(
    "clock-skew", "The server's clock is an hour ahead: tokens are over at once")
  static let wrongAudience = FaultRow(
    "wrong-audience", "Tokens are issued for another server: 401 right after a good sign-in")
  static let forbidden = FaultRow(
    "forbidden", "403 comes that no scope helps against")

  // MARK: Bad intent

  static let hugeMetadata = FaultRow("huge-metadata", "The metadata is eight megabytes long")
  static let redirectLoop = FaultRow("redirect-loop", "The metadata redirects to itself")
}

extension FaultBoard {
  /// Whether a grant type is switched off.
  func hides(_ grant: String) -> Bool {
    has(.grantRefused) && grant != "authorization_code"
  }
}
