import Authorization
import EventLoop
import Faults
import JSON

// Tokens without a person in front of a page: clients that act for themselves, tokens for tokens, assertions.
extension AuthorizationServer {
  func serve(itself client: StoredClient, _ call: WebCall) async throws(Refusal) -> WebAnswer {
    let scopes = try allowed(try scopes(call.form["scope"] ?? client.metadata.scopes?.text), client)
    let named = try resource(call.form.all("resource"), call.base)
    tell(.tokenIssued, client: client.id, scopes: scopes.text, detail: GrantRow.clientCredentials)
    let order = TokenOrder(
      client: client.id, person: "", scopes: scopes,
      resource: named ?? settings.usualResource(call.base), thumbprint: try thumbprint(call))
    return try tokens(order, refresh: nil, call)
  }

  /// What somebody has made a client for is all that it gets.
  private func allowed(_ scopes: Scopes, _ client: StoredClient) throws(Refusal) -> Scopes {
    guard let own = client.metadata.scopes else { return scopes }
    return try part(of: own, scopes.text)
  }

  // MARK: - Tokens for tokens (RFC 8693)

  func exchange(_ call: WebCall, _ client: StoredClient) async throws(Refusal) -> WebAnswer {
    guard let text = call.form["subject_token"], let type = call.form["subject_token_type"],
      let token = CompactJWT(text), keys.isOurs(token, try state())
    else { throw Refusal(.invalidRequest, "subject_token is no token of this server") }
    guard let expires = token.claims["exp"]?.int, Int64(expires) > clock.seconds else {
      throw Refusal(.invalidGrant, "subject_token is over")
    }
    let wanted = call.form["requested_token_type"] ?? TokenType.access
    switch (type, wanted) {
    case (TokenType.identity, TokenType.assertionGrant):
      return try introduce(token, client, call)
    case (TokenType.access, TokenType.access):
      return try narrow(text, client, call)
    default:
      throw Refusal(.invalidRequest, "a \(wanted) is not given for a \(type)")
    }
  }

  /// For another authorization server, which trusts this one to know who the person is.
  private func introduce(
    _ token: CompactJWT, _ client: StoredClient, _ call: WebCall
  ) throws(Refusal) -> WebAnswer {
    guard token.header["typ"]?.string == TokenType.identityHeader,
      token.audienceContains([client.id]), let subject = token.claims["sub"]?.string
    else { throw Refusal(.invalidGrant, "subject_token was issued to another client") }
    guard let audience = call.form["audience"] else {
      throw Refusal(.invalidRequest, "audience is missing")
    }
    guard audience != call.base else {
      throw Refusal(.invalidTarget, "who wants a token of this server signs in here")
    }
    let now = clock.seconds
    var claims: JSONObject = [
      "iss": .string(call.base), "sub": .string(subject), "aud": .string(audience),
      "client_id": .string(client.id), "jti": .string(try random(12)),
      "iat": .number(JSONNumber(now)), "exp": .number(JSONNumber(now + 300)),
      "scope": .string(call.form["scope"] ?? ""),
    ]
    if let resource = call.form["resource"] { claims["resource"] = .string(resource) }
    if let email = token.claims["email"] { claims["email"] = email }
    return .json([
      "issued_token_type": .string(TokenType.assertionGrant),
      "access_token": .string(try sign(type: TokenType.assertionHeader, claims)),
      "token_type": "N_A", "expires_in": 300, "scope": claims["scope"] ?? "",
    ])
  }

  /// For handing on: with fewer scopes, or for another of our resources. It ends with what it came from.
  private func narrow(
    _ text: String, _ client: StoredClient, _ call: WebCall
  ) throws(Refusal) -> WebAnswer {
    guard let old = believed(text, try state()), !isOver(old, try state()) else {
      throw Refusal(.invalidGrant, "subject_token is revoked or no access token")
    }
    let thumbprint = try thumbprint(call)
    guard old.thumbprint == nil || old.thumbprint == thumbprint else {
      throw Refusal(.invalidGrant, "subject_token is bound to another key")
    }
    let named = try resource(call.form.all("resource"), call.base)
    let order = TokenOrder(
      client: client.id, person: old.person, scopes: try part(of: old.scopes, call.form["scope"]),
      resource: named ?? old.audience, grant: old.grant, thumbprint: thumbprint,
      ends: old.expires)
    return try tokens(
      order, refresh: nil, call, more: [("issued_token_type", .string(TokenType.access))])
  }

  // MARK: - Assertions (RFC 7523)

  func take(assertion call: WebCall, _ client: StoredClient) async throws(Refusal) -> WebAnswer {
    guard let text = call.form["assertion"], let assertion = CompactJWT(text) else {
      throw Refusal(.invalidGrant, "assertion is no JWT")
    }
    guard let issuer = assertion.claims["iss"]?.string,
      let subject = assertion.claims["sub"]?.string
    else { throw Refusal(.invalidGrant, "the assertion has no iss and sub") }
    try await checkSignature(assertion, issuer)
    guard assertion.audienceContains([call.base, call.base + "/token"]) else {
      throw Refusal(.invalidGrant, "the assertion is for another server than \(call.base)")
    }
    try checkTimes(assertion, code: .invalidGrant)
    let isIntroduction = assertion.header["typ"]?.string == TokenType.assertionHeader
    guard isIntroduction != client.id.isEmpty,
      !isIntroduction || assertion.claims["client_id"]?.string == client.id
    else { throw Refusal(.invalidGrant, "the assertion was issued to another client") }
    let named = try resource(
      call.form.all("resource") + [assertion.claims["resource"]?.string].compactMap { $0 },
      call.base)
    let scopes = try part(
      of: try scopes(assertion.scope ?? call.form["scope"]), call.form["scope"])
    let person = isIntroduction ? try introduced(subject, assertion) : ""
    tell(
      .tokenIssued, client: client.id.isEmpty ? subject : client.id, person: person,
      scopes: scopes.text, detail: GrantRow.assertion)
    let order = TokenOrder(
      client: client.id.isEmpty ? subject : client.id, person: person, scopes: scopes,
      resource: named ?? settings.usualResource(call.base), thumbprint: try thumbprint(call))
    return try tokens(order, refresh: nil, call)
  }

  private func introduced(_ subject: String, _ assertion: CompactJWT) throws(Refusal) -> String {
    let email = assertion.claims["email"]?.string
    let found = settings.people().first { $0.id == subject || $0.email == email ?? subject }
    guard let found else {
      throw Refusal(.invalidGrant, "the assertion's subject is nobody here")
    }
    return found.id
  }

  /// Our own tokens are no assertions: what we signed for one purpose would open everything.
  private func checkSignature(
    _ assertion: CompactJWT, _ issuer: String
  ) async throws(Refusal) {
    guard settings.trusted.contains(issuer) else {
      throw Refusal(.invalidGrant, "assertions of \(issuer) are not taken here")
    }
    guard assertion.isSigned(byOneOf: await trustedKeys(of: issuer), crypto) else {
      throw Refusal(.invalidGrant, "the assertion's signature is none of its issuer's")
    }
  }
}

/// Names of kinds of tokens, as RFC 8693 and the profile of enterprise-managed authorization have them.
enum TokenType {
  static let access = "urn:ietf:params:oauth:token-type:access_token"
  static let identity = "urn:ietf:params:oauth:token-type:id_token"
  static let assertionGrant = "urn:ietf:params:oauth:token-type:id-jag"
  static let assertionHeader = "oauth-id-jag+jwt"
  static let identityHeader = "JWT"
}

/// The keys of another issuer, kept for a while.
struct TrustedKeys: Sendable {
  let keys: [PublicJWK]
  let until: Int64
}

extension AuthorizationServer {
  private static let trustLife: Int64 = 300

  private func trustedKeys(of issuer: String) async -> [PublicJWK] {
    if let known = trustedKeys[issuer], known.until > clock.seconds { return known.keys }
    var keys: [PublicJWK] = []
    for path in [WellKnownPath.server, WellKnownPath.openID] where keys.isEmpty {
      guard let metadata = await fetchedJSON(issuer + path),
        metadata["issuer"]?.string == issuer, let address = metadata["jwks_uri"]?.string
      else { continue }
      keys = PublicJWK.set(await fetchedJSON(address))
    }
    if !keys.isEmpty {
      trustedKeys[issuer] = TrustedKeys(keys: keys, until: clock.seconds + Self.trustLife)
    }
    return keys
  }
}

extension CompactJWT {
  fileprivate var scope: String? {
    claims["scope"]?.string.flatMap { $0.isEmpty ? nil : $0 }
  }
}
