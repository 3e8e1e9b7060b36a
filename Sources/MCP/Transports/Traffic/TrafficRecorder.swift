import EventLoop

/// One transport's pen at the tap.
@LoopActor
struct TrafficRecorder {
  let tap: TrafficTap
  let kind: TransportKind
  let lane: String
  let clock: any LoopClock

  func record(_ content: @autoclosure () -> TrafficEntry.Content, _ exchange: ExchangeID? = nil) {
    tap.record(
      TrafficEntry(
        transport: kind, lane: lane, exchange: exchange, arrived: Arrival(clock),
        content: content()))
  }
}
