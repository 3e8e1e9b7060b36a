/// How a server is reached, as far as its definition says so.
package enum TransportKind: String, Sendable, Hashable, CaseIterable {
  case stdio
  /// Streamable HTTP.
  case http
  /// HTTP with server-sent events, the transport of 2024-11-05.
  case sse
  /// An address that does not say; Streamable HTTP is tried first.
  case auto
}
