package import JSON

/// A server's question to the user: a form, or an address to open.
package struct ElicitationRequest: Model {
  package var mode: ElicitationMode?
  package var message = ""
  package var requestedSchema: JSON?
  package var url: String?
  package var elicitationId: String?
  package var meta: JSONObject?

  package init() {}

  /// A missing mode means a form.
  package var effectiveMode: ElicitationMode { mode ?? .form }

  package static let fields: [Field<ElicitationRequest>] = [
    .optional("mode", \.mode), .required("message", \.message),
    .schema("requestedSchema", \.requestedSchema, .optional), .optional("url", \.url),
    .optional("elicitationId", \.elicitationId), .optional("_meta", \.meta),
  ]
}

/// The user's answer; content goes along only with an accepted form.
package struct ElicitationAnswer: Model {
  package var action = ElicitationAction.cancel
  package var content: JSONObject?

  package init() {}

  package static func accept(_ content: JSONObject?) -> ElicitationAnswer {
    var answer = ElicitationAnswer()
    answer.action = .accept
    answer.content = content
    return answer
  }

  package static let decline = refusal(.decline)
  package static let cancel = refusal(.cancel)

  private static func refusal(_ action: ElicitationAction) -> ElicitationAnswer {
    var answer = ElicitationAnswer()
    answer.action = action
    return answer
  }

  package static let fields: [Field<ElicitationAnswer>] = [
    .required("action", \.action), .optional("content", \.content),
  ]
}
