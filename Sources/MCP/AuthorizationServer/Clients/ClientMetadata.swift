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
    let standard = isDocument ? "none" : "client_secret_basic"
    json["token_endpoint_auth_method"] = json["token_endpoint_auth_method"] ?? .string(standard)
    json["grant_types"] = json["grant_types"] ?? ["authorization_code"]
    json["response_types"] = json["response_types"] ?? ["code"]
    self.init(known: json)
    try check()
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

/// Which redirect URIs a client may have, and which one a request may name.
enum RedirectMatch {
  /// Schemes that a browser acts upon instead of handing over.
  private static let dangerous: Set<String> = [
    "javascript", "data", "file", "vbscript", "about", "blob", "view-source", "ws", "wss", "ftp",
  ]

  static func check(_ text: String) throws(Refusal) {
    let url: WebURL
    do { url = try WebURL(text) } catch {
      throw Refusal(.invalidRedirect, "the redirect URI \(text) is no URL: \(error)")
    }
    guard url.fragment == nil, !url.hasUserinfo, !dangerous.contains(url.scheme) else {
      throw Refusal(.invalidRedirect, "the redirect URI \(text) is not allowed")
    }
    guard url.scheme != "http" || url.isLoopback else {
      throw Refusal(.invalidRedirect, "the redirect URI \(text) is not encrypted")
    }
  }

  /// Letter by letter; only the port of a program on the same machine may be another, which it cannot know before
  /// it listens (RFC 8252).
  static func matches(_ asked: String, _ registered: String) -> Bool {
    if asked == registered { return true }
    do {
      let (left, right) = (try WebURL(asked), try WebURL(registered))
      return left.scheme == "http" && right.scheme == "http" && right.isLoopback
        && left.host == right.host && left.path == right.path && left.query == right.query
        && left.fragment == nil && !left.hasUserinfo
    } catch { return false }
  }
}
