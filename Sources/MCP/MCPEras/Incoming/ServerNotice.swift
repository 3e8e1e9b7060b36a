package import JSON
package import MCPProtocol

/// What a server tells without wanting an answer.
package enum ServerNotice: Sendable, Hashable {
  case progress(Decoded<ProgressUpdate>)
  case log(Decoded<LogMessage>)
  case toolsChanged
  case promptsChanged
  case resourcesChanged
  case resourceUpdated(uri: String?)
  case cancelled(id: JSON?, reason: String?)
  case elicitationCompleted(id: String?)
  case task(TaskState?, [ModelIssue])
  case subscriptionAcknowledged(SubscriptionFilter)
  case unknown
}

/// A notification as received: its meaning, and whether it belongs to the revision at all.
package struct ReceivedNotice: Sendable, Hashable {
  package var method: String
  package var notice: ServerNotice
  /// Of a revision with listen streams: the one it came for.
  package var subscription: JSON?
  package var params: JSON?
  package var isInEra: Bool
}

extension ReceivedNotice {
  /// Reads by the method's name in any revision, since what a peer sends out of turn has a meaning all the same.
  init(method: String, params: JSON?, features: WireFeatures) {
    self.method = method
    self.params = params
    notice = ServerNotice(method, params ?? .object(JSONObject()), features)
    subscription = params?["_meta"]?[MetaKey.subscriptionId]
    let row = MethodTable.row(method, in: features.version, kind: .notification)
    isInEra = row.map { $0.sender != .client } ?? false
  }
}

extension ServerNotice {
  fileprivate init(_ method: String, _ params: JSON, _ features: WireFeatures) {
    switch method {
    case "notifications/progress": self = .progress(Decoded(params))
    case "notifications/message": self = .log(Decoded(params))
    case "notifications/tools/list_changed": self = .toolsChanged
    case "notifications/prompts/list_changed": self = .promptsChanged
    case "notifications/resources/list_changed": self = .resourcesChanged
    case "notifications/resources/updated": self = .resourceUpdated(uri: params["uri"]?.string)
    case "notifications/cancelled":
      self = .cancelled(id: params["requestId"], reason: params["reason"]?.string)
    case "notifications/elicitation/complete":
      self = .elicitationCompleted(id: params["elicitationId"]?.string)
    case "notifications/tasks/status", "notifications/tasks":
      let (state, issues) = (features.taskShape ?? .core).read(params)
      self = .task(state, issues)
    case "notifications/subscriptions/acknowledged":
      let filter = Decoded<SubscriptionFilter>(params["notifications"] ?? .object(JSONObject()))
      self = .subscriptionAcknowledged(filter.value ?? SubscriptionFilter())
    default: self = .unknown
    }
  }
}
