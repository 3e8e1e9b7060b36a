import EventLoop
import JSON

/// One transport's pen at the tap.
@LoopActor
struct TrafficRecorder {
  let tap: TrafficTap
  let kind: TransportKind
  let lane: String
  let clock: any LoopClock

  /// A frame that came, with its value.
  func record(_ bytes: [UInt8], _ json: JSON, _ exchange: ExchangeID? = nil) {
    record(
      .frame(.received, bytes: bytes, method: json["method"]?.string), exchange, json: json)
  }

  func record(
    _ content: @autoclosure () -> TrafficEntry.Content, _ exchange: ExchangeID? = nil,
    json: JSON? = nil
  ) {
    tap.record(
      TrafficEntry(
        transport: kind, lane: lane, exchange: exchange, arrived: Arrival(clock),
        content: content(), json: json))
  }
}
