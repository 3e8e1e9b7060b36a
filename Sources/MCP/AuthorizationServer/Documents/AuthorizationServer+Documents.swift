import EventLoop
import Faults
import HTTP
import HTTPCore
import JSON

// What the server and its resources say about themselves.
extension AuthorizationServer {
  func metadata(_ call: WebCall) -> WebAnswer {
    .json(.object(serverMetadata(call.base, isOpenID: call.request.path == WellKnownPath.openID)))
  }

  func publicKeys(_ call: WebCall) throws(Refusal) -> WebAnswer {
    .json(keys.publicSet(try state()))
  }

  private func serverMetadata(_ base: String, isOpenID: Bool) -> JSONObject {
    let home = faults.has(.foreignEndpoints) ? "https://login.example.net" : base
    var json: JSONObject = [
      "issuer": .string(namedIssuer(base)), "authorization_endpoint": .string(home + "/authorize"),
      "token_endpoint": .string(home + "/token"), "jwks_uri": .string(home + "/jwks"),
      "registration_endpoint": .string(home + "/register"),
      "revocation_endpoint": .string(home + "/revoke"),
      "introspection_endpoint": .string(home + "/introspect"),
      "device_authorization_endpoint": .string(home + "/device_authorization"),
      "scopes_supported": .words(settings.scopes.map(\.name) + ["openid"]),
      "response_types_supported": ["code"], "response_modes_supported": ["query"],
      "grant_types_supported": .words(GrantRow.names.filter { !faults.hides($0) }),
      "code_challenge_methods_supported": ["S256"],
      "token_endpoint_auth_methods_supported": .words(ClientMetadata.methods),
      "token_endpoint_auth_signing_alg_values_supported": .words(ProofOfPossession.algorithms),
      "revocation_endpoint_auth_methods_supported": .words(ClientMetadata.methods),
      "introspection_endpoint_auth_methods_supported": .words(ClientMetadata.methods),
      "dpop_signing_alg_values_supported": .words(ProofOfPossession.algorithms),
      "client_id_metadata_document_supported": true,
      "authorization_response_iss_parameter_supported": .bool(!faults.has(.issuerNotAnnounced)),
      "authorization_grant_profiles_supported": [
        "urn:ietf:params:oauth:grant-profile:id-jag"
      ],
      "prompt_values_supported": ["none", "consent", "login", "select_account"],
      "subject_types_supported": ["public"],
      "id_token_signing_alg_values_supported": ["ES256"],
    ]
    if faults.has(.noS256) { json["code_challenge_methods_supported"] = nil }
    if faults.has(.noRegistration) {
      json["registration_endpoint"] = nil
      json["client_id_metadata_document_supported"] = false
    }
    return json
  }

  private func namedIssuer(_ base: String) -> String {
    if faults.has(.wrongIssuer) { return "https://login.example.net" }
    if faults.has(.issuerSlash) { return base + "/" }
    if faults.has(.issuerQuery) { return base + "?tenant=common" }
    return base
  }

  // MARK: - The protected resource

  /// The path behind the well-known one names the resource; without it the first endpoint is meant.
  func resource(_ call: WebCall) -> WebAnswer {
    let named = call.request.path.dropFirst(WellKnownPath.resource.count)
    guard !faults.has(named.isEmpty ? .noRootResource : .noPathResource) else {
      return .json(["error": "not_found"], status: 404)
    }
    let resource = named.isEmpty ? settings.usualResource(call.base) : call.base + named
    var json: JSONObject = [
      "resource": .string(namedResource(resource)),
      "authorization_servers": .array([.string(namedServer(call.base))]),
      "scopes_supported": .words(settings.scopes.map(\.name)),
      "bearer_methods_supported": ["header"],
      "resource_name": .string(settings.title),
      "dpop_signing_alg_values_supported": .words(ProofOfPossession.algorithms),
    ]
    if faults.has(.noServers) { json["authorization_servers"] = nil }
    return .json(.object(json))
  }

  private func namedResource(_ resource: String) -> String {
    if faults.has(.resourceSlash) { return resource + "/" }
    if faults.has(.resourceElsewhere) { return "https://mcp.example.net/mcp" }
    return resource
  }

  private func namedServer(_ base: String) -> String {
    if faults.has(.issuerQuery) { return base + "?tenant=common" }
    return faults.has(.privateIssuer) ? "http://169.254.169.254" : base
  }
}

extension JSON {
  static func words(_ words: some Sequence<String>) -> JSON { .array(words.map(JSON.string)) }
}
