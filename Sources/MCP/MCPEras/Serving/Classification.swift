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

/// The revision that a header names, known or not.
package struct NamedVersion: Sendable, Hashable {
  let text: String
  let era: Era?
  let isOffered: Bool
  /// The header is there twice: another reader may take the other one.
  let isRepeated: Bool

  package var isStateless: Bool { era == .stateless }
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
    of message: RPCMessage, named: NamedVersion?
  ) throws(ServerFault) -> ServedKind {
    let isStateless = named?.isStateless == true
    if message.method == "initialize", !isStateless { return .opening }
    let claimed = Self.claim(in: message)
    if let named, named.isRepeated, isStateless || claimed != nil {
      throw .headerMismatch("the header \(HeaderName.version) is there twice")
    }
    if let claimed {
      return .stateless(try codec(claiming: claimed, header: named?.text))
    }
    if isStateless, let named {
      return .stateless(try codec(claiming: named.text))
    }
    try check(named)
    return .session
  }

  /// What a header's values name, looked up once for all messages behind it.
  package func named(_ values: [String]) -> NamedVersion? {
    values.first.map { text in
      let version = ProtocolVersion(rawValue: text)
      return NamedVersion(
        text: text, era: version.era, isOffered: offered.contains(version),
        isRepeated: values.count > 1)
    }
  }

  /// A session's own version is not compared: what it was opened with counts.
  package func check(_ named: NamedVersion?) throws(ServerFault) {
    if named?.isRepeated == true {
      throw .invalidRequest("the header \(HeaderName.version) is there twice")
    }
    guard let named, !named.isOffered || named.era != .handshake else { return }
    throw .unsupportedVersion(requested: named.text, supported: offered)
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
