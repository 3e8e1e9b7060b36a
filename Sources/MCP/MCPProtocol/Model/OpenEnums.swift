/// Who speaks in a message.
package struct Role: OpenEnum {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package static let user = Role(rawValue: "user")
  package static let assistant = Role(rawValue: "assistant")
  package static let known: [Role] = [.user, .assistant]
}

/// A log severity; `known` runs from the least to the most severe.
package struct LogLevel: OpenEnum {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package static let debug = LogLevel(rawValue: "debug")
  package static let info = LogLevel(rawValue: "info")
  package static let notice = LogLevel(rawValue: "notice")
  package static let warning = LogLevel(rawValue: "warning")
  package static let error = LogLevel(rawValue: "error")
  package static let critical = LogLevel(rawValue: "critical")
  package static let alert = LogLevel(rawValue: "alert")
  package static let emergency = LogLevel(rawValue: "emergency")
  package static let known: [LogLevel] = [
    .debug, .info, .notice, .warning, .error, .critical, .alert, .emergency,
  ]
}

/// What a result is: final, a request for input, or an extension's own.
package struct ResultType: OpenEnum {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package static let complete = ResultType(rawValue: "complete")
  package static let inputRequired = ResultType(rawValue: "input_required")
  package static let task = ResultType(rawValue: "task")
  package static let known: [ResultType] = [.complete, .inputRequired, .task]
}

/// With whom a cached result may be shared.
package struct CacheScope: OpenEnum {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package static let isPublic = CacheScope(rawValue: "public")
  package static let isPrivate = CacheScope(rawValue: "private")
  package static let known: [CacheScope] = [.isPublic, .isPrivate]
}

/// Whether a tool may, must or must not run as a task.
package struct TaskSupport: OpenEnum {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package static let forbidden = TaskSupport(rawValue: "forbidden")
  package static let optional = TaskSupport(rawValue: "optional")
  package static let required = TaskSupport(rawValue: "required")
  package static let known: [TaskSupport] = [.forbidden, .optional, .required]
}

/// The state of a task.
package struct TaskStatus: OpenEnum {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package static let working = TaskStatus(rawValue: "working")
  package static let inputRequired = TaskStatus(rawValue: "input_required")
  package static let completed = TaskStatus(rawValue: "completed")
  package static let failed = TaskStatus(rawValue: "failed")
  package static let cancelled = TaskStatus(rawValue: "cancelled")
  package static let known: [TaskStatus] = [
    .working, .inputRequired, .completed, .failed, .cancelled,
  ]

  package var isTerminal: Bool { [.completed, .failed, .cancelled].contains(self) }
}

/// How an elicitation asks.
package struct ElicitationMode: OpenEnum {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package static let form = ElicitationMode(rawValue: "form")
  package static let url = ElicitationMode(rawValue: "url")
  package static let known: [ElicitationMode] = [.form, .url]
}

/// What the user did with an elicitation.
package struct ElicitationAction: OpenEnum {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package static let accept = ElicitationAction(rawValue: "accept")
  package static let decline = ElicitationAction(rawValue: "decline")
  package static let cancel = ElicitationAction(rawValue: "cancel")
  package static let known: [ElicitationAction] = [.accept, .decline, .cancel]
}

/// Why a sampled message ends.
package struct StopReason: OpenEnum {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package static let endTurn = StopReason(rawValue: "endTurn")
  package static let stopSequence = StopReason(rawValue: "stopSequence")
  package static let maxTokens = StopReason(rawValue: "maxTokens")
  package static let toolUse = StopReason(rawValue: "toolUse")
  package static let known: [StopReason] = [.endTurn, .stopSequence, .maxTokens, .toolUse]
}
