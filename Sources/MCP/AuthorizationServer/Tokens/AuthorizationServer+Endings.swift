import Authorization
import Database
import EventLoop
import JSON

// Revocation (RFC 7009) and introspection (RFC 7662).
extension AuthorizationServer {
  /// Says yes to tokens it does not know, as the standard has it: they open nothing either way.
  func revoke(_ call: WebCall) async throws(Refusal) -> WebAnswer {
    let client = try await authenticated(call)
    guard let token = call.form["token"] else {
      throw Refusal(.invalidRequest, "token is missing")
    }
    if let known = believed(token, try state()) {
      guard known.client == client.id else { return .empty() }
      try await kept { () async throws(AuthorizationStoreError) in
        try await store.revoke(
          token: known.id, of: settings.system,
          until: .init(microseconds: known.expires * 1_000_000))
      }
      await mirror.refresh()
    } else if let grant = try await refreshGrant(token), grant.client == client.id {
      try await end(grant.id, because: "the client revoked its refresh token")
    }
    tell(.revoked, client: client.id)
    return .empty()
  }

  func introspect(_ call: WebCall) async throws(Refusal) -> WebAnswer {
    let client = try await authenticated(call)
    guard let token = call.form["token"] else {
      throw Refusal(.invalidRequest, "token is missing")
    }
    let state = try state()
    if let known = believed(token, state) {
      // A client without a proof of its own may look at nothing but its own.
      let isVisible = known.client == client.id || client.metadata.method != "none"
      guard isVisible, known.expires > clock.seconds, !isOver(known, state) else {
        return .json(["active": false])
      }
      return .json(.object(known.introspection(person(known.person)?.email)))
    }
    guard let grant = try await refreshGrant(token), grant.client == client.id else {
      return .json(["active": false])
    }
    return .json([
      "active": true, "token_type": "refresh_token", "client_id": .string(grant.client),
      "scope": .string(grant.scopes.text), "sub": .string(grant.person),
      "aud": .string(grant.resource), "iss": .string(call.base),
    ])
  }

  /// Looking does not use the token up: a used one is simply not there.
  private func refreshGrant(_ token: String) async throws(Refusal) -> StoredGrant? {
    let hash = digest(token)
    return try await kept { () async throws(AuthorizationStoreError) in
      try await store.grant(ofRefresh: hash, in: settings.system, at: clock.wallTime)
    }
  }
}

extension BelievedToken {
  func introspection(_ email: String?) -> JSONObject {
    var json: JSONObject = [
      "active": true, "iss": .string(issuer), "sub": .string(person.isEmpty ? client : person),
      "aud": .string(audience), "client_id": .string(client), "scope": .string(scopes.text),
      "exp": .number(JSONNumber(expires)), "jti": .string(id),
      "token_type": thumbprint == nil ? "Bearer" : "DPoP",
    ]
    if let email { json["username"] = .string(email) }
    if let thumbprint { json["cnf"] = ["jkt": .string(thumbprint)] }
    return json
  }
}
