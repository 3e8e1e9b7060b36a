import HTTPCore

/// Where the documents of a resource and of an authorization server stand, in the order to try.
enum WellKnown {
  struct Place: Sendable, Hashable {
    let url: WebURL
    /// Why this one is tried, as a clause.
    let reason: String
  }

  /// The metadata of a protected resource: with the resource's path first, then at the root.
  static func resource(_ server: WebURL) -> [Place] {
    let name = "/.well-known/oauth-protected-resource"
    let path = bare(server.path)
    let root = Place(url: server.plain(name), reason: "at the server's root")
    guard !path.isEmpty else { return [root] }
    return [Place(url: server.plain(name + path), reason: "at the server's path"), root]
  }

  /// The metadata of an authorization server, under the names of OAuth and OpenID Connect.
  static func server(_ issuer: WebURL) -> [Place] {
    let oauth = "/.well-known/oauth-authorization-server",
      openID = "/.well-known/openid-configuration"
    let path = bare(issuer.path)
    guard !path.isEmpty else {
      return [
        Place(url: issuer.plain(oauth), reason: "as OAuth names it"),
        Place(url: issuer.plain(openID), reason: "as OpenID Connect names it"),
      ]
    }
    return [
      Place(url: issuer.plain(oauth + path), reason: "as OAuth names it, path behind"),
      Place(url: issuer.plain(openID + path), reason: "as OpenID Connect names it, path behind"),
      Place(url: issuer.plain(path + openID), reason: "as OpenID Connect names it, path in front"),
    ]
  }

  private static func bare(_ path: String) -> String {
    var path = path[...]
    while path.hasSuffix("/") { path = path.dropLast() }
    return String(path)
  }
}

extension WebURL {
  func plain(_ path: String) -> WebURL { withoutSecrets.withPath(path) }

  /// As a resource is named: no credentials, no fragment, no bare slash for a path.
  package var resourceName: String {
    let url = withoutSecrets
    guard url.path == "/", url.query == nil else { return url.text }
    return String(url.text.dropLast())
  }
}
