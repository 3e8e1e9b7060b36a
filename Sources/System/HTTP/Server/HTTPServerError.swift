package import EventLoop

/// Why a server does not listen.
package enum HTTPServerError: Error, Sendable, Hashable {
  /// The text is no address, or names a host other than localhost.
  case malformedAddress(String)
  case inUse(String)
  /// Ports below 1024, or an address that another user's rules forbid.
  case notAllowed(String)
  /// No interface of this machine has the address.
  case notHere(String)
  case failed(String, SystemError)
}

extension HTTPServerError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformedAddress(let text):
      "cannot listen on '\(text)': expected PORT, HOST:PORT or [IPv6]:PORT with an IP address or localhost"
    case .inUse(let address): "cannot listen on \(address): another program is listening there"
    case .notAllowed(let address):
      "cannot listen on \(address): not allowed, ports below 1024 belong to root"
    case .notHere(let address): "cannot listen on \(address): no interface has that address"
    case .failed(let address, let error): "cannot listen on \(address): \(error.reason)"
    }
  }
}
