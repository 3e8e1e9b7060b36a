package import JSON
package import JSONRPC
package import MCPProtocol

/// What a peer's error asks of the client, where its shape fits; a code alone proves nothing.
package enum ErrorMeaning: Sendable, Hashable {
  case unsupportedVersion(supported: [ProtocolVersion])
  case missingCapability(JSONObject)
  case headerMismatch
  case elicitationRequired([Decoded<ElicitationRequest>])
  case resourceMissing(uri: String?)
  case methodMissing
  case other

  package init(_ error: RPCError) {
    switch error.code {
    case .unsupportedVersion, .unsupportedVersionCandidate: self = Self.version(error)
    case .missingCapability:
      self = error.data?["requiredCapabilities"]?.object.map { .missingCapability($0) } ?? .other
    case .headerMismatch: self = .headerMismatch
    case .elicitationRequired:
      let asked = error.data?["elicitations"]?.array?.map { Decoded<ElicitationRequest>($0) }
      self = asked.map { .elicitationRequired($0) } ?? .other
    case .resourceNotFound: self = .resourceMissing(uri: error.data?["uri"]?.string)
    case .invalidParams:
      self = error.data?["uri"]?.string.map { .resourceMissing(uri: $0) } ?? .other
    case .methodNotFound: self = .methodMissing
    default: self = .other
    }
  }

  private static func version(_ error: RPCError) -> ErrorMeaning {
    guard let list = error.data?["supported"]?.array else { return .other }
    let versions = list.compactMap(\.string)
    guard versions.count == list.count else { return .other }
    return .unsupportedVersion(supported: versions.map(ProtocolVersion.init(rawValue:)))
  }

  /// Whether only a peer of the stateless era answers like that.
  package var provesStateless: Bool {
    switch self {
    case .unsupportedVersion, .missingCapability, .headerMismatch: true
    default: false
    }
  }
}
