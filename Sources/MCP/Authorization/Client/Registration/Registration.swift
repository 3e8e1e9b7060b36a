import HTTPCore
import JSON
import SafeText

/// Dynamic registration (RFC 7591): what is sent, and what is read from the answer.
struct Registration: Sendable {
  var name: String
  var redirects: [String]
  var scopes: Scopes?
  var method: TokenAuthentication
  var grants: [String]
  var token: Secret?

  /// What may be asked for later is registered now: some servers hold a client to the scopes it registered.
  init(
    _ wish: ClientWish, at server: DiscoveredServer, redirect: String, wanted: Scopes?,
    grants wished: [String]
  ) {
    name = wish.name
    redirects = [redirect]
    method = wish.method ?? server.metadata.methodToRegister
    token = wish.registrationToken
    let offered = server.metadata.grants
    grants = wished.filter { $0 == wished[0] || offered?.contains($0) ?? true }
    let possible = server.resourceScopes.map { all in
      Scopes(all.names.filter { server.metadata.scopes?.contains($0) ?? true })
    }
    scopes = wanted.map { possible.map($0.union) ?? $0 }
  }

  var body: JSON {
    var object: JSONObject = [
      "client_name": .string(name), "redirect_uris": .array(redirects.map(JSON.string)),
      "grant_types": .array(grants.map(JSON.string)), "response_types": ["code"],
      "token_endpoint_auth_method": .string(method.rawValue), "application_type": "native",
    ]
    object["scope"] = scopes.map { .string($0.text) }
    return .object(object)
  }

  func request(at url: WebURL, _ policy: AddressPolicy) -> AuthorizationRequest {
    var fields: HTTPFields = ["Content-Type": "application/json", "Accept": "application/json"]
    fields["Authorization"] = token.map { "Bearer \($0.reveal())" }
    return policy.request("POST", url, fields: fields, body: body.compactBytes)
  }

  /// The client that came of it, and what was odd about the answer.
  func read(
    _ answer: AuthorizationAnswer, issuer: String
  ) throws(AuthorizationFailure) -> (client: ClientIdentity, findings: [String]) {
    let json = Discovery.document(answer)
    guard answer.isSuccess, OAuthError(json) == nil || json?["client_id"] != nil else {
      throw refusal(answer, json, issuer)
    }
    guard let json, let id = json["client_id"]?.string, !id.isEmpty else {
      throw .registrationUnusable(issuer: issuer, what: "it holds no client_id")
    }
    var client = ClientIdentity(id: id, source: .registered)
    client.secret = (json["client_secret"]?.string).flatMap { $0.isEmpty ? nil : Secret($0) }
    client.method =
      json["token_endpoint_auth_method"]?.string.flatMap(TokenAuthentication.init)
      ?? (client.secret == nil ? TokenAuthentication.none : method == .none ? nil : method)
    client.redirects = redirects
    client.scopes = Scopes(json["scope"]) ?? scopes
    client.secretExpiry = json["client_secret_expires_at"]?.int.flatMap { $0 > 0 ? Int64($0) : nil }
    return (client, findings(json, client))
  }

  private func findings(_ json: JSON, _ client: ClientIdentity) -> [String] {
    var findings = ["client_id: \(client.id)"]
    if let method = client.method {
      findings.append("token_endpoint_auth_method: \(method.rawValue)")
    }
    let returned = json.strings("redirect_uris") ?? redirects
    if !redirects.allSatisfy(returned.contains) {
      findings.append("redirect_uris came back as \(returned.joined(separator: " "))")
    }
    return findings
  }

  private func refusal(
    _ answer: AuthorizationAnswer, _ json: JSON?, _ issuer: String
  ) -> AuthorizationFailure {
    let error = OAuthError(json)
    if answer.status == 401 || answer.status == 403, token == nil {
      return .registrationNeedsToken(issuer: issuer, status: answer.status)
    }
    return .registrationRefused(
      issuer: issuer, status: answer.status, error, sent: body.compact)
  }

  // MARK: - Another try

  /// What to change after a refusal; nil where nothing promises better.
  func adjusted(after failure: AuthorizationFailure) -> (Registration, why: String)? {
    guard case .registrationRefused(_, let status, let error, _) = failure, status < 500 else {
      return nil
    }
    var next = self
    if error?.code == "invalid_redirect_uri", redirects[0].contains("127.0.0.1") {
      next.redirects = [Self.named(redirects[0])]
      return (next, "tried again with localhost in the redirect URI")
    }
    if scopes != nil, error?.words.lowercased().contains("scope") ?? true {
      next.scopes = nil
      return (next, "tried again without scopes")
    }
    return nil
  }

  private static func named(_ redirect: String) -> String {
    do {
      let url = try WebURL(redirect)
      return "http://localhost:\(url.effectivePort ?? 80)\(url.path)"
    } catch {
      return redirect
    }
  }
}
