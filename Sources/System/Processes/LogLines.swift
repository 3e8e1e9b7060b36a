/// Splits a byte stream into lines of text, however it is cut into reads. Long lines are shortened, not kept.
struct LogLineSplitter {
  private var partial: [UInt8] = []
  private var lost = 0
  let limit: Int

  init(limit: Int = 16_384) { self.limit = limit }

  mutating func take(_ bytes: UnsafeRawBufferPointer, _ line: (String) -> Void) {
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      append(rest[..<end])
      line(finish())
      rest = rest[(end + 1)...]
    }
    append(rest)
  }

  /// The line that no line feed ended, at the end of the stream.
  mutating func flush(_ line: (String) -> Void) {
    if !partial.isEmpty { line(finish()) }
  }

  private mutating func append(_ bytes: Slice<UnsafeRawBufferPointer>) {
    let room = limit - partial.count
    partial.append(contentsOf: bytes.prefix(room))
    lost += max(0, bytes.count - room)
  }

  private mutating func finish() -> String {
    if partial.last == UInt8(ascii: "\r") { partial.removeLast() }
    let text = String(decoding: partial, as: UTF8.self)
    defer {
      partial.removeAll(keepingCapacity: true)
      lost = 0
    }
    return lost > 0 ? "\(text) … (\(lost) more bytes)" : text
  }
}

/// The last lines of a log, bounded by number and bytes, and how many came before them.
package struct LogRing: Sendable, Hashable {
  private var kept: [String] = []
  private var first = 0
  private var bytes = 0
  package private(set) var dropped = 0
  private let lineLimit: Int
  private let byteLimit: Int

  package init(lines: Int = 200, bytes: Int = 262_144) {
    lineLimit = lines
    byteLimit = bytes
  }

  package var lines: [String] { Array(kept[first...]) }

  package mutating func append(_ line: String) {
    kept.append(line)
    bytes += line.utf8.count
    while kept.count - first > 1, kept.count - first > lineLimit || bytes > byteLimit {
      bytes -= kept[first].utf8.count
      kept[first] = ""
      first += 1
      dropped += 1
    }
    if first > lineLimit { (kept, first) = (Array(kept[first...]), 0) }
  }
}
