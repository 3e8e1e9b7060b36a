import EventLoop

/// Gathers the answers to a batch into one array, and sends it when the last one is there.
@LoopActor
final class BatchCollector {
  private var missing: Int
  private var answers: [[UInt8]] = []
  private let send: @LoopActor ([UInt8]?) -> Void

  /// `count` is the number of answers to wait for; where it is zero nothing is ever sent. `send` gets nil where every
  /// request was given up.
  init(count: Int, _ send: @escaping @LoopActor ([UInt8]?) -> Void) {
    missing = count
    self.send = send
  }

  /// The way of one request of the batch; what it tells meanwhile goes out at once.
  func sink(_ tell: @escaping @LoopActor ([UInt8]) -> Void) -> BatchSink { BatchSink(self, tell) }

  func take(_ answer: [UInt8]?) {
    if let answer { answers.append(answer) }
    missing -= 1
    guard missing == 0 else { return }
    guard !answers.isEmpty else { return send(nil) }
    var bytes = [UInt8(ascii: "[")]
    for (index, answer) in answers.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += answer
    }
    bytes.append(UInt8(ascii: "]"))
    send(bytes)
  }
}

@LoopActor
final class BatchSink: AnswerSink {
  private let batch: BatchCollector
  private let write: @LoopActor ([UInt8]) -> Void

  init(_ batch: BatchCollector, _ write: @escaping @LoopActor ([UInt8]) -> Void) {
    self.batch = batch
    self.write = write
  }

  let isHTTP = false
  let isCongested = false
  func tell(_ message: [UInt8]) { write(message) }
  func answer(_ message: [UInt8], _ frame: AnswerFrame) { batch.take(message) }
  func abandon() { batch.take(nil) }
  func hold() {}
  func pause(retryAfter: Duration) {}
}
