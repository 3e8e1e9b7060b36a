package import HTTPCore
import JSON
import SafeText

/// A sign-in as it is kept: who gave the tokens, to whom, for what, and where they are renewed.
///
/// Renewing goes to the endpoint that gave them; nothing is discovered anew for it.
package struct StoredGrant: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable {
    case code, device
    case clientCredentials = "client-credentials"
    case assertion
    case enterprise
  }

  /// The server's address, as the user gave it.
  package var server: String
  package var issuer: String
  /// What the `resource` parameter said; nil where it was left out.
  package var resource: String?
  package var client: ClientIdentity
  package var method: TokenAuthentication
  package var kind: Kind
  package var tokens: TokenSet
  /// What was asked for, which may be more than was granted.
  package var requested: Scopes?
  package var tokenEndpoint: WebURL
  package var revocationEndpoint: WebURL?
  /// Seconds since 1970.
  package var signedInAt: Int64
  package var renewedAt: Int64?
  package var terms = ServerTerms()
  /// The private key that the tokens are bound to, PEM.
  var proofKey: Secret?
  /// Where the word comes from that stands for a refresh token.
  var source: WordSource?

  package init(
    server: String, issuer: String, resource: String?, client: ClientIdentity,
    method: TokenAuthentication, kind: Kind, tokens: TokenSet, requested: Scopes?,
    tokenEndpoint: WebURL, signedInAt: Int64
  ) {
    self.server = server
    self.issuer = issuer
    self.resource = resource
    self.client = client
    self.method = method
    self.kind = kind
    self.tokens = tokens
    self.requested = requested
    self.tokenEndpoint = tokenEndpoint
    self.signedInAt = signedInAt
  }

  /// Whether new tokens can be had without the user.
  package var isRenewable: Bool {
    tokens.refresh != nil || needsNoUser
  }

  /// Whether it can be made anew with other scopes, as no person has to agree.
  package var needsNoUser: Bool { kind == .clientCredentials || source != nil }
}

// MARK: - As it is kept

extension StoredGrant {
  init?(_ json: JSON) {
    guard let server = json["server"]?.string, let issuer = json["issuer"]?.string,
      let client = ClientIdentity(json["client"]), let tokens = TokenSet(json["tokens"]),
      let endpoint = Self.url(json["tokenEndpoint"])
    else { return nil }
    self.init(
      server: server, issuer: issuer, resource: json["resource"]?.string, client: client,
      method: json["method"]?.string.flatMap(TokenAuthentication.init) ?? .none,
      kind: json["kind"]?.string.flatMap(Kind.init) ?? .code, tokens: tokens,
      requested: Scopes(json["requested"]), tokenEndpoint: endpoint,
      signedInAt: json["signedInAt"]?.int.map(Int64.init) ?? 0)
    revocationEndpoint = Self.url(json["revocationEndpoint"])
    renewedAt = json["renewedAt"]?.int.map(Int64.init)
    terms = ServerTerms(json["terms"])
    proofKey = (json["proofKey"]?.string).map { Secret($0) }
    source = WordSource(json["source"])
  }

  static func url(_ json: JSON?) -> WebURL? {
    do { return try (json?.string).map { try WebURL($0) } } catch { return nil }
  }

  /// Everything in plain text: for the file only.
  var stored: JSON {
    var object: JSONObject = ["server": .string(server), "issuer": .string(issuer)]
    object["resource"] = resource.map(JSON.string)
    object["client"] = client.stored
    object["method"] = .string(method.rawValue)
    object["kind"] = .string(kind.rawValue)
    object["tokens"] = tokens.stored
    object["requested"] = requested.map { .string($0.text) }
    object["tokenEndpoint"] = .string(tokenEndpoint.text)
    object["revocationEndpoint"] = revocationEndpoint.map { .string($0.text) }
    object["signedInAt"] = .number(JSONNumber(signedInAt))
    object["renewedAt"] = renewedAt.map { .number(JSONNumber($0)) }
    object["terms"] = terms.stored
    object["proofKey"] = proofKey.map { .string($0.reveal()) }
    object["source"] = source?.stored
    return .object(object)
  }
}
