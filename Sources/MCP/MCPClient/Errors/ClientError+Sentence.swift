import JSON
import JSONRPC
import MCPEras
import MCPProtocol
import Transports

/// The one place that puts a client error into words. Words of the peer in it are foreign text.
extension ClientError: CustomStringConvertible {
  package var description: String {
    let what = context.method.map { "\($0): " } ?? ""
    let unknown = "; whether the call was carried out is unknown, and it was not repeated"
    return what + reason.sentence(context) + (context.isOutcomeUnknown ? unknown : "")
  }
}

extension ClientError.Reason {
  fileprivate func sentence(_ context: ClientError.Context) -> String {
    switch self {
    case .negotiation(.notMCP) where !context.evidence.isEmpty:
      "\(NegotiationFailure.notMCP) (\(context.evidence.summary))"
    case .negotiation(let failure): failure.description
    case .signInRequired(let challenge): challenge.sentence
    case .signInFailed(let refusal): refusal.sentence
    case .transport(let failure): failure.description
    case .ended(let end): end.sentence
    case .refused(let refusal): refusal.sentence
    case .unanswered: "the connection ended before the answer; whether it was done is unknown"
    case .rpc(let error): error.sentence(status: context.refusal?.status)
    case .invalidResult(let issues, _):
      "the answer is unusable: " + issues.prefix(3).map(\.description).joined(separator: "; ")
    case .unreadable(let noise): "the answer cannot be read, \(noise.problem)"
    case .notInEra(let version): "this method does not exist in revision \(version)"
    case .timedOut(let limit): limit.sentence
    case .cancelled: "cancelled"
    case .sessionLost:
      "the server had forgotten the session; a new one is open, but the call was not repeated"
    case .inputNeeded(let requests):
      "the server asks for input that cannot be given here ("
        + requests.map(\.summary).joined(separator: ", ") + ")"
    case .inputRefused(let request, let message): "\(request.method) was refused: \(message)"
    case .tooManyRounds(let rounds): "the server asked for input more than \(rounds) times"
    case .taskFailed(let task): "the task failed" + task.words
    case .taskCancelled(let task): "the task was cancelled" + task.words
    }
  }
}

extension TaskState {
  fileprivate var words: String { statusMessage.map { ": \($0)" } ?? "" }
}

extension TimeLimit {
  fileprivate var sentence: String {
    switch self {
    case .idle: "no answer and no progress for \(duration.words)"
    case .total: "no answer within \(duration.words)"
    case .task: "the task goes on with nothing new for \(duration.words)"
    }
  }
}

extension Duration {
  var words: String {
    formatted(seconds: Double(components.seconds) + Double(components.attoseconds) / 1e18)
  }

  private func formatted(seconds: Double) -> String {
    seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(Int((seconds * 1000).rounded())) ms"
  }
}

extension RPCError {
  fileprivate func sentence(status: Int?) -> String {
    let name = code.flatMap { ErrorTable.row(for: $0, in: Optional.none) }?.meaning
    let number = code.map { "error \($0)" } ?? "an error without code"
    let carrier = status.map { ", HTTP \($0)" } ?? ""
    let words = [message, data?.string, name].lazy.compactMap { $0 }.first { !$0.isEmpty }
    return "the server answered \(number)\(carrier): \(words ?? "no message")"
  }
}

extension TransportEnd {
  var sentence: String {
    switch self {
    case .byUs: "the connection was closed"
    case .byPeer: "the server closed its side of the connection and lives on"
    case .streamEnded: "the server ended the event stream that answers come on"
    case .failed(let failure): failure.description
    case .process(let end, let lines):
      "the server process \(end)"
        + (lines.last.map { "; its last words: \($0)" } ?? "")
    }
  }
}

extension NegotiationChallenge {
  fileprivate var sentence: String {
    let what =
      status != 403 ? "asks to sign in" : wantsScope ? "asks for wider rights" : "forbids this"
    return "the server \(what) (HTTP \(status))" + (words.map { ": \($0)" } ?? "")
  }
}
