import Glibc

/// Cuts a stream of bytes into lines, however it comes in pieces; each byte is looked at once.
package struct LineSplitter: Sendable {
  /// A line without its line feed and the carriage return before it.
  package enum Line: Sendable, Hashable {
    case whole([UInt8])
    /// Longer than the limit: how long, and how it begins; the rest is not kept.
    case oversized(length: Int, head: [UInt8])
  }

  /// Bytes a line may have; a longer one is told and skipped, and the next line read as ever.
  package let limit: Int
  private var partial: [UInt8] = []
  /// Bytes of the current line that were not kept.
  private var skipped = 0
  private var endsInReturn = false

  private static let headLength = 1_024

  package init(limit: Int = 64 << 20) { self.limit = limit }

  /// Bytes of the line that is not ended yet.
  package var pendingCount: Int { partial.count + skipped }

  /// Takes a piece and gives the lines that it ends.
  package mutating func take(_ bytes: UnsafeRawBufferPointer) -> [Line] {
    var lines: [Line] = []
    var rest = UnsafeRawBufferPointer(rebasing: bytes[...])
    while let start = rest.baseAddress, let feed = memchr(start, 0x0A, rest.count) {
      let length = start.distance(to: UnsafeRawPointer(feed))
      append(UnsafeRawBufferPointer(rebasing: rest[..<length]))
      lines.append(endLine())
      rest = UnsafeRawBufferPointer(rebasing: rest[(length + 1)...])
    }
    append(rest)
    return lines
  }

  package mutating func take(_ bytes: [UInt8]) -> [Line] {
    bytes.withUnsafeBytes { take($0) }
  }

  /// At the end of the stream: the line that no line feed ended, if there is one.
  package mutating func finish() -> Line? { pendingCount > 0 ? endLine() : nil }

  private mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let last = bytes.last else { return }
    endsInReturn = last == Ascii.carriageReturn
    // One byte over the limit may still be the carriage return.
    if skipped == 0, partial.count + bytes.count <= limit + 1 {
      partial.append(contentsOf: bytes)
      return
    }
    let room = max(0, Self.headLength - partial.count)
    skipped += max(0, partial.count - Self.headLength) + bytes.count - min(room, bytes.count)
    if partial.count > Self.headLength { partial = Array(partial[..<Self.headLength]) }
    partial.append(contentsOf: bytes.prefix(room))
  }

  private mutating func endLine() -> Line {
    defer {
      partial = []
      skipped = 0
      endsInReturn = false
    }
    let length = pendingCount - (endsInReturn ? 1 : 0)
    if skipped == 0, endsInReturn { partial.removeLast() }
    guard length > limit else { return .whole(partial) }
    return .oversized(length: length, head: Array(partial.prefix(min(Self.headLength, length))))
  }
}
