package import EventLoop
package import HTTP
import HTTPCore
import JSON

/// A server of the first revision: one event stream brings everything, messages go to the address it names.
///
/// The stream is the connection: when it ends, everything ends, and nothing can be taken up again.
@LoopActor
package final class LegacySSE: Transport {
  package nonisolated let kind = TransportKind.legacySSE
  private let clock: any LoopClock
  private let requester: HTTPRequester
  private var profile = TransportProfile.stateless
  private var receive: (@LoopActor (TransportEvent) -> Void)?
  private let stream = HTTPLine()
  private let endpoint: EndpointWait
  private var posts: [ExchangeID: HTTPLine] = [:]
  private var lastExchange = 0
  private var isOver = false

  package init(
    _ settings: HTTPTransportSettings, client: HTTPClient? = nil, clock: (any LoopClock)? = nil,
    tap: TrafficTap = TrafficTap(), lane: String = ""
  ) {
    self.clock = clock ?? LoopActor.loop.clock
    let recorder = TrafficRecorder(tap: tap, kind: .legacySSE, lane: lane, clock: self.clock)
    requester = HTTPRequester(
      settings, client: client, clock: self.clock, recorder: recorder)
    endpoint = EndpointWait(clock: self.clock)
  }

  /// Asked for header lines before each request; the user's own lines win over them.
  package var credentials: RequestCredentials? {
    get { requester.credentials }
    set { requester.credentials = newValue }
  }

  /// Opens the stream and waits until the server has named where messages go.
  package func start(
    _ receive: @escaping @LoopActor (TransportEvent) -> Void
  ) async throws(TransportFailure) {
    guard self.receive == nil, !isOver else { throw .notOpen }
    self.receive = receive
    requester.recorder.record(.opened(what: "\(requester.settings.url)"))
    EventLoop.task { await self.keepStream() }
    do {
      try await endpoint.wait(atMost: requester.settings.endpointLimit, url: requester.url)
    } catch {
      self.receive = nil
      await close()
      throw error
    }
  }

  @discardableResult
  package func send(_ frame: OutgoingFrame) throws(TransportFailure) -> ExchangeID {
    guard let url = endpoint.url, receive != nil, !isOver else { throw .notOpen }
    lastExchange += 1
    let exchange = ExchangeID(lastExchange)
    requester.recorder.record(.frame(.sent, bytes: frame.bytes, method: frame.method), exchange)
    let line = HTTPLine()
    posts[exchange] = line
    EventLoop.task { await self.post(frame, to: url, exchange, on: line) }
    return exchange
  }

  /// The answer comes on the common stream: there is nothing to close, unless the message is still on its way.
  package func cancel(_ exchange: ExchangeID) { posts.removeValue(forKey: exchange)?.cut() }

  package func adopt(_ profile: TransportProfile) { self.profile = profile }

  package func close() async { end(.byUs) }

  private func end(_ end: TransportEnd) {
    guard !isOver else { return }
    isOver = true
    stream.cut()
    for line in posts.values { line.cut() }
    posts = [:]
    requester.close()
    requester.recorder.record(.closed(end))
    receive?(.closed(end))
    receive = nil
  }
}

// MARK: - The stream

extension LegacySSE {
  private func keepStream() async {
    do throws(TransportFailure) {
      let question = HTTPQuestion(
        verb: "GET", headers: ["Accept": "text/event-stream", "Cache-Control": "no-store"],
        isRepeatable: true)
      let answer = try await requester.ask(question, on: stream)
      guard answer.head.isSuccess, answer.head.mediaType?.isEventStream == true else {
        return try await refuse(answer)
      }
      let reader = StreamReader(limit: requester.settings.answerLimit)
      try await reader.read(answer, arriving: { receive?(.arriving(nil)) }) {
        self.take($0, from: answer.url)
      }
      endpoint.fail(with: .endedBeforeEndpoint(answer.url))
      end(.streamEnded)
    } catch {
      endpoint.fail(with: error)
      end(.failed(error))
    }
  }

  private func refuse(_ answer: HTTPAnswer) async throws(TransportFailure) {
    let bytes = try await answer.body(cutting: AnswerBody.refusalLimit)
    if answer.head.isSuccess {
      let cause = "the answer is \(AnswerBody.kind(answer.head, bytes, wanted: "an event stream"))"
      throw .network(NetworkFailure(layer: .answer, url: "\(answer.url)", cause: cause))
    }
    let json = RefusalBody.json(bytes, isStream: false)
    throw .refused(
      HTTPRefusal(
        status: answer.head.status, headers: answer.head.fields, body: bytes, json: json))
  }

  private func take(_ item: StreamReader.Item, from url: WebURL) {
    guard !isOver else { return }
    switch item {
    case .message(let reading, let bytes, let event): tell(reading, bytes, event)
    case .other(let event) where event.type == "endpoint": endpoint.name(event.text, from: url)
    case .other(let event): tellNoise(event.data, .notJSON)
    case .noise(let bytes, let reason): tellNoise(bytes, reason)
    }
  }

  private func tell(_ reading: JSONReading, _ bytes: [UInt8], _ event: ServerSentEvent? = nil) {
    requester.recorder.record(bytes, reading.value)
    receive?(
      .frame(
        IncomingFrame(
          bytes: bytes, json: reading.value, findings: reading.findings,
          eventType: event?.foreignType, arrived: Arrival(clock))))
  }

  private func tellNoise(_ bytes: [UInt8], _ reason: Noise.Reason) {
    let noise = Noise(
      bytes: Array(bytes.prefix(Noise.shownBytes)), size: bytes.count, reason: reason,
      arrived: Arrival(clock))
    requester.recorder.record(.noise(noise))
    receive?(.noise(noise))
  }
}

// MARK: - Posts

extension LegacySSE {
  private func post(
    _ frame: OutgoingFrame, to url: WebURL, _ exchange: ExchangeID, on line: HTTPLine
  ) async {
    let headers: HTTPFields = ["Content-Type": "application/json", "Accept": "application/json"]
    let standing = frame.purpose == .opening ? [:] : profile.headers
    let question = HTTPQuestion(
      verb: "POST", url: url, headers: headers.overlaid(with: standing), body: frame.bytes,
      idleLimit: frame.idleLimit, isRepeatable: frame.isRepeatable, exchange: exchange)
    do throws(TransportFailure) {
      let answer = try await requester.ask(question, on: line)
      let bytes = try await answer.body(cutting: AnswerBody.refusalLimit)
      settle(AnswerBody(answer.head, bytes, purpose: .oneWay), frame, exchange)
    } catch {
      tellEnd(exchange, .failed(error))
    }
  }

  /// Only a refusal ends a request here: its answer is still to come on the stream.
  private func settle(_ body: AnswerBody, _ frame: OutgoingFrame, _ exchange: ExchangeID) {
    if case .refused(let refusal) = body { return tellEnd(exchange, .refused(refusal)) }
    if case .messages(let series) = body {
      for item in series.items { tell(item.reading, item.bytes) }
    }
    if frame.purpose == .oneWay { return tellEnd(exchange, .accepted) }
    posts[exchange] = nil
  }

  private func tellEnd(_ exchange: ExchangeID, _ end: ExchangeEnd) {
    guard posts.removeValue(forKey: exchange) != nil else { return }
    receive?(.ended(exchange, end))
  }
}
