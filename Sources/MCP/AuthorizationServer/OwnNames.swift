package import HTTPCore

/// The addresses that this server can be asked under. The one that a request used is its issuer: programs that know
/// the server as `localhost` and programs that know it as `127.0.0.1` both find themselves named rightly.
package struct OwnNames: Sendable, Hashable {
  /// The one address that counts, where a proxy stands in front; without a slash behind.
  package var fixed: String?
  package var scheme = "http"
  /// `HOST:PORT` that it listens at, for requests that name no host of ours.
  package var listening: String
  package var isLoopback = true
  /// Further names, without port.
  package var hosts: [String] = []

  package init(listening: String) { self.listening = listening }

  /// The issuer for a request with these fields.
  package func base(_ fields: HTTPFields) -> String {
    if let fixed { return fixed }
    guard let host = fields["Host"], let origin = own(host) else {
      return "\(scheme)://\(listening)"
    }
    return origin
  }

  /// A name that is not ours would let whoever made it up decide where tokens come from.
  private func own(_ host: String) -> String? {
    do {
      let url = try WebURL("\(scheme)://\(host)")
      guard let origin = url.origin, url.path == "/" || url.path.isEmpty, !url.hasUserinfo,
        url.query == nil, url.fragment == nil, let bare = url.bareHost
      else { return nil }
      let isAddress = IPv4Address(bare) != nil || IPv6Address(bare) != nil
      let isOwn = url.isLoopback || hosts.contains(bare) || (!isLoopback && isAddress)
      return isOwn ? origin.description : nil
    } catch { return nil }
  }
}
