package import JSON
package import JSONRPC
package import MCPProtocol
package import Transports

/// Why something asked of a server did not come about. Only `reason.rpc` holds words of the peer as an error;
/// everything else happened on our side or on the way.
package struct ClientError: Error, Sendable, Hashable {
  package var reason: Reason
  package var context: Context

  package init(_ reason: Reason, _ context: Context = Context()) {
    self.reason = reason
    self.context = context
  }

  package enum Reason: Sendable, Hashable {
    case negotiation(NegotiationFailure)
    case signInRequired(NegotiationChallenge)
    /// There are credentials, and they do not do.
    case signInFailed(SignInRefusal)
    case transport(TransportFailure)
    case ended(TransportEnd)
    case refused(HTTPRefusal)
    /// The answer's stream ended first: whether the server did it is unknown.
    case unanswered
    case rpc(RPCError)
    /// An answer with neither result nor error, or a result of no use.
    case invalidResult([ModelIssue], raw: JSON)
    /// What came in the answer's place cannot be read.
    case unreadable(Noise)
    case notInEra(ProtocolVersion)
    case timedOut(TimeLimit)
    case cancelled
    /// The session was lost; a new one is there, and the call was not repeated.
    case sessionLost
    case inputNeeded([InputRequest])
    case inputRefused(InputRequest, message: String)
    case tooManyRounds(Int)
    case taskFailed(TaskState)
    case taskCancelled(TaskState)
  }

  /// What was going on; every part where known.
  package struct Context: Sendable, Hashable {
    package var method: String?
    package var id: RPCID?
    package var server: String?
    /// The HTTP answer that carried the peer's error.
    package var refusal: HTTPRefusal?
    package var evidence: [NegotiationEvidence]
    /// The call may have been carried out, and must not be made twice.
    package var isOutcomeUnknown = false

    package init(
      method: String? = nil, id: RPCID? = nil, server: String? = nil, refusal: HTTPRefusal? = nil,
      evidence: [NegotiationEvidence] = []
    ) {
      self.method = method
      self.id = id
      self.server = server
      self.refusal = refusal
      self.evidence = evidence
    }
  }
}

/// Why credentials did not do, in the words of whoever keeps them.
package struct SignInRefusal: Sendable, Hashable {
  /// Without full stop.
  package var sentence: String
  package var advice: String?
  /// A name for scripts.
  package var code: String
  /// The credentials may be good: whoever renews them did not answer.
  package var isOutage: Bool

  package init(sentence: String, advice: String? = nil, code: String, isOutage: Bool = false) {
    self.sentence = sentence
    self.advice = advice
    self.code = code
    self.isOutage = isOutage
  }
}

/// Which of a call's time limits was reached.
package enum TimeLimit: Sendable, Hashable {
  /// Nothing was heard for that long.
  case idle(Duration)
  /// The whole call, progress or not.
  case total(Duration)
  /// A task that was asked after again and again.
  case task(Duration)

  var duration: Duration {
    switch self {
    case .idle(let limit), .total(let limit), .task(let limit): limit
    }
  }
}
