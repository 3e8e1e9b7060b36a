package import JSON

/// A log message of a server; the data may be any JSON.
package struct LogMessage: Model {
  package var level = LogLevel.info
  package var logger: String?
  package var data: JSON?
  package var meta: JSONObject?

  package init() {}

  package static let fields: [Field<LogMessage>] = [
    .required("level", \.level), .optional("logger", \.logger), .required("data", \.data),
    .optional("_meta", \.meta),
  ]
}

/// How far a request has come, by the token it carried.
package struct ProgressUpdate: Model {
  package var token: JSON?
  package var progress: Double = 0
  package var total: Double?
  package var message: String?

  package init() {}

  /// Between 0 and 1 where a sensible total is known.
  package var fraction: Double? {
    guard let total, total > 0, progress >= 0 else { return nil }
    return min(progress / total, 1)
  }

  package static let fields: [Field<ProgressUpdate>] = [
    .required("progressToken", \.token), .key("progress", \.progress), .optional("total", \.total),
    .optional("message", \.message),
  ]
}

/// Which changes a listener wants to hear of, or a server agreed to tell.
package struct SubscriptionFilter: Model {
  package var toolsListChanged: Bool?
  package var promptsListChanged: Bool?
  package var resourcesListChanged: Bool?
  package var resourceSubscriptions: [String]?
  package var taskIds: [String]?

  package init() {}

  package static let fields: [Field<SubscriptionFilter>] = [
    .optional("toolsListChanged", \.toolsListChanged),
    .optional("promptsListChanged", \.promptsListChanged),
    .optional("resourcesListChanged", \.resourcesListChanged),
    .optional("resourceSubscriptions", \.resourceSubscriptions), .optional("taskIds", \.taskIds),
  ]
}
