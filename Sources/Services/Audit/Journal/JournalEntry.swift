package import JSON

/// What the client's journal keeps of its own work, in the order it happened.
package enum JournalEntry: Sendable {
  case session(JournalSession)
  case call(JournalCall)
  case frame(JournalFrame)
  /// The facts of an HTTP exchange, put into words where they are written and not on the way of the call.
  case exchange(session: Int64, at: WallMilliseconds, facts: @Sendable () -> JSON)
}

/// One connection to one target.
package struct JournalSession: Sendable, Hashable {
  /// Names the session in frames and calls; unique on this machine.
  package let id: Int64
  package let startedAt: WallMilliseconds
  /// The target as the user wrote it, secrets masked.
  package let target: String
  /// How it was reached and what was negotiated, as shown to people.
  package let summary: String
  /// The words of a command line that name the target again, secrets masked.
  package let words: [String]

  package init(
    id: Int64, startedAt: WallMilliseconds, target: String, summary: String, words: [String] = []
  ) {
    self.id = id
    self.startedAt = startedAt
    self.target = target
    self.summary = summary
    self.words = words
  }
}

/// Milliseconds since 1970 UTC.
package typealias WallMilliseconds = Int64

/// One request that the user asked for, with its end.
package struct JournalCall: Sendable, Hashable {
  package enum Outcome: String, Sendable, Hashable, CaseIterable {
    case ok
    /// The tool answered that it failed.
    case toolError = "tool-error"
    /// The peer answered an error, or the connection failed.
    case failed
    case timedOut = "timed-out"
    case cancelled
  }

  package var session: Int64
  package var startedAt: WallMilliseconds
  package var milliseconds: Double
  package var method: String
  /// The tool, prompt or URI that was asked for.
  package var name: String
  package var params: JSON
  package var outcome: Outcome
  /// The result or the error, as received.
  package var answer: JSON
  package var bytes: Int

  package init(
    session: Int64, startedAt: WallMilliseconds, milliseconds: Double, method: String,
    name: String, params: JSON, outcome: Outcome, answer: JSON, bytes: Int
  ) {
    self.session = session
    self.startedAt = startedAt
    self.milliseconds = milliseconds
    self.method = method
    self.name = name
    self.params = params
    self.outcome = outcome
    self.answer = answer
    self.bytes = bytes
  }
}

/// One message as it crossed the wire, or the facts of one HTTP exchange.
package struct JournalFrame: Sendable, Hashable {
  package var session: Int64
  package var at: WallMilliseconds
  package var isOutgoing: Bool
  /// As the wire says it; masked, and searched for its method and id, when it is written.
  package var body: [UInt8]
  /// Facts of the HTTP exchange that this entry tells of, null for a message.
  package var exchange: JSON

  package init(
    session: Int64, at: WallMilliseconds, isOutgoing: Bool, body: [UInt8], exchange: JSON = .null
  ) {
    self.session = session
    self.at = at
    self.isOutgoing = isOutgoing
    self.body = body
    self.exchange = exchange
  }
}
