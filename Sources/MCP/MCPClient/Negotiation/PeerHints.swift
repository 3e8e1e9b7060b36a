import HTTPCore
import JSON
import JSONRPC
import MCPEras
import MCPProtocol
import Transports

extension RPCError {
  /// Codes of a peer that refuses an `initialize` it does not understand.
  static let invalidParamsCodes: Set<RPCErrorCode> = [.invalidRequest, .invalidParams]

  /// The revisions a peer names when it refuses one, whatever its code.
  var namedVersions: [String]? {
    guard let named = data?["supported"]?.array, !named.isEmpty else { return nil }
    let strings = named.compactMap(\.string)
    return strings.count == named.count ? strings : nil
  }

  /// The versions named in a refusal of the stateless era, nil for any other error.
  var statelessVersions: [String]? {
    guard case .unsupportedVersion = ErrorMeaning(self) else { return nil }
    return namedVersions
  }

  /// True for an error that only a peer of the stateless era can send, other than a refused version.
  var isStatelessComplaint: Bool {
    if case .unsupportedVersion = ErrorMeaning(self) { return false }
    return ErrorMeaning(self).provesStateless
  }
}

extension HTTPRefusal {
  /// The error object in the body, with or without the envelope of JSON-RPC around it.
  var rpcError: RPCError? {
    guard let error = json?["error"], error.object != nil else { return nil }
    return RPCError(reading: error)
  }

  /// Credentials are asked for: always by 401, by 403 only where a challenge says so.
  var challenge: NegotiationChallenge? {
    let asks = status == 401 || (status == 403 && headers.contains("www-authenticate"))
    return asks ? NegotiationChallenge(status: status, headers: headers, words: words) : nil
  }

  /// Says nothing about revisions: permission, overload, a fault.
  var isNoEvidence: Bool { status == 403 || status == 429 || (status >= 500 && !lacksMethod) }

  /// POST is not known here, as on an address that only has an event stream.
  var lacksMethod: Bool { status == 405 || status == 501 }
}
