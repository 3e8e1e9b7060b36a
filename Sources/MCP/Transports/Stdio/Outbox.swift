/// Which frames a pipe has taken and not yet written, so that a broken pipe fails those and no others.
struct Outbox {
  private var frames: [(exchange: ExchangeID, size: Int, end: Int)] = []
  private var taken = 0
  private var last = 0

  mutating func add(_ bytes: Int) -> ExchangeID {
    last += 1
    taken += bytes
    frames.append((ExchangeID(last), bytes, taken))
    return ExchangeID(last)
  }

  mutating func removeLast() {
    if let frame = frames.popLast() { taken = frame.end - frame.size }
  }

  /// `waiting` bytes of all that was taken are not written.
  mutating func forget(writtenBut waiting: Int) {
    let written = taken - waiting
    frames.removeAll { $0.end <= written }
  }

  mutating func takeUnwritten() -> [ExchangeID] {
    defer { frames = [] }
    return frames.map(\.exchange)
  }
}
