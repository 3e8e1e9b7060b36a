package import JSON
package import JSONRPC
package import MCPProtocol

/// Why a server refuses a request, said without any revision's codes.
package enum ServerFault: Error, Sendable, Hashable {
  case parse(String)
  case invalidRequest(String)
  case methodMissing(String)
  case invalidParams(String)
  /// A member that every request must carry is not there.
  case envelope(String)
  case headerMismatch(String)
  case unsupportedVersion(requested: String, supported: [ProtocolVersion])
  /// The client has not declared what the answer would need; a capabilities object.
  case missingCapability(JSONObject)
  case resourceMissing(uri: String)
  /// The caller may not do this, whoever it is.
  case denied(String)
  case internalError(String)
  /// An error in the words of whoever made it.
  case own(RPCError)
}

extension ServerFault {
  /// As a JSON-RPC error of that revision, or of any where none is settled.
  package func error(in features: WireFeatures? = nil) -> RPCError {
    switch self {
    case .parse(let text): RPCError(code: .parseError, message: text)
    case .invalidRequest(let text): RPCError(code: .invalidRequest, message: text)
    case .methodMissing(let name):
      RPCError(code: .methodNotFound, message: "the method \"\(name)\" does not exist here")
    case .invalidParams(let text), .envelope(let text):
      RPCError(code: .invalidParams, message: text)
    case .headerMismatch(let text): RPCError(code: .headerMismatch, message: text)
    case .unsupportedVersion(let requested, let supported):
      Self.version(requested, supported)
    case .missingCapability(let needed):
      RPCError(
        code: features?.era == .handshake ? .invalidRequest : .missingCapability,
        message: "the client has not declared \(needed.keys.joined(separator: ", "))",
        data: ["requiredCapabilities": .object(needed)])
    case .resourceMissing(let uri):
      RPCError(
        code: features?.resourceMissing ?? .invalidParams, message: "there is no resource \(uri)",
        data: ["uri": .string(uri)])
    case .denied(let text): RPCError(code: .denied, message: text)
    case .internalError(let text): RPCError(code: .internalError, message: text)
    case .own(let error): error
    }
  }

  /// The status of an HTTP answer that carries nothing but this error.
  package func status(in features: WireFeatures? = nil) -> Int {
    switch self {
    case .denied: 403
    case .parse, .envelope, .headerMismatch, .unsupportedVersion: 400
    case .invalidRequest, .missingCapability: features?.era == .handshake ? 200 : 400
    case .methodMissing: features?.era == .handshake ? 200 : 404
    case .invalidParams, .resourceMissing, .internalError, .own: 200
    }
  }

  private static func version(_ requested: String, _ supported: [ProtocolVersion]) -> RPCError {
    RPCError(
      code: .unsupportedVersion, message: "the protocol version \"\(requested)\" is not offered",
      data: [
        "supported": .array(supported.map { .string($0.rawValue) }),
        "requested": .string(requested),
      ])
  }
}

extension RPCErrorCode {
  /// A call the caller has no right to: a code of this program's own, outside the range JSON-RPC reserves.
  package static let denied = RPCErrorCode(rawValue: 403)
}
