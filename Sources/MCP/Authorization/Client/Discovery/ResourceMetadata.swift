package import JSON

/// What a protected resource says about itself (RFC 9728), and what is odd about it.
package struct ResourceMetadata: Sendable, Hashable {
  package var resource: String?
  package var authorizationServers: [String]
  package var scopes: Scopes?
  package var requiresDPoP: Bool
  package var issues: [String] = []

  package init(_ json: JSON) {
    resource = json["resource"]?.string
    requiresDPoP = json["dpop_bound_access_tokens_required"]?.bool ?? false
    scopes = Scopes(json["scopes_supported"])
    let servers = json["authorization_servers"]
    authorizationServers =
      servers?.array?.compactMap(\.string) ?? servers?.string.map { [$0] } ?? []
    if resource == nil { issues.append("resource is missing") }
    if let servers, servers.array?.count != authorizationServers.count {
      issues.append("authorization_servers is no array of strings")
    }
    if let written = json["scopes_supported"], written.array == nil {
      issues.append("scopes_supported is no array of strings")
    }
  }

  var findings: [String] {
    var lines: [String] = []
    if let resource { lines.append("resource: \(resource)") }
    lines += authorizationServers.map { "authorization server: \($0)" }
    if let scopes { lines.append("scopes_supported: \(scopes.text)") }
    if requiresDPoP { lines.append("tokens must be bound by DPoP") }
    return lines + issues
  }
}
