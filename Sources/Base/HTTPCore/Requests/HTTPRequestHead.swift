/// The request line and the header lines, with what they say about the body and the connection.
package struct HTTPRequestHead: Sendable, Hashable {
  /// How the end of the body is told.
  package enum Framing: Sendable, Hashable {
    case length(Int)
    case chunked
  }

  package var method: String
  /// Path and query; `*` for OPTIONS. The authority of an absolute target has become the Host header.
  package var target: String
  package var fields: HTTPFields
  package var framing: Framing
  package var isOldVersion: Bool
  /// Whether the client will use the connection again.
  package var keepsAlive: Bool
  package var expectsContinue: Bool
}

/// A whole request as it came in.
package struct HTTPReceivedRequest: Sendable, Hashable {
  package let head: HTTPRequestHead
  package let body: [UInt8]
}
