package import HTTPCore

/// Which addresses that a server names may be asked: none of a private network on the word of a public server, and
/// none without TLS outside of this machine's own development.
package struct AddressPolicy: Sendable, Hashable {
  /// The server the user chose; what it may reach itself is the user's business.
  package let server: WebURL
  /// The user's word that private addresses and plain http are meant.
  package var allowsPrivate: Bool

  package init(server: WebURL, allowsPrivate: Bool = false) {
    self.server = server
    self.allowsPrivate = allowsPrivate
  }

  package enum Problem: Sendable, Hashable {
    case notHTTP
    case userinfo
    case privateAddress
    case notEncrypted
  }

  package func problem(with url: WebURL) -> Problem? {
    guard url.isHTTP, url.host != nil else { return .notHTTP }
    if url.hasUserinfo { return .userinfo }
    if allowsPrivate { return nil }
    if url.isPrivatePlace, !server.isPrivatePlace { return .privateAddress }
    // There machines keep what they know about themselves, which no server has to point to.
    if url.isLinkLocal, url.host != server.host { return .privateAddress }
    let isOwnHost = url.host == server.host && !server.isSecure
    return url.isSecure || url.isLoopback || isOwnHost ? nil : .notEncrypted
  }

  /// Whether the address behind a name must be checked too, when it is known.
  package func refusesPrivateAddresses(of url: WebURL) -> Bool {
    !allowsPrivate && !server.isPrivatePlace && url.host != server.host
  }

  package func request(
    _ method: String = "GET", _ url: WebURL, fields: HTTPFields = [:], body: [UInt8] = []
  ) -> AuthorizationRequest {
    AuthorizationRequest(
      method, url, fields: fields, body: body,
      refusesPrivateAddresses: refusesPrivateAddresses(of: url))
  }
}

extension WebURL {
  /// An address or a name that no public network has.
  fileprivate var isPrivatePlace: Bool {
    if isLoopback || isPrivateAddress { return true }
    guard let bareHost, !bareHost.contains(":") else { return false }
    let name = bareHost.hasSuffix(".") ? String(bareHost.dropLast()) : bareHost
    return !name.contains(".") || Self.localSuffixes.contains { name.hasSuffix($0) }
  }

  fileprivate var isLinkLocal: Bool {
    guard let bareHost else { return false }
    return bareHost.hasPrefix("169.254.") || bareHost.lowercased().hasPrefix("fe80:")
  }

  private static let localSuffixes = [".local", ".internal", ".lan", ".home.arpa", ".localdomain"]
}
