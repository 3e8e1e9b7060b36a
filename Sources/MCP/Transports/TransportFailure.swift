package import EventLoop
package import Processes

/// What can go wrong between us and a peer, apart from what the peer says.
package enum TransportFailure: Error, Sendable, Hashable {
  case launch(SpawnFailure)
  /// The transport is not started, or closed already.
  case notOpen
  case write(SystemError)
  /// The peer does not read: that much is waiting, and no more is taken.
  case congested(waitingBytes: Int)
  case network(NetworkFailure)
  /// The server refused the stream that a transport must open first.
  case refused(HTTPRefusal)
}

/// A failed step on the way through the network.
package struct NetworkFailure: Error, Sendable, Hashable {
  package enum Layer: String, Sendable, Hashable {
    case nameLookup = "name look-up"
    case connect = "connection"
    case proxy
    case tls = "TLS"
    case request
    /// What answered is something else than a server of MCP.
    case answer
    /// What answered should be MCP and cannot be read as such.
    case message
    case redirect
    case timeLimit = "time limit"
    /// A file or value that the user named for the connection.
    case setting
  }

  package var layer: Layer
  package var url: String
  /// A clause without full stop, as “connection refused”.
  package var cause: String
  /// What came back, if anything, is not even HTTP.
  package var isNoHTTP: Bool
  /// A name for the cause, for scripts.
  package var code: String

  package init(
    layer: Layer, url: String, cause: String, isNoHTTP: Bool = false, code: String? = nil
  ) {
    self.code = code ?? layer.code
    self.layer = layer
    self.url = url
    self.cause = cause
    self.isNoHTTP = isNoHTTP
  }
}

extension TransportFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .launch(let failure): failure.description
    case .notOpen: "the connection is not open"
    case .write(let error): "writing to the server failed: \(error.reason)"
    case .congested(let bytes): "the server does not read: \(bytes) bytes are waiting for it"
    case .network(let failure): failure.description
    case .refused(let refusal): "the server answered HTTP \(refusal.status)"
    }
  }
}

extension NetworkFailure: CustomStringConvertible {
  package var description: String { "\(layer.phrase) \(url): \(cause)" }
}

extension NetworkFailure.Layer {
  /// Of a failure that has no name of its own.
  fileprivate var code: String {
    switch self {
    case .nameLookup: "dns"
    case .connect: "tcp"
    case .proxy: "proxy-refused"
    case .tls: "tls"
    case .request: "request"
    case .answer: "not-mcp-answer"
    case .message: "broken-message"
    case .redirect: "redirect"
    case .timeLimit: "timed-out"
    case .setting: "setting"
    }
  }

  fileprivate var phrase: String {
    switch self {
    case .nameLookup: "name look-up failed for"
    case .connect: "no connection to"
    case .proxy: "the proxy gave no way to"
    case .tls: "TLS failed for"
    case .request: "the request failed at"
    case .answer: "no usable answer from"
    case .message: "broken answer from"
    case .redirect: "redirect not followed from"
    case .timeLimit: "out of time at"
    case .setting: "cannot ask"
    }
  }
}
