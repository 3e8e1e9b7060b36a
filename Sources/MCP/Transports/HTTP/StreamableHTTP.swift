package import EventLoop
package import HTTP
import HTTPCore
import JSON

/// A server behind one URL that takes every message by POST and answers with JSON or an event stream.
///
/// What it may do beyond that (sessions, a standing stream, taking streams up again) is the profile's to say.
@LoopActor
package final class StreamableHTTP: Transport {
  package nonisolated let kind = TransportKind.streamableHTTP
  let clock: any LoopClock
  let requester: HTTPRequester
  var settings: HTTPTransportSettings { requester.settings }
  private(set) var profile = TransportProfile.stateless
  private(set) var sessionID: String?
  private var receive: (@LoopActor (TransportEvent) -> Void)?
  private var runs: [ExchangeID: HTTPLine] = [:]
  /// Answered exchanges whose streams are read to their ends.
  private var leftovers: [ExchangeID: HTTPLine] = [:]
  private var pushLine: HTTPLine?
  private var lastExchange = 0
  private var isClosed = false

  package init(
    _ settings: HTTPTransportSettings, client: HTTPClient? = nil, clock: (any LoopClock)? = nil,
    tap: TrafficTap = TrafficTap(), lane: String = ""
  ) {
    self.clock = clock ?? LoopActor.loop.clock
    let recorder = TrafficRecorder(
      tap: tap, kind: .streamableHTTP, lane: lane, clock: self.clock)
    requester = HTTPRequester(
      settings, client: client, clock: self.clock, recorder: recorder)
  }

  /// Asked for header lines before each request; the user's own lines win over them.
  package var credentials: RequestCredentials? {
    get { requester.credentials }
    set { requester.credentials = newValue }
  }

  package func start(
    _ receive: @escaping @LoopActor (TransportEvent) -> Void
  ) async throws(TransportFailure) {
    guard self.receive == nil, !isClosed else { throw .notOpen }
    self.receive = receive
    requester.recorder.record(.opened(what: "\(settings.url)"))
  }

  @discardableResult
  package func send(_ frame: OutgoingFrame) throws(TransportFailure) -> ExchangeID {
    guard receive != nil, !isClosed else { throw .notOpen }
    lastExchange += 1
    let exchange = ExchangeID(lastExchange)
    if frame.purpose == .opening { forgetSession() }
    requester.recorder.record(.frame(.sent, bytes: frame.bytes, method: frame.method), exchange)
    let line = HTTPLine()
    runs[exchange] = line
    let question = question(frame, exchange)
    requester.begin(question, on: line) { [self] in
      EventLoop.task { await self.carry(frame, question, exchange, on: line) }
    }
    return exchange
  }

  package func cancel(_ exchange: ExchangeID) { runs.removeValue(forKey: exchange)?.cut() }

  package func adopt(_ profile: TransportProfile) {
    self.profile = profile
    if profile.opensPushStream, pushLine == nil, !isClosed {
      let line = HTTPLine()
      pushLine = line
      EventLoop.task { await self.keepPushStream(on: line) }
    }
    if !profile.opensPushStream { cutPushStream() }
  }

  package func close() async {
    guard !isClosed else { return }
    isClosed = true
    cutPushStream()
    for line in Array(runs.values) + leftovers.values { line.cut() }
    runs = [:]
    leftovers = [:]
    await endSession()
    requester.close()
    requester.recorder.record(.closed(.byUs))
    receive?(.closed(.byUs))
    receive = nil
  }
}

// MARK: - Telling

extension StreamableHTTP {
  /// False once the exchange is over or given up: nobody is to hear of it then.
  func isOpen(_ exchange: ExchangeID) -> Bool { runs[exchange] != nil }

  func tell(_ event: TransportEvent) {
    if !isClosed { receive?(event) }
  }

  func tell(
    _ reading: JSONReading, _ bytes: [UInt8], on exchange: ExchangeID?,
    event: ServerSentEvent? = nil
  ) {
    requester.recorder.record(bytes, reading.value, exchange)
    tell(
      .frame(
        IncomingFrame(
          bytes: bytes, json: reading.value, exchange: exchange, findings: reading.findings,
          eventType: event?.foreignType, arrived: Arrival(clock))))
  }

  func tellNoise(_ bytes: [UInt8], _ reason: Noise.Reason, on exchange: ExchangeID?) {
    let noise = Noise(
      bytes: Array(bytes.prefix(Noise.shownBytes)), size: bytes.count, reason: reason,
      exchange: exchange, arrived: Arrival(clock))
    requester.recorder.record(.noise(noise), exchange)
    tell(.noise(noise))
  }

  /// Tells the end of an exchange, once.
  func end(_ exchange: ExchangeID, _ end: ExchangeEnd) {
    guard runs.removeValue(forKey: exchange) != nil else { return }
    tell(.ended(exchange, end))
  }

  /// Its answer is complete; whatever the stream still brings is read for a while, so that the connection is kept.
  func endAnswered(_ exchange: ExchangeID) {
    guard let line = runs[exchange] else { return }
    leftovers[exchange] = line
    end(exchange, .complete)
  }

  func forgetLeftover(_ exchange: ExchangeID) { leftovers[exchange] = nil }
}

// MARK: - Sessions

extension StreamableHTTP {
  /// What every request but the opening one carries.
  func standingHeaders() -> HTTPFields {
    var headers = profile.headers
    if profile.keepsSession, let sessionID { headers["Mcp-Session-Id"] = sessionID }
    return headers
  }

  /// Takes a session id over from a successful answer to an opening frame that holds a result.
  func adoptSession(from fields: HTTPFields) {
    guard let id = fields["Mcp-Session-Id"], !id.isEmpty else { return }
    guard HTTPField.isValue(id) else { return tell(.session(.unusableID)) }
    sessionID = id
    tell(.session(.assigned))
  }

  private func forgetSession() {
    sessionID = nil
    profile = .stateless
    cutPushStream()
  }

  private func cutPushStream() {
    pushLine?.cut()
    pushLine = nil
  }

  /// Asks the server to drop the session; a server need not offer that, so that its answer does not matter.
  private func endSession() async {
    guard profile.keepsSession, !profile.leavesSession, sessionID != nil else { return }
    let question = HTTPQuestion(
      verb: "DELETE", headers: standingHeaders(), totalLimit: .seconds(2), isRepeatable: true)
    do {
      let answer = try await requester.ask(question, on: HTTPLine())
      _ = try await answer.body(cutting: AnswerBody.refusalLimit)
    } catch {
      // The tap has been told; there is nothing left to be done about a session that is given up anyway.
    }
    sessionID = nil
  }
}
