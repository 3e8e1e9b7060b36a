import HTTPCore

/// An address that a server wants the user to open, and what the user should know before doing so.
package struct WebPage: Sendable, Hashable {
  /// The whole address, as the server wrote it. Foreign text.
  package let address: String
  /// The host that would be reached; nil where the text is no address of the web.
  package let host: String?
  package let warnings: [String]

  package init(_ address: String) {
    self.address = address
    do throws(WebURLError) {
      let url = try WebURL(address)
      host = url.isHTTP ? url.bareHost : nil
      warnings = Self.warnings(url)
    } catch {
      host = nil
      warnings = ["this is no address: \(error)"]
    }
  }

  /// Whether a browser may be sent there.
  package var isOpenable: Bool { host != nil }

  private static func warnings(_ url: WebURL) -> [String] {
    guard url.isHTTP else { return ["\(url.scheme): is no address of the web"] }
    return [
      url.isSecure || url.isLoopback ? nil : "the connection to it is not encrypted",
      url.hasUserinfo ? "the part before @ is no host, and belongs to nobody you know" : nil,
      url.isInternational ? "the host's name has letters that look like others" : nil,
      url.isLoopback || !url.isAddress ? nil : "the host is a bare address",
    ].compactMap { $0 }
  }
}

extension WebURL {
  /// Whether the host is an IP address and no name.
  fileprivate var isAddress: Bool {
    guard let host = bareHost else { return false }
    return host.utf8.contains(UInt8(ascii: ":"))
      || host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (48...57).contains($0) }
  }
}
