import JSON
import JSONRPC
import MCPProtocol

/// The revisions that open with `initialize` and keep a session.
struct HandshakeCodec: EraCodec {
  let features: WireFeatures

  func encode(_ call: ClientCall, _ context: CallContext) -> Outcome<EncodedCall> {
    if case .open = call { return .ok(opening(context)) }
    let method = call.method ?? ""
    let row = row(of: method)
    if case .raw(_, let params) = call, row == nil || params?.object == nil {
      return .ok(EncodedCall(method: method, params: params))
    }
    guard let row else { return .notInEra(method) }
    let params = parameters(of: call, context)
    return .ok(
      EncodedCall(
        method: method, params: params.isEmpty ? Optional.none : .object(params),
        isIdempotent: row.isIdempotent))
  }

  func read(_ result: JSON, of call: ClientCall) -> Outcome<ReceivedResult> {
    guard case .callTool(let tool) = call, tool.task != nil, features.has(.coreTasks),
      let task = result["task"], !task.isNull
    else { return .ok(ReceivedResult(result: .complete(result))) }
    let (state, issues) = TaskShape.core.read(task)
    guard let state else { return .invalid(issues) }
    return .ok(ReceivedResult(result: .task(state), issues: issues))
  }

  func card(from result: JSON) -> Outcome<ServerCard> {
    let read = Decoded<InitializeResult>(result)
    guard let value = read.value else { return .invalid(read.issues) }
    let version = value.protocolVersion.map { ProtocolVersion(rawValue: $0) } ?? features.version
    return .ok(
      ServerCard(
        version: version, supported: [version], info: value.serverInfo,
        capabilities: value.capabilities ?? ServerCapabilities(),
        instructions: value.instructions, raw: result, issues: read.issues))
  }

  // MARK: - Parameters

  private func opening(_ context: CallContext) -> EncodedCall {
    let params: JSON = [
      "protocolVersion": .string(version.rawValue),
      "capabilities": .object(capabilities(of: context.features)),
      "clientInfo": context.client.json,
    ]
    return EncodedCall(method: "initialize", params: params, opens: true)
  }

  private func parameters(of call: ClientCall, _ context: CallContext) -> JSONObject {
    var params = call.members
    if !features.has(.coreTasks), case .callTool = call { params["task"] = Optional.none }
    if !features.has(.completionContext), case .complete = call {
      params["context"] = Optional.none
    }
    let meta = meta(given: params["_meta"]?.object, call, context)
    if !meta.isEmpty { params["_meta"] = .object(meta) }
    return params
  }

  private func meta(
    given: JSONObject?, _ call: ClientCall, _ context: CallContext
  ) -> JSONObject {
    var meta = given ?? JSONObject()
    for member in context.meta.members { meta[member.key] = member.value }
    if case .ping = call { return meta }
    if let token = context.progressToken { meta[MetaKey.progressToken] = token }
    return meta
  }

  private func capabilities(of client: ClientFeatures) -> JSONObject {
    var object = JSONObject()
    if client.roots { object["roots"] = ["listChanged": true] }
    if client.sampling { object["sampling"] = client.samplingJSON(features) }
    if features.has(.elicitation) { object["elicitation"] = client.elicitationJSON(features) }
    if !client.extensions.isEmpty { object["extensions"] = .object(client.extensions) }
    if !client.experimental.isEmpty { object["experimental"] = .object(client.experimental) }
    return object
  }
}

private struct InitializeResult: Model {
  var protocolVersion: String?
  var capabilities: ServerCapabilities?
  var serverInfo: Implementation?
  var instructions: String?

  static let fields: [Field<InitializeResult>] = [
    .required("protocolVersion", \.protocolVersion), .required("capabilities", \.capabilities),
    .required("serverInfo", \.serverInfo), .optional("instructions", \.instructions),
  ]
}
