package import EventLoop
package import HTTPCore

/// One request under way: first the head of its answer, then the body piece by piece.
///
/// It has one reader at a time. What is not read makes the server wait; what is dropped is cancelled.
@LoopActor
package final class HTTPExchange {
  package let request: HTTPRequest
  private let transfer: Transfer

  init(request: HTTPRequest, transfer: Transfer) {
    self.request = request
    self.transfer = transfer
  }

  isolated deinit { transfer.cancel() }

  /// Waits for status and header fields.
  package func head() async throws(HTTPError) -> HTTPResponseHead {
    while true {
      if let head = transfer.head { return head }
      if let error = transfer.failure { throw error }
      guard !transfer.isDone else { throw transfer.error(.notHTTP) }
      await wait { $0.head != nil || $0.isDone }
    }
  }

  /// Waits for the next piece of the body; nil at its end.
  package func chunk() async throws(HTTPError) -> [UInt8]? {
    while true {
      let bytes = transfer.takeBody()
      if !bytes.isEmpty { return bytes }
      if let error = transfer.failure { throw error }
      if transfer.isDone { return nil }
      await wait { $0.hasBody || $0.isDone }
    }
  }

  /// Waits for all of the body that was not read yet.
  package func body() async throws(HTTPError) -> [UInt8] {
    var all: [UInt8] = []
    while let bytes = try await chunk() {
      if all.isEmpty { all = bytes } else { all += bytes }
    }
    return all
  }

  /// What is known so far; complete once the body has ended.
  package var facts: HTTPFacts { transfer.facts }

  /// Fields behind a chunked body; complete once the body has ended.
  package var trailers: HTTPFields { transfer.trailers }

  /// Ends the exchange at once and closes its connection, which is how a server learns of it.
  package func cancel() { transfer.cancel() }

  /// Starts something once `head` has an answer or an error without waiting: cheaper than a task that waits.
  /// The action must not use the client at once.
  package func whenAnswered(_ action: @escaping @LoopActor () -> Void) {
    transfer.whenAnswered(action)
  }

  private func wait(unless isThere: @LoopActor (Transfer) -> Bool) async {
    await withTaskCancellationHandler {
      await transfer.change(unless: isThere)
    } onCancel: { [transfer] in
      Task { @LoopActor in transfer.cancel() }
    }
  }
}
