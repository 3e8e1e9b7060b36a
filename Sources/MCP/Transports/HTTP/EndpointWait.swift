import EventLoop
import HTTPCore

/// The wait for the event in which a server names where messages are to be posted.
@LoopActor
final class EndpointWait {
  private(set) var url: WebURL?
  private var failure: TransportFailure?
  private var waiter: CheckedContinuation<Void, Never>?
  private let clock: any LoopClock

  init(clock: any LoopClock) { self.clock = clock }

  /// Takes the address over, unless it lies in another origin: credentials would go there.
  func name(_ reference: String, from base: WebURL) {
    do throws(WebURLError) {
      let named = try base.resolving(reference)
      guard named.isSameOrigin(as: base) else { return fail(with: .foreignEndpoint(named, base)) }
      url = named
      wake()
    } catch {
      fail(with: .badEndpoint(reference, base, error))
    }
  }

  /// Counts only until an address is known.
  func fail(with failure: TransportFailure) {
    guard url == nil, self.failure == nil else { return }
    self.failure = failure
    wake()
  }

  func wait(atMost limit: Duration, url base: WebURL) async throws(TransportFailure) {
    let timer = clock.timer(after: limit) { [self] in fail(with: .noEndpoint(base, limit)) }
    await withCheckedContinuation { continuation in
      if url != nil || failure != nil { continuation.resume() } else { waiter = continuation }
    }
    timer.cancel()
    if let failure, url == nil { throw failure }
  }

  private func wake() {
    waiter?.resume()
    waiter = nil
  }
}

extension TransportFailure {
  static func endedBeforeEndpoint(_ url: WebURL) -> TransportFailure {
    answer(url, "the stream ended before it named an endpoint", code: "no-endpoint")
  }

  fileprivate static func noEndpoint(_ url: WebURL, _ limit: Duration) -> TransportFailure {
    .network(
      NetworkFailure(
        layer: .timeLimit, url: "\(url)",
        cause: "the stream named no endpoint within \(limit.components.seconds) s",
        code: "no-endpoint"))
  }

  fileprivate static func foreignEndpoint(_ named: WebURL, _ url: WebURL) -> TransportFailure {
    message(url, "it names \(named) as its endpoint, which is another origin")
  }

  fileprivate static func badEndpoint(
    _ reference: String, _ url: WebURL, _ error: WebURLError
  ) -> TransportFailure {
    message(url, "it names “\(reference)” as its endpoint: \(error.sentence)")
  }

  private static func message(_ url: WebURL, _ cause: String) -> TransportFailure {
    .network(NetworkFailure(layer: .message, url: "\(url)", cause: cause))
  }

  private static func answer(
    _ url: WebURL, _ cause: String, code: String? = nil
  ) -> TransportFailure {
    .network(NetworkFailure(layer: .answer, url: "\(url)", cause: cause, code: code))
  }
}
