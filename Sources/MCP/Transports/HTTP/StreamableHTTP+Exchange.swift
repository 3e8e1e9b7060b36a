import EventLoop
import HTTP
import HTTPCore
import JSON

extension StreamableHTTP {
  /// After its answer a stream may take so long to end before it is cut.
  private static let lingering = Duration.seconds(2)

  /// Carries one frame there and everything that comes back on its exchange.
  func carry(
    _ frame: OutgoingFrame, _ question: HTTPQuestion, _ exchange: ExchangeID, on line: HTTPLine
  ) async {
    do throws(TransportFailure) {
      let answer = try await requester.ask(question, on: line)
      if answer.head.isSuccess, try await answer.isEventStream() {
        try await follow(answer, frame, exchange, on: line)
      } else {
        let limit = answer.head.isSuccess ? nil : AnswerBody.refusalLimit
        let bytes = try await answer.body(cutting: limit) { [self] in tell(.arriving(exchange)) }
        let (head, purpose) = (answer.head, frame.purpose)
        let body = await LargeText.read(bytes.count) { AnswerBody(head, bytes, purpose: purpose) }
        settle(body, answer, frame, exchange)
      }
    } catch {
      end(exchange, .failed(error))
    }
    forgetLeftover(exchange)
  }

  func question(_ frame: OutgoingFrame, _ exchange: ExchangeID) -> HTTPQuestion {
    var headers: HTTPFields = [
      "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
    ]
    if frame.purpose != .opening { headers = headers.overlaid(with: standingHeaders()) }
    return HTTPQuestion(
      verb: "POST", headers: headers.overlaid(with: frame.headers), body: frame.bytes,
      idleLimit: frame.idleLimit, isRepeatable: frame.isRepeatable, exchange: exchange)
  }

  private func settle(
    _ body: AnswerBody, _ answer: HTTPAnswer, _ frame: OutgoingFrame, _ exchange: ExchangeID
  ) {
    guard isOpen(exchange) else { return }
    switch body {
    case .messages(let series):
      for item in series.items {
        noteOpening(item.reading.value, answer, frame)
        tell(item.reading, item.bytes, on: exchange)
      }
      if !series.rest.isEmpty { tellNoise(series.rest, .notJSON, on: exchange) }
      end(exchange, verdict(on: series, answer, frame))
    case .taken: end(exchange, .accepted)
    case .refused(let refusal): end(exchange, .refused(refusal))
    case .useless(let useless):
      if !useless.bytes.isEmpty { tellNoise(useless.bytes, useless.reason, on: exchange) }
      let failure = NetworkFailure(
        layer: useless.layer, url: "\(answer.url)", cause: useless.cause, code: useless.code)
      end(exchange, .failed(.network(failure)))
    }
  }

  /// What is JSON and answers nothing is a broken answer, and no loss on the way.
  private func verdict(
    on series: MessageSeries, _ answer: HTTPAnswer, _ frame: OutgoingFrame
  ) -> ExchangeEnd {
    if frame.purpose == .oneWay { return .accepted }
    if series.holdsAnswer { return .complete }
    return .failed(
      .network(
        NetworkFailure(
          layer: .message, url: "\(answer.url)", cause: "the answer is JSON but no response")))
  }

  private func noteOpening(_ json: JSON, _ answer: HTTPAnswer, _ frame: OutgoingFrame) {
    guard frame.purpose == .opening, json["result"]?.object != nil else { return }
    adoptSession(from: answer.head.fields)
  }
}

// MARK: - Streams

extension StreamableHTTP {
  /// Reads an answer's stream, and those that take it up again, until the answer has come or cannot come any more.
  private func follow(
    _ first: HTTPAnswer, _ frame: OutgoingFrame, _ exchange: ExchangeID, on line: HTTPLine
  ) async throws(TransportFailure) {
    let reader = StreamReader(limit: settings.answerLimit)
    var answer = first
    var barren = 0
    while true {
      let loss = await read(answer, reader, frame, exchange, on: line)
      guard isOpen(exchange) else { return }
      if frame.purpose == .oneWay { return end(exchange, .accepted) }
      if reader.holdsForeignAnswer { return end(exchange, .complete) }
      barren = reader.isFruitful ? 0 : barren + 1
      guard profile.resumesStreams, reader.lastEventID != nil,
        let delay = settings.reconnection.delay(after: barren, retry: reader.retry)
      else {
        return end(exchange, outcome(loss, reader, answer))
      }
      guard await line.wait(delay, on: clock) else { return }
      guard let next = await resume(reader, exchange, on: line, barren: &barren) else {
        return end(exchange, outcome(loss, reader, answer))
      }
      answer = next
    }
  }

  /// Why a stream brought no answer: it was cut, or held something that is none, or nothing.
  private func outcome(
    _ loss: TransportFailure?, _ reader: StreamReader, _ answer: HTTPAnswer
  ) -> ExchangeEnd {
    if let loss { return .failed(loss) }
    guard let excerpt = reader.unusable else { return .unanswered }
    let cause = "its event stream ended without an answer; what it held is no message: \(excerpt)"
    return .failed(.network(NetworkFailure(layer: .message, url: "\(answer.url)", cause: cause)))
  }

  /// Reads one stream to its end; returns what cut it short.
  private func read(
    _ answer: HTTPAnswer, _ reader: StreamReader, _ frame: OutgoingFrame, _ exchange: ExchangeID,
    on line: HTTPLine
  ) async -> TransportFailure? {
    var timer: LoopTimer?
    do throws(TransportFailure) {
      try await reader.read(answer, arriving: { tell(.arriving(exchange)) }) { item in
        self.take(item, reader, answer, frame, exchange)
        guard timer == nil, !self.isOpen(exchange) else { return }
        timer = self.clock.timer(after: Self.lingering) { line.cut() }
      }
      return nil
    } catch {
      return error
    }
  }

  private func take(
    _ item: StreamReader.Item, _ reader: StreamReader, _ answer: HTTPAnswer,
    _ frame: OutgoingFrame, _ exchange: ExchangeID
  ) {
    let current = isOpen(exchange) ? exchange : nil
    switch item {
    case .message(let reading, let bytes, let event):
      noteOpening(reading.value, answer, frame)
      tell(reading, bytes, on: current, event: event)
      if reading.value.isAnswer(toOtherThan: frame.id) {
        reader.holdsForeignAnswer = true
      } else if MessageSeries(reading, bytes).holdsAnswer {
        endAnswered(exchange)
      }
    case .noise(let bytes, let reason): tellNoise(bytes, reason, on: current)
    case .other(let event): tellNoise(event.data, .notJSON, on: current)
    }
  }

  /// Opens the stream again behind the last event; nil where the server no longer has it.
  private func resume(
    _ reader: StreamReader, _ exchange: ExchangeID?, on line: HTTPLine, barren: inout Int
  ) async -> HTTPAnswer? {
    while true {
      do throws(TransportFailure) {
        let answer = try await requester.ask(streamQuestion(reader, exchange), on: line)
        if answer.head.isSuccess, try await answer.isEventStream() { return answer }
        guard answer.head.status >= 500 || answer.head.status == 429 else { return nil }
      } catch {
        if line.isCut { return nil }
      }
      barren += 1
      guard let delay = settings.reconnection.delay(after: barren, retry: reader.retry),
        await line.wait(delay, on: clock)
      else { return nil }
    }
  }

  func streamQuestion(_ reader: StreamReader, _ exchange: ExchangeID?) -> HTTPQuestion {
    var headers: HTTPFields = ["Accept": "text/event-stream"]
    headers = headers.overlaid(with: standingHeaders())
    if let id = reader.lastEventID { headers["Last-Event-ID"] = id }
    return HTTPQuestion(verb: "GET", headers: headers, isRepeatable: true, exchange: exchange)
  }
}
