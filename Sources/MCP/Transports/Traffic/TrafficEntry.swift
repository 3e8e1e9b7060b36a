package import JSON

/// One thing that passed between us and a peer.
package struct TrafficEntry: Sendable {
  package enum Direction: String, Sendable, Hashable {
    case sent, received
  }

  package enum Content: Sendable {
    /// A JSON text, whole.
    case frame(Direction, bytes: [UInt8], method: String?)
    case noise(Noise)
    case log(LogLine)
    /// Told once an HTTP exchange is over.
    case http(HTTPExchangeFacts)
    case opened(what: String)
    case closed(TransportEnd)
  }

  package var transport: TransportKind
  /// Which process or connection, where a session had several one after another (probe, restart).
  package var lane: String
  package var exchange: ExchangeID?
  package var arrived: Arrival
  package var content: Content
  /// The value of a frame, where it was read already.
  package var json: JSON?

  package init(
    transport: TransportKind, lane: String = "", exchange: ExchangeID? = nil, arrived: Arrival,
    content: Content, json: JSON? = nil
  ) {
    self.json = json
    self.transport = transport
    self.lane = lane
    self.exchange = exchange
    self.arrived = arrived
    self.content = content
  }
}
