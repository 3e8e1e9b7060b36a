package import HTTPCore
package import JSON

/// One JSON text to send, and what its sender knows of it that the wire may need.
package struct OutgoingFrame: Sendable {
  package enum Purpose: Sendable, Hashable {
    /// An answer is awaited: over HTTP the exchange ends with it.
    case request
    /// The request that opens a session (`initialize`): sent without session id, and a 2xx answer with a result
    /// may assign one.
    case opening
    /// A notification or a response: nothing but an acknowledgement comes back.
    case oneWay
  }

  /// Compact JSON without a line feed.
  package var bytes: [UInt8]
  package var purpose: Purpose
  /// For the traffic view: the method, or nil for a response.
  package var method: String?
  /// A request's id.
  package var id: JSON?
  /// HTTP headers that the codec derived from this message (`Mcp-Method`, `Mcp-Name`, `Mcp-Param-…`).
  package var headers: HTTPFields
  /// No byte of an answer for that long fails the exchange. HTTP only; the owner of a call has its own limits.
  package var idleLimit: Duration?
  /// May reach the server twice without harm: one lost with a kept connection is then sent again. HTTP only.
  package var isRepeatable: Bool

  package init(
    bytes: [UInt8], purpose: Purpose, method: String? = nil, id: JSON? = nil,
    headers: HTTPFields = HTTPFields(),
    idleLimit: Duration? = nil, isRepeatable: Bool = false
  ) {
    self.bytes = bytes
    self.purpose = purpose
    self.method = method
    self.id = id
    self.headers = headers
    self.idleLimit = idleLimit
    self.isRepeatable = isRepeatable
  }
}
