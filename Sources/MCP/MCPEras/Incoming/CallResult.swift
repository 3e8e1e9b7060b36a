package import JSON
package import MCPProtocol

/// What kind of result came; the payload of a complete one is read by whoever asked.
package enum CallResult: Sendable, Hashable {
  case complete(JSON)
  case inputRequired(InputRound)
  case task(TaskState)
}

/// A server's wish for input before it goes on.
package struct InputRound: Sendable, Hashable {
  package var requests: [InputRequest]
  /// To be echoed exactly as it came, and only with the repeated call.
  package var state: JSON?

  package init(requests: [InputRequest], state: JSON?) {
    self.requests = requests
    self.state = state
  }
}

/// A result with what was noticed about its envelope.
package struct ReceivedResult: Sendable, Hashable {
  package var result: CallResult
  package var serverInfo: Implementation?
  package var issues: [ModelIssue]

  package init(result: CallResult, serverInfo: Implementation? = nil, issues: [ModelIssue] = []) {
    self.result = result
    self.serverInfo = serverInfo
    self.issues = issues
  }
}
