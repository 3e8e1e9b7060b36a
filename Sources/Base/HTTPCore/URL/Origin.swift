/// Scheme, host and port: the border that credentials do not cross.
package struct Origin: Sendable, Hashable, CustomStringConvertible {
  package let scheme: String
  package let host: String
  package let port: Int

  /// As an `Origin` header writes it, without the scheme's default port.
  package var description: String {
    let shown = port == WebURL.defaultPorts[scheme] ? "" : ":\(port)"
    return "\(scheme)://\(host)\(shown)"
  }
}

extension WebURL {
  /// Nil for schemes other than http, https, ws and wss.
  package var origin: Origin? {
    guard isSpecial, let host, let port = effectivePort else { return nil }
    return Origin(scheme: scheme, host: host, port: port)
  }

  package func isSameOrigin(as other: WebURL) -> Bool { origin != nil && origin == other.origin }
}
