package import EventLoop

/// A way to one peer: JSON texts out, events in. It knows no method, no revision and no id of a call.
///
/// Everything happens on the loop. Events come through the closure given to `start`, in order, and never from
/// within a call of one of these functions; after `.closed` none comes any more.
@LoopActor
package protocol Transport: AnyObject, Sendable {
  nonisolated var kind: TransportKind { get }

  /// Opens the way as far as can be done without a message: starts the process, opens an event stream.
  /// A transport is started once.
  func start(_ receive: @escaping @LoopActor (TransportEvent) -> Void)
    async throws(TransportFailure)

  /// Takes a frame for sending and never waits. What fails later is told as `.ended` with the number given here.
  @discardableResult
  func send(_ frame: OutgoingFrame) throws(TransportFailure) -> ExchangeID

  /// Gives up on the answer. Over HTTP this closes the answer's stream, which is how the stateless revision cancels;
  /// a byte stream has nothing to close and only forgets. No event follows for that exchange.
  func cancel(_ exchange: ExchangeID)

  /// How the peer stands to what was sent so far; nil where this way cannot tell.
  func attention() -> PeerAttention?

  /// Takes over what negotiation has settled.
  func adopt(_ profile: TransportProfile)

  /// Ends everything in order and within a bound: processes are gone and sockets closed when it returns.
  func close() async
}

extension Transport {
  package func attention() -> PeerAttention? { nil }
}

/// How a peer stands to what was sent to it.
package enum PeerAttention: Sendable, Hashable {
  /// It has not read all of it: it may still be starting.
  case unread
  case atWork
  /// It has read all and waits for something.
  case atRest
}

/// The kinds of transport, by the names users know.
package enum TransportKind: String, Sendable, Hashable, CaseIterable {
  case stdio
  case streamableHTTP = "http"
  case legacySSE = "sse"
  case memory
}

/// One frame on its way and, over HTTP, the answer that comes back on it. Unique within its transport.
package struct ExchangeID: Sendable, Hashable, Comparable {
  package let number: Int

  package init(_ number: Int) { self.number = number }

  package static func < (left: ExchangeID, right: ExchangeID) -> Bool {
    left.number < right.number
  }
}
