import JSON
import JSONRPC
import MCPProtocol

/// The revisions in which every request describes itself and no session exists.
struct StatelessCodec: EraCodec {
  let features: WireFeatures

  func encode(_ call: ClientCall, _ context: CallContext) -> Outcome<EncodedCall> {
    let method = call.method ?? "server/discover"
    let row = row(of: method)
    if case .raw(_, let params) = call, params != nil, params?.object == nil {
      return .ok(EncodedCall(method: method, params: params, headers: headers(method, row, call)))
    }
    if row == nil {
      guard case .raw = call else { return .notInEra(method) }
    }
    return .ok(
      EncodedCall(
        method: method, params: .object(parameters(of: call, row, context)),
        headers: headers(method, row, call), isIdempotent: row?.isIdempotent ?? false))
  }

  func card(from result: JSON) -> Outcome<ServerCard> {
    let read = Decoded<DiscoverResult>(result)
    guard let value = read.value else { return .invalid(read.issues) }
    var reading = Reading()
    let caching = CachingHints.read(result, &reading)
    return .ok(
      ServerCard(
        version: version, supported: value.supportedVersions.map(ProtocolVersion.init(rawValue:)),
        info: serverInfo(of: result) ?? value.serverInfo,
        capabilities: value.capabilities ?? ServerCapabilities(),
        instructions: value.instructions, caching: caching, raw: result,
        issues: read.issues + reading.issues))
  }

  // MARK: - Parameters

  private func parameters(
    of call: ClientCall, _ row: MethodRow?, _ context: CallContext
  ) -> JSONObject {
    var params = call.members
    if case .callTool = call { params["task"] = Optional.none }
    if row?.mayAskInput == true {
      if let answers = context.inputResponses { params["inputResponses"] = .object(answers) }
      if let state = context.requestState { params["requestState"] = state }
    }
    params["_meta"] = .object(envelope(params["_meta"]?.object, context))
    return params
  }

  private func envelope(_ given: JSONObject?, _ context: CallContext) -> JSONObject {
    var meta: JSONObject = [
      MetaKey.protocolVersion: .string(version.rawValue),
      MetaKey.clientInfo: context.client.json,
      MetaKey.clientCapabilities: .object(capabilities(of: context.features)),
    ]
    if let level = context.logLevel { meta[MetaKey.logLevel] = level.json }
    if let token = context.progressToken { meta[MetaKey.progressToken] = token }
    let further = context.meta.members + (given?.members ?? [])
    for member in further { meta[member.key] = member.value }
    return meta
  }

  private func capabilities(of client: ClientFeatures) -> JSONObject {
    var object = JSONObject()
    if client.roots { object["roots"] = [:] }
    if client.sampling { object["sampling"] = client.samplingJSON(features) }
    object["elicitation"] = client.elicitationJSON(features)
    var extensions = client.extensions
    if client.tasks { extensions[ExtensionName.tasks] = [:] }
    if !extensions.isEmpty { object["extensions"] = .object(extensions) }
    if !client.experimental.isEmpty { object["experimental"] = .object(client.experimental) }
    return object
  }

  // MARK: - Headers

  private func headers(_ method: String, _ row: MethodRow?, _ call: ClientCall) -> [WireHeader] {
    var headers = standingHeaders + [WireHeader(HeaderName.method, method)]
    if let key = row?.nameParameter, let name = call.members[key].flatMap(HeaderValue.encode) {
      headers.append(WireHeader(HeaderName.name, name))
    }
    if case .callTool(let tool) = call {
      headers += MirrorPlan(schema: tool.inputSchema).headers(for: tool.arguments)
    }
    return headers
  }
}

struct DiscoverResult: Model {
  var supportedVersions: [String] = []
  var capabilities: ServerCapabilities?
  var instructions: String?
  /// Where release candidates put it; the final place is `_meta`.
  var serverInfo: Implementation?

  static let fields: [Field<DiscoverResult>] = [
    .key("supportedVersions", \.supportedVersions), .required("capabilities", \.capabilities),
    .optional("instructions", \.instructions), .optional("serverInfo", \.serverInfo),
  ]
}
