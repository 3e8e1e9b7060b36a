import JSON
import JSONRPC
package import MCPProtocol
import Transports

/// One question of the negotiation, what came back, and what was concluded from it.
package struct NegotiationEvidence: Sendable, Hashable {
  package enum Question: Sendable, Hashable {
    case discover(ProtocolVersion)
    case initialize(ProtocolVersion)
  }

  package let question: Question
  package let way: NegotiationWay
  package let observation: NegotiationObservation
  package let conclusion: NegotiationStep

  package init(
    question: Question, way: NegotiationWay, observation: NegotiationObservation,
    conclusion: NegotiationStep
  ) {
    self.question = question
    self.way = way
    self.observation = observation
    self.conclusion = conclusion
  }
}

extension NegotiationEvidence: CustomStringConvertible {
  /// One line for people. Words of the peer in it are foreign text.
  package var description: String { "\(question)\(place): \(observation) → \(conclusion)" }

  private var place: String {
    switch way {
    case .current: ""
    case .freshProcess: " to a fresh process"
    case .legacyStream: " over HTTP+SSE"
    }
  }
}

extension NegotiationEvidence.Question: CustomStringConvertible {
  package var description: String {
    switch self {
    case .discover(let version): "server/discover \(version)"
    case .initialize(let version): "initialize \(version)"
    }
  }
}

extension NegotiationObservation: CustomStringConvertible {
  package var description: String {
    switch self {
    case .result(let json):
      if let versions = json["supportedVersions"]?.array {
        "supports \(versions.compactMap(\.string).joined(separator: ", "))"
      } else if let version = json["protocolVersion"]?.string {
        "answered \(version)"
      } else {
        "answered without naming a revision"
      }
    case .rejected(let error): Self.words(error)
    case .refused(let refusal), .failed(.refused(let refusal)):
      if let error = refusal.rpcError {
        "HTTP \(refusal.status), \(Self.words(error))"
      } else {
        "HTTP \(refusal.status)"
      }
    case .unusable: "no JSON-RPC answer"
    case .timedOut(let limit): "no answer within \(limit.words)"
    case .silent(let limit): "read, and no answer or move for \(limit.words)"
    case .unheard(let limit): "not read within \(limit.words)"
    case .ended(let end): "no answer, " + end.sentence
    case .failed(.network(let failure)): failure.cause
    case .failed(let failure): failure.description
    }
  }

  private static func words(_ error: JSONRPC.RPCError) -> String {
    let code = error.code.map { "\($0.rawValue)" } ?? "without code"
    return error.message.isEmpty ? "error \(code)" : "error \(code) (\(error.message))"
  }
}

extension NegotiationStep: CustomStringConvertible {
  package var description: String {
    switch self {
    case .discover(let version, _): "ask again as \(version)"
    case .initialize(let version, on: .legacyStream): "try HTTP+SSE with \(version)"
    case .initialize(let version, _): "initialize as \(version)"
    case .authorize(let challenge): "sign in first (HTTP \(challenge.status))"
    case .settled(let verdict): "\(verdict.version) it is"
    case .failed(let failure): failure.description
    }
  }
}

extension NegotiationFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .nothingShared(let theirs, let ours):
      "no revision in common: the server speaks \(Self.list(theirs)), this client "
        + Self.list(ours.map(\.rawValue))
    case .pinRefused(let version, let theirs):
      theirs.isEmpty
        ? "the server refused \(version)"
        : "the server refused \(version); it offers \(Self.list(theirs))"
    case .initializeRefused(let error):
      "the server refused to initialize: "
        + (error.message.isEmpty ? "no message" : error.message)
        + (error.code.map { " (\($0.rawValue))" } ?? "")
    case .refused(let refusal): refusal.sentence
    case .notMCP: "no MCP endpoint answers at this URL"
    case .timedOut(let limit): "the server did not answer within \(limit.words)"
    case .unheard(let limit):
      "the program runs, but did not read its standard input within \(limit.words)"
    case .ended(let end): "before any answer, " + end.sentence
    case .transport(let failure): failure.description
    case .unknownVersion(let version): "\(version) is no revision that this client speaks"
    }
  }

  private static func list(_ versions: [String]) -> String {
    versions.isEmpty ? "none" : versions.joined(separator: ", ")
  }
}
