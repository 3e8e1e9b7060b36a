package import EventLoop
import HTTPCore

/// Sends requests over HTTP/1.1 and 2, keeping connections for reuse.
///
/// It follows no redirect, keeps no cookie and never sends a request twice unless told that this does no harm.
@LoopActor
package final class HTTPClient {
  private let multi: CurlMulti
  private let clock: any LoopClock

  /// The clock counts the idle and total limits; libcurl's own waits go by the system's.
  package init(clock: (any LoopClock)? = nil) {
    self.clock = clock ?? LoopActor.loop.clock
    multi = CurlMulti()
  }

  /// Begins to load what the first request needs.
  package nonisolated static func loadAhead() { CurlLibrary.begin() }

  /// Returns when that is there, so that a loop has its turns meanwhile.
  package static func loaded() async { await CurlLibrary.wait() }

  /// Starts the request; it is under way when this returns.
  package func send(_ request: HTTPRequest) -> HTTPExchange {
    let transfer = Transfer(request: request, multi: multi, clock: clock)
    if let reason = request.problem {
      transfer.fail(.badRequest(reason))
    } else {
      multi.start(transfer)
    }
    return HTTPExchange(request: request, transfer: transfer)
  }

  /// Closes the kept connections and cancels what is under way.
  package func close() { multi.close() }
}

extension HTTPRequest {
  /// Why the request cannot go on the wire.
  fileprivate var problem: String? {
    guard url.isHTTP else { return "\(url.scheme) is neither http nor https" }
    guard HTTPField(method, "").isSendable else { return "“\(method)” is no method" }
    return fields.lines.first { !$0.isSendable }
      .map { "the header “\($0.name)” holds a line break, a control character or no name" }
  }
}
