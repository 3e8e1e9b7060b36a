package import Authorization
import HTTPCore
import JSON

/// What a client says about itself when it registers, or in its document (RFC 7591).
package struct ClientMetadata: Sendable, Hashable {
  var json: JSONObject

  /// What was checked before.
  init(known json: JSONObject) { self.json = json }

  package var name: String? { json["client_name"]?.string.flatMap { $0.isEmpty ? nil : $0 } }
  package var redirects: [String] { list("redirect_uris") }
  package var grants: [String] { list("grant_types") }
  package var method: String { json["token_endpoint_auth_method"]?.string ?? "client_secret_basic" }
  var keys: [PublicJWK] { PublicJWK.set(json["jwks"]) }
  var keysAddress: String? { json["jwks_uri"]?.string }
  package var scopes: Scopes? { json["scope"].flatMap { Scopes($0) } }

  var needsSecret: Bool { method == "client_secret_basic" || method == "client_secret_post" }

  private func list(_ name: String) -> [String] { json[name]?.array?.compactMap(\.string) ?? [] }
}

extension ClientMetadata {
  static let methods = ["none", "client_secret_basic", "client_secret_post", "private_key_jwt"]

  /// Reads what a client asks for. What is left out gets the standard's values.
  init(asked: JSON, isDocument: Bool = false) throws(Refusal) {
    guard var json = asked.object else {
      throw Refusal(.invalidMetadata, "the body is no JSON object")
    }
    // Some clients write out what they leave out.
    json.members.removeAll { $0.value == .null }
    let standard = isDocument ? "none" : "client_secret_basic"
    json["token_endpoint_auth_method"] = json["token_endpoint_auth_method"] ?? .string(standard)
    json["grant_types"] = json["grant_types"] ?? ["authorization_code"]
    json["response_types"] = json["response_types"] ?? ["code"]
    self.init(known: json)
    try checkShapes()
    try check()
  }

  private static let lists = ["redirect_uris", "grant_types", "response_types"]
  private static let texts = [
    "token_endpoint_auth_method", "client_name", "client_uri", "logo_uri", "tos_uri", "policy_uri",
    "jwks_uri", "scope", "software_id", "software_version", "application_type",
  ]

  /// What is of another type would be passed over here and told to the client as taken.
  private func checkShapes() throws(Refusal) {
    for name in Self.lists {
      guard let value = json[name] else { continue }
      guard let items = value.array, items.allSatisfy({ $0.string != nil }) else {
        throw Refusal(
          name == "redirect_uris" ? .invalidRedirect : .invalidMetadata,
          "\(name) is no list of texts")
      }
    }
    if let name = Self.texts.first(where: { json[$0].map { $0.string == nil } ?? false }) {
      throw Refusal(.invalidMetadata, "\(name) is no text")
    }
    if let unknown = list("response_types").first(where: { $0 != "code" }) {
      throw Refusal(.invalidMetadata, "the response type \(unknown) is not known here")
    }
  }

  private func check() throws(Refusal) {
    guard Self.methods.contains(method) else {
      throw Refusal(.invalidMetadata, "token_endpoint_auth_method \(method) is not known here")
    }
    if method == "private_key_jwt", keys.isEmpty, keysAddress == nil {
      throw Refusal(.invalidMetadata, "private_key_jwt needs jwks or jwks_uri")
    }
    if let unknown = grants.first(where: { !GrantRow.names.contains($0) }) {
      throw Refusal(.invalidMetadata, "the grant type \(unknown) is not known here")
    }
    if grants.contains("authorization_code"), redirects.isEmpty {
      throw Refusal(.invalidRedirect, "redirect_uris is missing")
    }
    for redirect in redirects { try RedirectMatch.check(redirect) }
    guard redirects.count <= 32, (name ?? "").utf8.count <= 1024 else {
      throw Refusal(.invalidMetadata, "that is too long")
    }
  }
}
