import HTTPCore
import JSONRPC
import MCPEras
import Processes
import Transports

extension ClientError {
  /// A name for the cause, for scripts and for whoever looks for a remedy.
  package var code: String { reason.code }

  /// What barred the first way that was tried, where the failure says only that none was open.
  package var firstCause: String? {
    guard case .negotiation(.notMCP) = reason else { return nil }
    return context.evidence.lazy.compactMap { entry -> String? in
      if case .failed(.network(let failure)) = entry.observation { failure.code } else { nil }
    }.first
  }
}

extension ClientError.Reason {
  fileprivate var code: String {
    switch self {
    case .negotiation(let failure): failure.code
    case .signInRequired(let challenge): challenge.code
    case .signInFailed(let refusal): refusal.code
    case .transport(let failure): failure.code
    case .ended(let end): end.code
    case .refused(let refusal): refusal.code
    case .unanswered: "stream-ended"
    case .rpc(let error): error.code.map { "rpc\($0.rawValue)" } ?? "rpc-error"
    case .invalidResult, .unreadable: "unusable-answer"
    case .notInEra: "not-in-revision"
    case .timedOut: "timed-out"
    case .cancelled, .taskCancelled: "cancelled"
    case .sessionLost: "session-lost"
    case .inputNeeded, .inputRefused: "input-needed"
    case .tooManyRounds: "too-many-rounds"
    case .taskFailed: "task-failed"
    }
  }
}

extension NegotiationChallenge {
  fileprivate var code: String {
    guard status == 403 else { return "sign-in-needed" }
    return wantsScope ? "scope-needed" : "http-403"
  }

  /// A wider scope would help, and nothing else is said to.
  var wantsScope: Bool {
    status == 403 && headers["WWW-Authenticate"]?.contains("insufficient_scope") == true
  }
}

extension NegotiationFailure {
  fileprivate var code: String {
    switch self {
    case .nothingShared: "no-shared-revision"
    case .pinRefused: "revision-refused"
    case .initializeRefused: "initialize-refused"
    case .refused(let refusal): refusal.code
    case .notMCP: "not-mcp"
    case .timedOut: "no-answer"
    case .unheard: "not-read"
    case .ended(let end): end.code
    case .transport(let failure): failure.code
    case .unknownVersion: "unknown-revision"
    }
  }
}

extension TransportFailure {
  fileprivate var code: String {
    switch self {
    case .launch(let failure): failure.code
    case .notOpen: "not-open"
    case .write: "write-failed"
    case .congested: "not-reading"
    case .network(let failure): failure.code
    case .refused(let refusal): refusal.code
    }
  }
}

extension TransportEnd {
  fileprivate var code: String {
    switch self {
    case .byUs: "closed"
    case .process(.exited, _): "process-exited"
    case .process: "process-killed"
    case .byPeer: "output-closed"
    case .streamEnded: "stream-ended"
    case .failed(let failure): failure.code
    }
  }
}

extension HTTPRefusal {
  fileprivate var code: String { isAboutAddress ? "host-refused" : "http-\(status)" }
}

extension SpawnFailure {
  fileprivate var code: String {
    switch self {
    case .notFound, .noSuchFile, .noProgram: "program-not-found"
    case .notExecutable, .isDirectory: "program-not-executable"
    case .noInterpreter: "interpreter-missing"
    case .badFormat: "program-bad-format"
    case .badDirectory, .notADirectory: "directory-unusable"
    case .containsNul, .system: "launch-failed"
    }
  }
}
