package import EventLoop

/// One row of any audit log, in the words of this house. What a log does not say is empty or nil.
package struct LogRecord: Sendable, Hashable {
  package enum Level: UInt8, Sendable, Hashable, CaseIterable, Comparable {
    case debug, info, warning, error

    package var word: String {
      switch self {
      case .debug: "debug"
      case .info: "info"
      case .warning: "warn"
      case .error: "error"
      }
    }

    package static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  /// How it ended, whatever word the log has for it.
  package enum Verdict: UInt8, Sendable, Hashable, CaseIterable {
    case fine, denied, failed, open
  }

  package var at: WallTime?
  package var level = Level.info
  package var kind = ""
  package var actor = ""
  /// A key's prefix or a client's id.
  package var credential = ""
  package var system = ""
  /// The tool, resource or prompt concerned.
  package var tool = ""
  /// JSON as it stands in the log.
  package var arguments = ""
  /// The log's own word for how it ended.
  package var outcome = ""
  package var verdict = Verdict.open
  package var microseconds: Int64?
  package var request = ""
  package var session = ""
  package var trace = ""
  package var client = ""
  package var detail = ""
  /// Why the line could not be read as its profile has it; nil where it could.
  package var oddity: String?

  package init() {}

  /// It changed something, as far as the log tells.
  package var isMutating: Bool { kind.hasSuffix(".mutating") }
}

/// What a record can be counted by and asked for.
package enum LogField: String, Sendable, Hashable, CaseIterable {
  case actor, tool, outcome, kind, system, credential, client, session, level
  case request, trace, detail, arguments

  /// Those with few values over many rows.
  package static let countable: [LogField] = [
    .actor, .tool, .outcome, .kind, .system, .credential, .client, .session, .level,
  ]

  /// The words that a person may call a field by; `decision` is what gateways call an outcome.
  package init?(named name: String) {
    self.init(rawValue: name == "decision" ? "outcome" : name)
  }

  package func text(of record: LogRecord) -> String {
    switch self {
    case .actor: record.actor
    case .tool: record.tool
    case .outcome: record.outcome
    case .kind: record.kind
    case .system: record.system
    case .credential: record.credential
    case .client: record.client
    case .session: record.session
    case .level: record.level.word
    case .request: record.request
    case .trace: record.trace
    case .detail: record.detail
    case .arguments: record.arguments
    }
  }
}
