package import HTTPCore
package import JSON
package import JSONRPC
package import MCPProtocol
package import Transports

/// What was negotiated. Kept per target, so that the next connection need not ask again.
package struct NegotiationVerdict: Sendable, Hashable {
  package let era: Era
  package let version: ProtocolVersion
  /// True where the answer came over the older two-endpoint transport.
  package let usesLegacyStream: Bool
  /// The result of `server/discover` or `initialize`; null where a pin was taken without one.
  package let opening: JSON
  /// The way on which the conversation goes on.
  package let way: NegotiationWay

  package init(
    era: Era, version: ProtocolVersion, usesLegacyStream: Bool, opening: JSON, way: NegotiationWay
  ) {
    self.era = era
    self.version = version
    self.usesLegacyStream = usesLegacyStream
    self.opening = opening
    self.way = way
  }
}

/// A refusal that asks for credentials.
package struct NegotiationChallenge: Sendable, Hashable {
  package let status: Int
  package let headers: HTTPFields
  /// What the server says about it. Foreign text.
  package let words: String?
  /// The tool whose call was refused.
  package var tool: String?

  package init(status: Int, headers: HTTPFields, words: String? = nil) {
    self.status = status
    self.headers = headers
    self.words = words
  }
}

/// Why no conversation came about. None of these says anything about the peer's era.
package enum NegotiationFailure: Error, Sendable, Hashable {
  /// Both sides have revisions, and none is the same.
  case nothingShared(theirs: [String], ours: [ProtocolVersion])
  /// The pinned revision was refused, with what the peer offers if it said so.
  case pinRefused(ProtocolVersion, theirs: [String])
  /// The peer answered `initialize` with an error.
  case initializeRefused(RPCError)
  /// HTTP refused the request for a reason that has nothing to do with revisions.
  case refused(HTTPRefusal)
  /// No URL of the three kinds answered as MCP does.
  case notMCP
  case timedOut(Duration)
  /// The process does not read its standard input.
  case unheard(Duration)
  /// The peer ended before it answered.
  case ended(TransportEnd)
  case transport(TransportFailure)
  /// A revision that this program does not speak.
  case unknownVersion(ProtocolVersion)
}

/// What came back on a question.
package enum NegotiationObservation: Sendable, Hashable {
  case result(JSON)
  /// An error object in an HTTP success, or over any other way.
  case rejected(RPCError)
  /// A status that is no success, with the error object in its body if there is one.
  case refused(HTTPRefusal)
  /// The exchange ended without an answer, or with one that is no JSON-RPC.
  case unusable
  case timedOut(Duration)
  /// A process read the question, and nothing of it moved for that long.
  case silent(Duration)
  /// A process did not even read the question.
  case unheard(Duration)
  case ended(TransportEnd)
  case failed(TransportFailure)
}

extension NegotiationObservation {
  var isResult: Bool {
    if case .result = self { true } else { false }
  }

  /// A process said nothing at all to the question.
  var isSilence: Bool {
    switch self {
    case .silent, .timedOut: true
    default: false
    }
  }

  /// The revisions named in a refusal, which no other process would refuse otherwise.
  var namedVersions: [String]? {
    if case .rejected(let error) = self { error.namedVersions } else { nil }
  }
}
