package import JSON
package import MCPProtocol

/// What an open connection tells besides its answers, in terms a screen can show.
package enum ConnectionEvent: Sendable, Hashable {
  /// The server is no more, with the sentence that says why.
  case closed(String)
  case reopening
  /// The stream for what the server tells by itself has opened.
  case listening
  /// The connection stands, but nothing will come by itself any more, with the sentence that says why.
  case silent(String)
  /// Something out of order that broke nothing. Foreign text; minor ones are for a detailed view.
  case finding(String, isMinor: Bool)
  case serverLog(level: String, logger: String?, data: JSON)
  case stderr(String)
  /// `tools`, `resources`, `prompts` …
  case listChanged(String)
  case resourceUpdated(uri: String?)
  case subscription(String)
  /// Any other notification, as it came.
  case notification(method: String, params: JSON?)
  case question(Question)
  case questionWithdrawn(Int)
  case task(TaskState)

  /// Something the server wants to know of the user; answered by `Connection.answer`.
  package struct Question: Sendable, Hashable, Identifiable {
    package let id: Int
    package let request: InputRequest

    package init(id: Int, request: InputRequest) {
      self.id = id
      self.request = request
    }
  }
}
