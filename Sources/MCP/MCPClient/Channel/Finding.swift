package import JSON
package import JSONRPC
package import MCPEras
package import MCPProtocol
package import Transports

/// Something a server does that it should not, or that a user should know; nothing was lost by it.
package enum Finding: Sendable, Hashable {
  case malformedMessage([RPCIssue], raw: JSON)
  case batch(count: Int)
  case noise(Noise)
  case oddText([JSONFinding])
  /// One message over many lines, where a line is a message.
  case spreadMessage(lines: Int)
  /// The session id cannot be sent back in a header.
  case unusableSessionID
  /// A message in an event of another type than MCP's.
  case foreignEvent(type: String)
  case lateResponse(RPCID)
  case duplicateResponse(RPCID)
  case unknownResponse(RPCID?)
  /// The answer's id is not ours, but nothing else can be meant.
  case wrongID(sent: RPCID, got: RPCID?)
  case errorWithoutCall(RPCError)
  /// 202 to a request: the answer can only come by another way.
  case acceptedRequest(method: String)
  case noticeRefused(method: String, status: Int)
  case unknownNotification(String)
  case notInEra(method: String, ProtocolVersion)
  case unknownProgressToken(JSON?)
  case progressWentBack(method: String, from: Double, to: Double)
  /// The server asks for something this client has not declared.
  case undeclared(method: String, question: String? = nil)
  case requestFromStatelessServer(method: String)
  case repeatedRequestID(RPCID)
  case model(method: String, [ModelIssue])
  case repeatedCursor(method: String, cursor: String)
  case pageLimit(method: String, Int)
  case itemLimit(method: String, Int)
  case emptyPages(method: String, Int)
  case toolRejected(name: String, [MirrorFault])
  case headersRefused(tool: String)
  case subscriptionNarrowed(asked: SubscriptionFilter, agreed: SubscriptionFilter)
  case unknownSubscription(JSON?)
  case sessionLost(method: String, status: Int)
  /// The server's process went away by itself; another one is asked in its place.
  case serverRestarted(method: String, TransportEnd)
  case tooManyCompletions(Int)
  case initializedRefused(status: Int?)
  case taskNotCancelled(id: String, ClientError)
  /// What the lost session had been told could not be told to the new one.
  case notRestored(ClientError)
}

extension Finding {
  /// Whether it is worth no more than a line in a detailed view.
  package var isMinor: Bool {
    switch self {
    case .unknownNotification, .lateResponse, .noise, .unknownProgressToken: true
    default: false
    }
  }
}
