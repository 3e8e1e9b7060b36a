package import JSON
package import MCPProtocol

/// What goes along with a call, whoever makes it.
package struct CallContext: Sendable {
  package var client: Implementation
  package var features: ClientFeatures
  package var progressToken: JSON?
  /// For revisions in which each request says what it wants logged.
  package var logLevel: LogLevel?
  /// Answers to an earlier wish for input, by key, and the state to echo.
  package var inputResponses: JSONObject?
  package var requestState: JSON?
  /// Further members of `_meta`, such as trace context.
  package var meta: JSONObject

  package init(
    client: Implementation, features: ClientFeatures, progressToken: JSON? = nil,
    logLevel: LogLevel? = nil, inputResponses: JSONObject? = nil, requestState: JSON? = nil,
    meta: JSONObject = JSONObject()
  ) {
    self.client = client
    self.features = features
    self.progressToken = progressToken
    self.logLevel = logLevel
    self.inputResponses = inputResponses
    self.requestState = requestState
    self.meta = meta
  }
}

/// A call in the words of a revision, ready for an id.
package struct EncodedCall: Sendable, Hashable {
  package var method: String
  package var params: JSON?
  /// For HTTP only; byte streams leave them out.
  package var headers: [WireHeader]
  /// Nothing may be sent before this is answered, and a session may begin with the answer.
  package var opens: Bool
  /// May be sent again without asking.
  package var isIdempotent: Bool

  package init(
    method: String, params: JSON?, headers: [WireHeader] = [], opens: Bool = false,
    isIdempotent: Bool = false
  ) {
    self.method = method
    self.params = params
    self.headers = headers
    self.opens = opens
    self.isIdempotent = isIdempotent
  }
}

/// What the client tells a server without wanting an answer.
package enum ClientNotice: Sendable, Hashable {
  case initialized
  case cancelled(id: JSON, reason: String?)
  case rootsChanged
  case raw(method: String, params: JSON?)
}
