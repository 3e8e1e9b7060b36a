import JSON
package import JSONRPC
package import MCPProtocol

/// How a message that reached a server has to be taken.
package enum ServedKind: Sendable {
  /// It describes itself, and stands alone.
  case stateless(any EraCodec)
  /// It opens a session.
  case opening
  /// It belongs to a session that is open.
  case session
}

/// Tells requests of both eras apart, at an endpoint that serves both.
package struct Classifier: Sendable {
  /// The revisions this server offers, of both eras.
  package let offered: [ProtocolVersion]

  package init(offered: [ProtocolVersion] = ProtocolVersion.known) { self.offered = offered }

  /// For byte streams, where a message has nothing beside it.
  package func kind(of message: RPCMessage) throws(ServerFault) -> ServedKind {
    guard let claimed = Self.claim(in: message), message.method != "initialize" else {
      return message.method == "initialize" ? .opening : .session
    }
    return .stateless(try codec(claiming: claimed))
  }

  /// For HTTP: the body decides, the version header has to agree with it.
  package func kind(
    of message: RPCMessage, versionHeader: String?
  ) throws(ServerFault) -> ServedKind {
    let named = versionHeader.map(ProtocolVersion.init(rawValue:))
    let isStateless = named?.era == .stateless
    if message.method == "initialize", !isStateless { return .opening }
    if let claimed = Self.claim(in: message) {
      return .stateless(try codec(claiming: claimed, header: versionHeader))
    }
    if isStateless, let named {
      return .stateless(try codec(claiming: named.rawValue))
    }
    try check(named)
    return .session
  }

  /// A session's own version is not compared: what it was opened with counts.
  package func check(_ named: ProtocolVersion?) throws(ServerFault) {
    guard let named, !offered.contains(named) || named.era != .handshake else { return }
    throw .unsupportedVersion(requested: named.rawValue, supported: offered)
  }

  private static func claim(in message: RPCMessage) -> String? {
    guard case .request(let request) = message else { return nil }
    return request.params?["_meta"]?[MetaKey.protocolVersion]?.string
  }

  private func codec(
    claiming claimed: String, header: String?
  ) throws(ServerFault) -> any EraCodec {
    guard let header else {
      throw .headerMismatch("the header \(HeaderName.version) is missing")
    }
    guard header == claimed else {
      throw .headerMismatch(
        "the header \(HeaderName.version) says \"\(header)\", the message \"\(claimed)\"")
    }
    return try codec(claiming: claimed)
  }

  private func codec(claiming claimed: String) throws(ServerFault) -> any EraCodec {
    let version = ProtocolVersion(rawValue: claimed)
    guard offered.contains(version), version.era == .stateless,
      let codec = MCPEras.codec(for: version)
    else { throw .unsupportedVersion(requested: claimed, supported: offered) }
    return codec
  }
}
