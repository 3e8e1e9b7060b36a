/// A proxy and the variable or setting that named it.
package struct ProxyChoice: Sendable, Hashable, CustomStringConvertible {
  /// As libcurl takes it: `scheme://user:password@host:port`, the scheme defaulting to http.
  package let address: String
  package let source: String

  package init(address: String, source: String) {
    self.address = address
    self.source = source
  }

  /// Fit for a screen: the credentials are cut out.
  package var description: String {
    guard let at = address.utf8.lastIndex(of: UInt8(ascii: "@")) else { return address }
    let scheme = address.firstRange(of: "://").map { String(address[..<$0.upperBound]) } ?? ""
    return scheme + "•••" + String(address[at...])
  }
}

/// Which proxy a URL goes through, by the variables that curl and most programs read.
package struct ProxyRule: Sendable, Hashable {
  private var choices: [String: ProxyChoice] = [:]
  private var exceptions: [String] = []

  /// Everything goes direct.
  package static let none = ProxyRule(environment: [:])

  /// `http_proxy`, `https_proxy`, `all_proxy`, `no_proxy`, in small letters first, then in capitals.
  ///
  /// `HTTP_PROXY` is not read under CGI, where the peer of a web server sets it.
  package init(environment: [String: String]) {
    for scheme in ["http", "https", "all"] {
      let small = scheme + "_proxy"
      let isForged = scheme == "http" && environment["REQUEST_METHOD"] != nil
      let names = isForged ? [small] : [small, small.uppercased()]
      choices[scheme] =
        names.lazy.compactMap { name in
          guard let value = environment[name]?.trimmingBlanks, !value.isEmpty else { return nil }
          return ProxyChoice(address: value, source: name)
        }.first
    }
    let list = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
    exceptions = list.split { $0 == "," || $0 == " " }.map(\.asciiLowercased)
  }

  /// The one proxy for every URL, whatever the environment says.
  package init(always address: String, source: String) {
    choices["all"] = ProxyChoice(address: address, source: source)
  }

  /// Nil: the connection is direct.
  package func proxy(for url: WebURL) -> ProxyChoice? {
    guard let host = url.bareHost, let choice = choices[url.scheme] ?? choices["all"],
      !exceptions.contains(where: { Self.covers($0, host) })
    else { return nil }
    return choice
  }

  /// `*`, a name and everything below it, an address, or a network such as `10.0.0.0/8`.
  private static func covers(_ exception: String, _ host: String) -> Bool {
    if exception == "*" { return true }
    if let network = AddressBlock(exception) { return network.contains(host) }
    let name = exception.trimming(".")
    let bare = host.trimming(".")
    return !name.isEmpty && (bare == name || bare.hasSuffix("." + name))
  }
}

/// An address or a block of addresses in the notation `address/bits`.
struct AddressBlock {
  private let bytes: [UInt8]
  private let bits: Int

  init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let bytes = Self.bytes(String(first)) else { return nil }
    let bits = parts.count == 2 ? Int(parts[1]) : bytes.count * 8
    guard let bits, (0...bytes.count * 8).contains(bits) else { return nil }
    self.bytes = bytes
    self.bits = bits
  }

  func contains(_ host: String) -> Bool {
    guard let other = Self.bytes(host), other.count == bytes.count else { return false }
    let whole = bits / 8
    guard bytes[..<whole] == other[..<whole] else { return false }
    guard bits % 8 > 0 else { return true }
    return (bytes[whole] ^ other[whole]) >> UInt8(8 - bits % 8) == 0
  }

  private static func bytes(_ text: String) -> [UInt8]? {
    let bare =
      text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
    if let address = IPv6Address(bare) {
      return address.groups.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    }
    guard bare.split(separator: ".").count == 4 else { return nil }
    return IPv4Address(bare)?.octets
  }
}

extension String {
  fileprivate func trimming(_ character: Character) -> String {
    var text = Substring(self)
    while text.first == character { text.removeFirst() }
    while text.last == character { text.removeLast() }
    return String(text)
  }
}
