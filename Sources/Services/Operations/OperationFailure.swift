package import JSON
import JSONRPC
package import MCPClient
import MCPEras
package import MCPProtocol
import Transports

/// Why something that was asked for did not come about, in the terms of whoever asked.
package struct OperationFailure: Error, Sendable, Hashable {
  /// What the user can do about it; scripts tell these apart by the exit code.
  package enum Kind: Sendable, Hashable, CaseIterable {
    case usage, unauthorized, unreachable, protocolError, inputRequired, timedOut, interrupted
  }

  package var kind: Kind
  /// Where on the way it happened: `dns`, `tls`, `jsonrpc` …
  package var layer: String
  /// One sentence without a full stop. Words of the peer in it are foreign text.
  package var sentence: String
  package var hint: String?
  package var details: JSONObject
  /// Questions to answer before the same is asked again.
  package var questions: [InputRequest] = []

  package init(
    _ kind: Kind, layer: String, _ sentence: String, hint: String? = nil,
    details: JSONObject = [:]
  ) {
    self.kind = kind
    self.layer = layer
    self.sentence = sentence
    self.hint = hint
    self.details = details
  }
}

extension OperationFailure {
  /// The server answered that it does not know the method.
  package var isMethodMissing: Bool {
    details["error"]?["code"]?.int == RPCErrorCode.methodNotFound.rawValue
  }

  package init(_ error: ClientError, target: String) {
    self.init(
      Self.kind(of: error), layer: error.layer.rawValue, Self.sentence(for: error, target),
      hint: Self.hint(for: error, target: target), details: Self.details(of: error, target))
    questions = Self.questions(in: error)
  }

  /// Names the target, unless its address is in the sentence already.
  private static func sentence(for error: ClientError, _ target: String) -> String {
    let words = error.description
    return words.contains(target) ? words : "\(target): \(words)"
  }

  private static func kind(of error: ClientError) -> Kind {
    switch error.reason {
    // A URL behind which nothing speaks MCP is as good as not reached.
    case .negotiation(.notMCP), .taskCancelled: .unreachable
    case .signInFailed(let refusal) where refusal.isOutage: .unreachable
    default: kinds[error.layer] ?? .protocolError
    }
  }

  private static let kinds: [ErrorLayer: Kind] = [
    .config: .usage, .spawn: .unreachable, .dns: .unreachable, .tcp: .unreachable,
    .tls: .unreachable, .http: .unreachable, .auth: .unauthorized, .protocol: .protocolError,
    .jsonrpc: .protocolError, .timeout: .timedOut, .cancelled: .interrupted,
    .inputRequired: .inputRequired,
  ]

  private static func questions(in error: ClientError) -> [InputRequest] {
    guard case .rpc(let rpc) = error.reason,
      case .elicitationRequired(let pages) = ErrorMeaning(rpc)
    else { return [] }
    return pages.enumerated().map {
      InputRequest(key: "\($0.offset)", method: "elicitation/create", params: $0.element.raw)
    }
  }

  private static let bodyShown = 200

  /// How what an HTTP server said instead begins.
  private static func body(of error: ClientError) -> String? {
    var refusal = error.context.refusal
    switch error.reason {
    case .negotiation(.refused(let other)), .refused(let other),
      .transport(.refused(let other)), .negotiation(.transport(.refused(let other))):
      refusal = other
    case .negotiation(.notMCP): refusal = error.context.evidence.last?.refusal
    default: break
    }
    guard let body = refusal?.body, !body.isEmpty else { return nil }
    return String(decoding: body.prefix(bodyShown), as: UTF8.self)
  }

  private static func details(of error: ClientError, _ target: String) -> JSONObject {
    var details: JSONObject = ["target": .string(target), "layer": .string(error.layer.rawValue)]
    details["reason"] = .string(error.code)
    details["cause"] = error.firstCause.map(JSON.string)
    if let body = body(of: error) { details["body"] = .string(body) }
    details["method"] = error.context.method.map(JSON.string)
    details["status"] = error.context.refusal.map { .number(JSONNumber($0.status)) }
    details["error"] = error.rpc?.json
    if case .invalidResult(_, let raw) = error.reason { details["result"] = raw }
    if let lines = error.lastLines { details["stderr"] = .array(lines.map(JSON.string)) }
    if case .signInFailed(let refusal) = error.reason { details["auth"] = .string(refusal.code) }
    let evidence = error.context.evidence.map { JSON.string($0.description) }
    if !evidence.isEmpty { details["negotiation"] = .array(evidence) }
    return details
  }
}

extension NegotiationEvidence {
  fileprivate var refusal: HTTPRefusal? {
    switch observation {
    case .refused(let refusal), .failed(.refused(let refusal)): refusal
    default: nil
    }
  }
}

extension ClientError {
  /// The error that the server answered with.
  fileprivate var rpc: RPCError? {
    switch reason {
    case .rpc(let error), .negotiation(.initializeRefused(let error)): error
    default: nil
    }
  }

  /// What the process wrote to its standard error before it ended.
  fileprivate var lastLines: [String]? {
    switch reason {
    case .ended(.process(_, let lines)), .negotiation(.ended(.process(_, let lines))):
      lines.isEmpty ? nil : lines
    default: nil
    }
  }
}
