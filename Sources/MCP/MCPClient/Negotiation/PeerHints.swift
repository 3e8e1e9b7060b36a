import HTTPCore
import JSON
import JSONRPC
import MCPProtocol
import Transports

extension RPCError {
  private static let unsupportedVersion = -32022
  /// The same in builds before the final revision; only with a list of versions is it told from a foreign code.
  private static let unsupportedVersionDraft = -32004
  private static let headerMismatch = -32020
  private static let missingCapability = -32021
  static let invalidParamsCodes: Set = [-32600, -32602]

  /// The revisions a peer names when it refuses one.
  var namedVersions: [String]? {
    guard let named = data?["supported"]?.array, !named.isEmpty else { return nil }
    let strings = named.compactMap(\.string)
    return strings.count == named.count ? strings : nil
  }

  /// The versions named in a refusal of the stateless era, nil for any other error.
  var statelessVersions: [String]? {
    let codes = [Self.unsupportedVersion, Self.unsupportedVersionDraft]
    guard let code = code?.rawValue, codes.contains(code) else { return nil }
    return namedVersions
  }

  /// True for an error that only a peer of the stateless era can send, other than a refused version.
  var isStatelessComplaint: Bool {
    switch code?.rawValue {
    case Self.headerMismatch: true
    case Self.missingCapability: data?["requiredCapabilities"]?.object != nil
    default: false
    }
  }
}

extension HTTPRefusal {
  /// The error object in the body, with or without the envelope of JSON-RPC around it.
  var rpcError: RPCError? {
    guard let error = json?["error"], error.object != nil else { return nil }
    let code = error["code"]?.int.map(RPCErrorCode.init(rawValue:))
    return RPCError(
      code: code, message: error["message"]?.string ?? "", data: error["data"], raw: error)
  }

  /// Credentials are asked for: always by 401, by 403 only where a challenge says so.
  var challenge: NegotiationChallenge? {
    let asks = status == 401 || (status == 403 && headers.contains("www-authenticate"))
    return asks ? NegotiationChallenge(status: status, headers: headers) : nil
  }

  /// Says nothing about revisions: permission, overload, a fault.
  var isNoEvidence: Bool { status == 403 || status == 429 || status >= 500 }
}
