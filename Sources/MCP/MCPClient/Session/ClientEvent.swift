package import JSONRPC
package import MCPEras
package import MCPProtocol
package import Transports

/// Everything a session tells besides the answers to calls.
package enum ClientEvent: Sendable {
  case state(SessionState)
  case log(Decoded<LogMessage>)
  case listChanged(ListKind)
  case resourceUpdated(uri: String?)
  case progress(call: RPCID, ProgressUpdate)
  case input(InputItem)
  /// The server, or the caller, does not wait for this answer any more.
  case inputWithdrawn(InputItem)
  case elicitationCompleted(id: String?)
  case task(TaskState)
  case subscription(SubscriptionNews)
  case notification(ReceivedNotice)
  case finding(Finding)
  /// A line the server process wrote to its standard error.
  case stderr(LogLine)
  case pushStream(SessionEvent.PushStreamState)
}

/// Where a session stands.
package enum SessionState: Sendable, Hashable {
  case ready
  /// The server forgot us and is asked anew.
  case reopening
  case closed(TransportEnd)
}

/// The lists a server keeps.
package enum ListKind: String, Sendable, Hashable, CaseIterable {
  case tools
  case resources
  case resourceTemplates = "templates"
  case prompts
}

/// What became of a subscription stream.
package enum SubscriptionNews: Sendable, Hashable {
  case agreed(SubscriptionFilter)
  case endedByServer
  /// Changes may have been missed; the lists are to be fetched again.
  case lost(retryAfter: Duration)
  case failed(ClientError)
}
