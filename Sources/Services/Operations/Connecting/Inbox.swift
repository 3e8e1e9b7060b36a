import EventLoop
import JSON
import MCPClient
import MCPEras
import MCPProtocol
import Transports

/// Turns what a session tells into what its user is told, and keeps what a later sentence needs.
@LoopActor
final class Inbox {
  private let tell: @LoopActor @Sendable (ConnectionEvent) -> Void
  /// Questions that nobody could be asked, by method, since the last call began.
  private(set) var refusedQuestions: [String] = []
  /// Everything out of order since the connection was opened, for `--json` and reports.
  private(set) var findings: [String] = []
  /// Why the server cannot tell anything by itself.
  private(set) var silence: String?
  /// The stream for what the server tells by itself is open.
  private(set) var isListening = false
  private static let findingsKept = 1_000

  init(tell: @escaping @LoopActor @Sendable (ConnectionEvent) -> Void) { self.tell = tell }

  func forgetRefusals() { refusedQuestions = [] }

  func take(_ event: ClientEvent) {
    switch event {
    case .finding(let finding): take(finding)
    case .pushStream(let state): take(state)
    case .subscription(.endedByServer): fallSilent("the server ended the subscription")
    case .subscription(.failed(let error)):
      fallSilent("the subscription failed: \(error.description)")
    case .state(.ready), .progress: break
    default: if let told = event.told { tell(told) }
    }
  }

  private func take(_ state: SessionEvent.PushStreamState) {
    switch state {
    case .open:
      silence = nil
      isListening = true
      tell(.listening)
    case .refused(let status):
      fallSilent("the server keeps no stream for what it tells by itself (HTTP \(status))")
    case .lost:
      isListening = false
      tell(.subscription("the standing stream was lost and is opened again"))
    case .givenUp: fallSilent("the standing stream was lost and could not be opened again")
    }
  }

  private func fallSilent(_ sentence: String) {
    silence = sentence
    tell(.silent(sentence))
  }

  /// Something that is worth a line to the user, found by whoever uses the connection.
  func note(finding sentence: String) {
    if findings.count < Self.findingsKept { findings.append(sentence) }
    tell(.finding(sentence, isMinor: false))
  }

  private func take(_ finding: Finding) {
    if case .undeclared(let method, let question) = finding {
      refusedQuestions.append(question ?? method)
    }
    let sentence = finding.description
    if findings.count < Self.findingsKept { findings.append(sentence) }
    tell(.finding(sentence, isMinor: finding.isMinor))
  }
}

extension ClientEvent {
  fileprivate var told: ConnectionEvent? {
    switch self {
    case .state(.reopening): return .reopening
    case .state(.closed(let end)): return .closed(ClientError(.ended(end)).description)
    case .log(let message): return message.value.map(ConnectionEvent.of)
    case .listChanged(let kind): return .listChanged(kind.rawValue)
    case .resourceUpdated(let uri): return .resourceUpdated(uri: uri)
    case .input(let item): return .question(.init(id: item.id, request: item.request))
    case .inputWithdrawn(let item): return .questionWithdrawn(item.id)
    case .elicitationCompleted(let id):
      return .notification(
        method: "notifications/elicitation/complete", params: id.map { .string($0) })
    case .task(let task): return .task(task)
    case .subscription(let news): return .subscription(news.sentence)
    case .notification(let notice):
      return .notification(method: notice.method, params: notice.params)
    case .stderr(let line): return .stderr(line.text)
    case .state, .finding, .progress, .pushStream: return nil
    }
  }
}

extension ConnectionEvent {
  fileprivate static func of(_ message: LogMessage) -> ConnectionEvent {
    .serverLog(
      level: message.level.rawValue, logger: message.logger, data: message.data ?? .null)
  }
}

extension SubscriptionNews {
  fileprivate var sentence: String {
    switch self {
    case .agreed: "the server agreed to tell of changes"
    case .endedByServer: "the server ended the subscription"
    case .lost: "the subscription was lost and is opened again"
    case .failed(let error): "the subscription failed: \(error.description)"
    }
  }
}
