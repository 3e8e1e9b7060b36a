package import JSON
package import JSONRPC
package import MCPProtocol

/// Translates between the neutral model and the words of one revision.
package protocol EraCodec: Sendable {
  var features: WireFeatures { get }

  func encode(_ call: ClientCall, _ context: CallContext) -> Outcome<EncodedCall>
  func encode(_ notice: ClientNotice) -> Outcome<RPCNotification>

  /// Sorts a result by its kind; `call` tells which kinds are allowed.
  func read(_ result: JSON, of call: ClientCall) -> Outcome<ReceivedResult>
  /// Reads the answer to `ClientCall.open`.
  func card(from result: JSON) -> Outcome<ServerCard>
}

extension EraCodec {
  package var version: ProtocolVersion { features.version }

  package func read(_ notification: RPCNotification) -> ReceivedNotice {
    ReceivedNotice(
      method: notification.method, params: notification.params, features: features)
  }

  package func read(_ request: RPCRequest) -> ServerAsk { ServerAsk(request, features: features) }

  package func encode(_ notice: ClientNotice) -> Outcome<RPCNotification> {
    let notification = notice.notification
    if case .raw = notice { return .ok(notification) }
    let row = MethodTable.row(notification.method, in: version, kind: .notification)
    guard let row, row.sender != .server else { return .notInEra(notification.method) }
    return .ok(notification)
  }

  /// Headers of every HTTP request once the version is settled.
  package var standingHeaders: [WireHeader] {
    features.has(.versionHeader) ? [WireHeader(HeaderName.version, version.rawValue)] : []
  }

  /// The row of a call this revision has; raw calls pass without one.
  func row(of method: String) -> MethodRow? {
    let row = MethodTable.row(method, in: version)
    return row?.sender == .server ? Optional.none : row
  }
}

/// The codec of a revision; nil for a foreign version.
package func codec(for version: ProtocolVersion) -> (any EraCodec)? { codecs[version] }

private let codecs: [ProtocolVersion: any EraCodec] = Dictionary(
  uniqueKeysWithValues: ProtocolVersion.known.map { version in
    let features = WireFeatures(known: version)
    let codec: any EraCodec =
      features.era == .handshake
      ? HandshakeCodec(features: features) : StatelessCodec(features: features)
    return (version, codec)
  })

extension ClientNotice {
  fileprivate var notification: RPCNotification {
    switch self {
    case .initialized: RPCNotification(method: "notifications/initialized")
    case .rootsChanged: RPCNotification(method: "notifications/roots/list_changed")
    case .raw(let method, let params): RPCNotification(method: method, params: params)
    case .cancelled(let id, let reason):
      RPCNotification(method: "notifications/cancelled", params: Self.params(id, reason))
    }
  }

  private static func params(_ id: JSON, _ reason: String?) -> JSON {
    var params = JSONObject([("requestId", id)])
    params["reason"] = reason.map(JSON.string)
    return .object(params)
  }
}
