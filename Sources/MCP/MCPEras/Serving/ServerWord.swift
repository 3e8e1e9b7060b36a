package import JSON
package import JSONRPC
package import MCPProtocol

/// Something a server tells its client unasked, said without any revision's words.
package enum ServerWord: Sendable, Hashable {
  case progress(ProgressUpdate)
  case log(LogMessage)
  case toolsChanged
  case promptsChanged
  case resourcesChanged
  case resourceUpdated(uri: String)
  case cancelled(id: RPCID, reason: String?)
  case elicitationCompleted(id: String)
  case task(TaskState)
  case subscriptionAcknowledged(SubscriptionFilter)
}

extension EraCodec {
  /// Nil where the revision has no such notification. `subscription` tags what goes to a listener.
  package func encode(_ word: ServerWord, subscription: JSON? = nil) -> RPCNotification? {
    var (method, params) = word.wire(features)
    guard let row = MethodTable.row(method, in: version, kind: .notification),
      row.sender != .client
    else { return nil }
    if let subscription {
      var meta = params["_meta"]?.object ?? JSONObject()
      meta[MetaKey.subscriptionId] = subscription
      params["_meta"] = .object(meta)
    }
    return RPCNotification(
      method: method, params: params.isEmpty ? Optional.none : .object(params))
  }
}

extension ServerWord {
  fileprivate func wire(_ features: WireFeatures) -> (String, JSONObject) {
    switch self {
    case .progress(let update): ("notifications/progress", update.members(features))
    case .log(let message): ("notifications/message", message.json.object ?? JSONObject())
    case .toolsChanged: ("notifications/tools/list_changed", JSONObject())
    case .promptsChanged: ("notifications/prompts/list_changed", JSONObject())
    case .resourcesChanged: ("notifications/resources/list_changed", JSONObject())
    case .resourceUpdated(let uri): ("notifications/resources/updated", ["uri": .string(uri)])
    case .cancelled(let id, let reason):
      ("notifications/cancelled", Self.cancellation(id, reason))
    case .elicitationCompleted(let id):
      ("notifications/elicitation/complete", ["elicitationId": .string(id)])
    case .task(let state): Self.task(state, features)
    case .subscriptionAcknowledged(let filter):
      ("notifications/subscriptions/acknowledged", ["notifications": filter.json])
    }
  }

  private static func cancellation(_ id: RPCID, _ reason: String?) -> JSONObject {
    var params: JSONObject = ["requestId": id.json]
    params["reason"] = reason.map(JSON.string)
    return params
  }

  private static func task(_ state: TaskState, _ features: WireFeatures) -> (String, JSONObject) {
    let shape = features.taskShape ?? .core
    let method = shape == .core ? "notifications/tasks/status" : "notifications/tasks"
    return (method, shape.write(state))
  }
}

extension ProgressUpdate {
  fileprivate func members(_ features: WireFeatures) -> JSONObject {
    var members = json.object ?? JSONObject()
    if !features.has(.progressMessages) { members["message"] = Optional.none }
    return members
  }
}
