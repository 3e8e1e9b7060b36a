/// One event of a `text/event-stream`.
package struct ServerSentEvent: Sendable, Hashable {
  /// `message` unless the sender names another.
  package var type: String
  /// The data lines joined by line feeds; bytes, since what they hold is judged elsewhere.
  package var data: [UInt8]
  /// The stream's last event id when this event was dispatched.
  package var id: String?

  package init(type: String = "message", data: [UInt8], id: String? = nil) {
    self.type = type
    self.data = data
    self.id = id
  }

  package init(type: String = "message", data: String, id: String? = nil) {
    self.init(type: type, data: Array(data.utf8), id: id)
  }

  /// The data as text, broken UTF-8 replaced.
  package var text: String { String(decoding: data, as: UTF8.self) }
}

/// What an event stream yields while it is read.
package enum EventStreamItem: Sendable, Hashable {
  case event(ServerSentEvent)
  /// A blank line ended an event that had an id and no data; only the id counts.
  case identifier(String)
  /// How long to wait before the next connection.
  case retry(milliseconds: Int)
  /// A keep-alive.
  case comment
  case issue(EventStreamIssue)
}

/// What was wrong with an event stream.
package enum EventStreamIssue: Sendable, Hashable {
  case eventTooLarge(limit: Int)
  case identifierWithNUL
  case badRetry(String)
  case unknownField(String)

  package var sentence: String {
    switch self {
    case .eventTooLarge(let limit):
      "An event is larger than the limit of \(limit) bytes and was dropped."
    case .identifierWithNUL: "An event id holds a NUL and was ignored."
    case .badRetry(let text): "The retry time “\(text)” is no number of milliseconds."
    case .unknownField(let name): "The stream holds an unknown field “\(name)”."
    }
  }
}
