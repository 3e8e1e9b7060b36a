package import EventLoop
package import JSON

/// The client's end of a pair in one process; the other end is a closure that plays the peer. For tests and demos.
@LoopActor
package final class MemoryTransport: Transport {
  package typealias Peer = @LoopActor (OutgoingFrame, MemoryTransport) -> Void

  package nonisolated let kind = TransportKind.memory
  private let clock: any LoopClock
  private let tap: TrafficTap
  private let peer: Peer
  private var receive: (@LoopActor (TransportEvent) -> Void)?
  private var lastExchange = 0
  private var isClosed = false
  /// What the owner has settled so far.
  package private(set) var profile = TransportProfile.stateless
  package private(set) var cancelled: [ExchangeID] = []

  /// `peer` is called for every frame, on a turn of its own, and answers through the transport it is given.
  package init(
    clock: (any LoopClock)? = nil, tap: TrafficTap = TrafficTap(), peer: @escaping Peer
  ) {
    self.clock = clock ?? LoopActor.loop.clock
    self.tap = tap
    self.peer = peer
  }

  package func start(
    _ receive: @escaping @LoopActor (TransportEvent) -> Void
  ) async throws(TransportFailure) {
    self.receive = receive
  }

  @discardableResult
  package func send(_ frame: OutgoingFrame) throws(TransportFailure) -> ExchangeID {
    guard receive != nil, !isClosed else { throw .notOpen }
    lastExchange += 1
    let exchange = ExchangeID(lastExchange)
    record(.frame(.sent, bytes: frame.bytes, method: frame.method), exchange)
    Task { if !isClosed { peer(frame, self) } }
    return exchange
  }

  package func cancel(_ exchange: ExchangeID) { cancelled.append(exchange) }

  package func adopt(_ profile: TransportProfile) { self.profile = profile }

  package func close() async { end(.byUs) }

  // MARK: - The peer's side

  /// Sends a value to the client.
  package func deliver(_ json: JSON, bytes: [UInt8]) {
    record(.frame(.received, bytes: bytes, method: json["method"]?.string), nil)
    let frame = IncomingFrame(bytes: bytes, json: json, exchange: nil, arrived: Arrival(clock))
    tell(.frame(frame))
  }

  /// Tells the client anything else.
  package func tell(_ event: TransportEvent) {
    guard !isClosed else { return }
    Task { receive?(event) }
  }

  /// Ends the connection as that reason says.
  package func end(_ reason: TransportEnd) {
    guard !isClosed else { return }
    isClosed = true
    record(.closed(reason), nil)
    Task {
      receive?(.closed(reason))
      receive = nil
    }
  }

  private func record(_ content: TrafficEntry.Content, _ exchange: ExchangeID?) {
    tap.record(
      TrafficEntry(
        transport: kind, exchange: exchange, arrived: Arrival(clock), content: content))
  }
}
