package import JSON
package import JSONRPC
package import MCPProtocol

/// A client's request as a server understands it, whichever revision it came in. Everything that serves it shares it.
package final class ServedCall: Sendable {
  package let call: ClientCall
  package let row: MethodRow
  package let params: JSONObject
  package let meta: JSONObject
  /// Of a request that describes itself; a session knows its client from the opening.
  package let client: ClientFacts?
  /// What this request alone wants logged.
  package let logLevel: LogLevel?
  /// Answers to an earlier wish for input, by key, and the state that went with it.
  package let inputResponses: JSONObject?
  package let requestState: JSON?

  fileprivate init(
    _ call: ClientCall, _ row: MethodRow, _ params: JSONObject, meta: JSONObject,
    _ envelope: (client: ClientFacts?, logLevel: LogLevel?), readsInput: Bool
  ) {
    self.call = call
    self.row = row
    self.params = params
    self.meta = meta
    client = envelope.client
    logLevel = envelope.logLevel
    inputResponses = readsInput ? params["inputResponses"]?.object : nil
    requestState = readsInput ? params["requestState"] : nil
  }

  package var progressToken: JSON? { meta[MetaKey.progressToken] }
}

/// What a client says of itself, in its opening or in each request.
package struct ClientFacts: Sendable, Hashable {
  package var info: Implementation?
  package var capabilities: ClientCapabilities

  package init(
    info: Implementation? = nil, capabilities: ClientCapabilities = ClientCapabilities()
  ) {
    self.info = info
    self.capabilities = capabilities
  }

  package init(info: JSON?, capabilities: JSON?) {
    self.info = info.flatMap { Decoded<Implementation>($0).value }
    self.capabilities = ClientCapabilities(capabilities?.object ?? JSONObject())
  }
}

/// The wish that opens a session.
package struct OpeningWish: Sendable, Hashable {
  package var requested: String
  package var client: ClientFacts

  package init(_ params: JSON?) throws(ServerFault) {
    guard let requested = params?["protocolVersion"]?.string else {
      throw .invalidParams("\"protocolVersion\" is missing or not a string")
    }
    self.requested = requested
    client = ClientFacts(info: params?["clientInfo"], capabilities: params?["capabilities"])
  }

  /// The requested version where it is offered, else the newest that opens in this way.
  package func answer(offered: [ProtocolVersion]) -> ProtocolVersion? {
    let ours = ProtocolVersion.known(in: .handshake).filter(offered.contains)
    return ours.first { $0.rawValue == requested } ?? ours.last
  }
}

extension EraCodec {
  /// Reads a client's request as a server of this revision does.
  package func readCall(_ request: RPCRequest) throws(ServerFault) -> ServedCall {
    let params = try Self.object(request.params)
    let meta = params["_meta"]?.object ?? JSONObject()
    let envelope = try readEnvelope(meta)
    guard let row = MethodTable.row(request.method, in: version), row.sender != .server else {
      throw .methodMissing(request.method)
    }
    return ServedCall(
      try ClientCall(method: request.method, params: params, features: features), row, params,
      meta: meta, envelope, readsInput: row.mayAskInput && features.has(.inputRequired))
  }

  private static func object(_ params: JSON?) throws(ServerFault) -> JSONObject {
    guard let params else { return JSONObject() }
    guard let object = params.object else { throw .invalidParams("the params are not an object") }
    return object
  }

  private func readEnvelope(
    _ meta: JSONObject
  ) throws(ServerFault) -> (client: ClientFacts?, logLevel: LogLevel?) {
    guard features.has(.requestEnvelope) else { return (nil, nil) }
    guard meta[MetaKey.protocolVersion]?.string != nil else {
      throw .envelope("_meta lacks \"\(MetaKey.protocolVersion)\"")
    }
    guard let capabilities = meta[MetaKey.clientCapabilities], capabilities.object != nil else {
      throw .envelope("_meta lacks an object \"\(MetaKey.clientCapabilities)\"")
    }
    let level = meta[MetaKey.logLevel]?.string.map(LogLevel.init(rawValue:))
    if let level, !level.isKnown { throw .invalidParams("unknown log level \"\(level.rawValue)\"") }
    return (ClientFacts(info: meta[MetaKey.clientInfo], capabilities: capabilities), level)
  }

  /// What that client can answer, in the neutral words of a client's own settings.
  package func abilities(of client: ClientFacts) -> ClientFeatures {
    let declared = client.capabilities
    let elicits = features.has(.elicitation)
    return ClientFeatures(
      roots: declared.roots, sampling: declared.sampling,
      samplingTools: declared.samplingTools && features.has(.samplingTools),
      elicitationForm: elicits && declared.elicitationForm,
      elicitationURL: declared.elicitationURL && features.has(.elicitationModes),
      tasks: features.has(.taskExtension) && declared.extensions[ExtensionName.tasks] != nil,
      extensions: declared.extensions)
  }
}
