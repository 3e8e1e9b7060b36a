import Glibc

/// Cuts what is read of a log into lines. A line that has no end yet waits for it.
package struct LogCutter: Sendable {
  /// The rows so far.
  package private(set) var rows = 0
  /// What has come of a line that is not complete.
  private var rest: [UInt8] = []

  /// Of a longer line only the beginning is kept.
  private static let longest = 1 << 20

  package init() {}

  package var pending: Int { rest.count }

  package mutating func take(_ block: [UInt8]) -> [LogLines] {
    var parts: [LogLines] = []
    var text = rest
    if text.isEmpty { text = block } else { text += block }
    var start = 0
    while start < text.count {
      let (ends, end) = Self.ends(in: text, from: start)
      guard !ends.isEmpty else { break }
      let isWhole = start == 0 && end == text.count
      let slice = isWhole ? text : Array(text[start..<end])
      parts.append(LogLines(slice, ends: ends, first: rows + 1))
      rows += ends.count
      start = end
    }
    keep(text, from: start)
    return parts
  }

  /// The line that was cut off where the log ends.
  package mutating func finish() -> LogLines? {
    guard !rest.isEmpty else { return nil }
    let lines = LogLines(rows: [rest], first: rows + 1)
    rest = []
    rows += 1
    return lines
  }

  /// The log begins anew: what was half read of the old one is dropped.
  package mutating func restart() { rest = [] }

  private mutating func keep(_ text: [UInt8], from start: Int) {
    let left = text.count - start
    rest = left == 0 ? [] : Array(text[start..<start + min(left, Self.longest)])
  }

  /// Where lines end, for as many as a part takes.
  private static func ends(in text: [UInt8], from start: Int) -> ([UInt32], Int) {
    var ends: [UInt32] = []
    ends.reserveCapacity(LogLines.most)
    var place = start
    text.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      while place < bytes.count, ends.count < LogLines.most,
        let found = memchr(base + place, 0x0A, bytes.count - place)
      {
        place = found - UnsafeMutableRawPointer(mutating: base) + 1
        ends.append(UInt32(place - start))
      }
    }
    return (ends, place)
  }
}
