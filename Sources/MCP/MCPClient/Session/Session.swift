package import EventLoop
import JSON
import JSONRPC
package import MCPEras
package import MCPProtocol
package import Transports

/// A conversation with one server, whatever its revision. Made by `Connector`.
@LoopActor
package final class Session {
  package let settings: SessionSettings
  package let verdict: NegotiationVerdict
  package let evidence: [NegotiationEvidence]
  package private(set) var card: ServerCard
  package internal(set) var state = SessionState.ready
  /// Requests of the server that wait for `answer`.
  package var waitingInputs: [InputItem] { inputs.items }

  var channel: Channel
  let clock: any LoopClock
  let authorize: ConnectionPlan.Authorize?
  /// Makes a way to another process of the server; nil where there is no process.
  let remake: Remake?
  private let listener: @LoopActor (ClientEvent) -> Void

  var inputs = InputQueue()
  var inputWaiters: [Int: CheckedContinuation<InputAnswer?, Never>] = [:]
  /// Answers given out of order, until the caller comes to them.
  var earlyAnswers: [Int: InputAnswer] = [:]
  var progressListeners: [RPCID: @LoopActor @Sendable (ProgressUpdate) -> Void] = [:]
  /// Schemas of the tools listed last, for the headers they mark.
  var toolSchemas: [String: JSON] = [:]
  var subscriptions = SubscriptionBook()
  var listening: Task<Void, Never>?
  /// The server gave this session an id of its own, and may forget it.
  var hasID = false
  /// Counts the sessions opened with the server, one after another.
  var generation = 0
  var reopening: Task<Result<Void, ClientError>, Never>?
  package internal(set) var logLevel: LogLevel?

  init(
    channel: Channel, settings: SessionSettings, verdict: NegotiationVerdict,
    evidence: [NegotiationEvidence], card: ServerCard, clock: any LoopClock,
    authorize: ConnectionPlan.Authorize?, remake: Remake?,
    listener: @escaping @LoopActor (ClientEvent) -> Void
  ) {
    self.channel = channel
    self.settings = settings
    self.verdict = verdict
    self.evidence = evidence
    self.card = card
    self.clock = clock
    self.authorize = authorize
    self.remake = remake
    self.listener = listener
    logLevel = settings.logLevel
  }

  typealias Remake = @LoopActor () -> any Transport

  package var features: WireFeatures { channel.codec.features }
  package var kind: TransportKind { channel.transport.kind }

  /// Memory of the server's process; nil where it is none of ours.
  package var residentBytes: Int? { (channel.transport as? StdioTransport)?.residentBytes() }

  /// Ends the conversation in order; whatever still waits ends with it.
  package func close() async {
    listening?.cancel()
    await channel.close()
  }

  func tell(_ event: ClientEvent) { listener(event) }
  func find(_ finding: Finding) { listener(.finding(finding)) }

  func find(_ issues: [ModelIssue], in method: String) {
    if !issues.isEmpty { find(.model(method: method, issues)) }
  }

  func move(to state: SessionState) {
    self.state = state
    tell(.state(state))
  }

  func adopt(_ card: ServerCard) { self.card = card }
}
