import EventLoop
import HTTP
import HTTPCore
import JSON

extension StreamableHTTP {
  /// Keeps the standing stream open until the line is cut, the server declines, or nothing comes of it.
  func keepPushStream(on line: HTTPLine) async {
    let reader = StreamReader(limit: settings.answerLimit)
    var barren = 0
    while !line.isCut {
      let outcome = await pushOnce(reader, on: line)
      guard !line.isCut else { return }
      if case .declined(let status) = outcome {
        return tell(.session(.pushStream(.refused(status: status))))
      }
      barren = reader.isFruitful ? 0 : barren + 1
      guard let delay = settings.reconnection.delay(after: barren, retry: reader.retry) else {
        return tell(.session(.pushStream(.givenUp)))
      }
      tell(.session(.pushStream(.lost(retryAfter: delay))))
      guard await line.wait(delay, on: clock) else { return }
    }
  }

  private enum PushOutcome {
    case lost
    case declined(status: Int)
  }

  private func pushOnce(_ reader: StreamReader, on line: HTTPLine) async -> PushOutcome {
    do throws(TransportFailure) {
      let answer = try await requester.ask(streamQuestion(reader, nil), on: line)
      let status = answer.head.status
      let mayPass = status >= 500 || status == 429
      guard answer.head.isSuccess, answer.head.mediaType?.isEventStream == true else {
        return mayPass && reader.lastEventID != nil ? .lost : .declined(status: status)
      }
      tell(.session(.pushStream(.open)))
      try await reader.read(answer, arriving: {}) { item in
        guard !line.isCut else { return }
        switch item {
        case .message(let reading, let bytes, let event):
          self.tell(reading, bytes, on: nil, event: event)
        case .noise(let bytes, let reason): self.tellNoise(bytes, reason, on: nil)
        case .other(let event): self.tellNoise(event.data, .notJSON, on: nil)
        }
      }
    } catch {
      // Whatever broke it, the stream is lost; the tap knows why.
    }
    return .lost
  }
}
