import Glibc

/// The event that is being read.
struct PendingEvent: Sendable {
  var type = ""
  var hasID = false
  var hasData = false
  var isTooLarge = false
  private var data: [UInt8] = []

  mutating func openLine(limit: Int) {
    if hasData { appendLineFeed(limit: limit) }
    hasData = true
  }

  mutating func append(_ piece: UnsafeBufferPointer<UInt8>, limit: Int) {
    guard !isTooLarge, data.count + piece.count <= limit else { return overflow() }
    data.append(contentsOf: piece)
  }

  consuming func finished(id: String?) -> ServerSentEvent {
    ServerSentEvent(type: type.isEmpty ? "message" : type, data: data, id: id)
  }

  private mutating func appendLineFeed(limit: Int) {
    guard !isTooLarge, data.count < limit else { return overflow() }
    data.append(0x0A)
  }

  private mutating func overflow() {
    isTooLarge = true
    data = []
  }
}

/// Finds the next CR or LF; each byte is looked at once for either, however the two mix.
struct LineEnds {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var feed = -1
  private var carriage = -1

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func next(from index: Int) -> Int {
    if feed < index { feed = find(0x0A, from: index) }
    if carriage < index { carriage = find(0x0D, from: index) }
    return min(feed, carriage)
  }

  private func find(_ byte: Int32, from index: Int) -> Int {
    guard let base = bytes.baseAddress,
      let hit = memchr(base + index, byte, bytes.count - index)
    else { return bytes.count }
    return UnsafeRawPointer(hit) - UnsafeRawPointer(base)
  }
}
