/// A URL in the sense of the WHATWG standard, normalised as far as MCP needs it.
///
/// Parts hold their serialised form: scheme and host in lower case, percent-encoding in place, IPv6 in brackets.
/// International host names are passed through undecoded by any table; see `isInternational`.
package struct WebURL: Sendable, Hashable {
  package internal(set) var scheme: String
  package internal(set) var username = ""
  package internal(set) var password = ""
  /// Nil only for URLs without an authority, such as `urn:x` or `data:,x`.
  package internal(set) var host: String?
  /// Nil for the scheme's default port.
  package internal(set) var port: Int?
  package internal(set) var path: String
  package internal(set) var query: String?
  package internal(set) var fragment: String?

  init(scheme: String, path: String = "") {
    self.scheme = scheme
    self.path = path
  }

  package init(_ text: String) throws(WebURLError) {
    self = try WebURLParser(text).absolute()
  }

  /// What `reference` means when it is met in this document.
  package func resolving(_ reference: String) throws(WebURLError) -> WebURL {
    try WebURLParser(reference).resolved(against: self)
  }
}

// MARK: - Reading

extension WebURL {
  package var isHTTP: Bool { scheme == "http" || scheme == "https" }
  package var isSecure: Bool { scheme == "https" || scheme == "wss" }
  package var hasUserinfo: Bool { !username.isEmpty || !password.isEmpty }

  /// The port that is connected to.
  package var effectivePort: Int? { port ?? Self.defaultPorts[scheme] }

  /// What a request line names: path and query.
  package var requestTarget: String {
    (path.isEmpty ? "/" : path) + (query.map { "?" + $0 } ?? "")
  }

  /// The whole URL, credentials and fragment included.
  package var text: String { serialized(userinfo: userinfo, fragment: fragment) }

  /// The URL as it may be sent or stored: no credentials, no fragment.
  package var withoutSecrets: WebURL {
    var url = self
    url.username = ""
    url.password = ""
    url.fragment = nil
    return url
  }

  private var userinfo: String {
    guard hasUserinfo else { return "" }
    return username + (password.isEmpty ? "" : ":" + password) + "@"
  }

  private func serialized(userinfo: String, fragment: String?) -> String {
    let authority = host.map { "//" + userinfo + $0 + (port.map { ":\($0)" } ?? "") }
    // Without an authority a path of two slashes would read as one.
    let guarded = authority == nil && path.hasPrefix("//") ? "/." + path : path
    let tail = (query.map { "?" + $0 } ?? "") + (fragment.map { "#" + $0 } ?? "")
    return scheme + ":" + (authority ?? "") + guarded + tail
  }

  static let defaultPorts = ["http": 80, "https": 443, "ws": 80, "wss": 443]
}

extension WebURL: CustomStringConvertible {
  /// The URL fit for a screen: a password is masked.
  package var description: String {
    let shown = hasUserinfo ? username + (password.isEmpty ? "" : ":•••") + "@" : ""
    return serialized(userinfo: shown, fragment: fragment)
  }
}
