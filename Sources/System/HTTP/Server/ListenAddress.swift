package import HTTPCore

/// Where a server listens: numeric addresses and a port, 0 for one that is free.
package struct ListenAddress: Sendable, Hashable {
  package enum Host: Sendable, Hashable {
    case ipv4(IPv4Address)
    case ipv6(IPv6Address)
  }

  /// Tried in order; those after the first may be missing on a machine.
  package let hosts: [Host]
  package let port: UInt16

  package init(hosts: [Host], port: UInt16) {
    self.hosts = hosts
    self.port = port
  }

  /// Loopback, both kinds.
  package static func localhost(port: UInt16) -> ListenAddress {
    let hosts = [IPv4Address("127.0.0.1").map(Host.ipv4), IPv6Address("::1").map(Host.ipv6)]
    return ListenAddress(hosts: hosts.compactMap { $0 }, port: port)
  }

  /// Reads `3000`, `:3000`, `127.0.0.1:3000`, `[::1]:3000`, `localhost:3000` and `*:3000`.
  package init(_ text: String) throws(HTTPServerError) {
    let cut = text.utf8.lastIndex(of: UInt8(ascii: ":"))
    let host = cut.map { text[..<$0] } ?? ""
    let digits = cut.map { text[text.utf8.index(after: $0)...] } ?? text[...]
    guard let port = UInt16(digits), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw .malformedAddress(text)
    }
    self.port = port
    hosts = try Self.hosts(host, of: text)
  }

  private static func hosts(_ host: Substring, of text: String) throws(HTTPServerError) -> [Host] {
    if host.isEmpty || host.equalsIgnoringASCIICase("localhost") { return localhost(port: 0).hosts }
    if host == "*" {
      return [IPv6Address("::").map(Host.ipv6), IPv4Address("0.0.0.0").map(Host.ipv4)]
        .compactMap { $0 }
    }
    if host.first == "[", host.last == "]",
      let address = IPv6Address(String(host.dropFirst().dropLast()))
    {
      return [.ipv6(address)]
    }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4, parts.allSatisfy({ UInt8($0) != nil }),
      let address = IPv4Address(String(host))
    else { throw .malformedAddress(text) }
    return [.ipv4(address)]
  }

  /// Whether only programs of this machine can connect.
  package var isLoopback: Bool {
    hosts.allSatisfy { host in
      switch host {
      case .ipv4(let address): address.isLoopback
      case .ipv6(let address): address.isLoopback
      }
    }
  }
}

extension ListenAddress.Host {
  /// As it stands in a URL, the port behind it.
  func text(port: UInt16) -> String {
    switch self {
    case .ipv4(let address): "\(address):\(port)"
    case .ipv6(let address): "[\(address)]:\(port)"
    }
  }
}
