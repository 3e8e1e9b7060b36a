import Glibc

/// Cuts a byte stream into lines, however it is split into reads, without their ends (LF or CRLF).
struct LineBuffer {
  /// A line, or how long one was that nobody would want to keep.
  enum Line: Equatable {
    case whole([UInt8])
    case tooLong(first: [UInt8], size: Int)
  }

  private var partial: [UInt8] = []
  private var overlong = 0
  let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Whether a line has begun and not ended, and may still be kept.
  var isWithinLine: Bool { !partial.isEmpty && overlong == 0 }

  /// What has begun, where it looks like the end of a message that nobody ended the line of.
  var unended: ArraySlice<UInt8>? {
    let last = partial.last { !$0.isBlank }
    guard overlong == 0, last == UInt8(ascii: "}") || last == UInt8(ascii: "]") else { return nil }
    return partial[...]
  }

  mutating func take(_ bytes: UnsafeRawBufferPointer, _ line: (Line) -> Void) {
    var start = 0
    while let end = Self.lineFeed(in: bytes, from: start) {
      append(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      line(finish())
      start = end + 1
    }
    append(UnsafeRawBufferPointer(rebasing: bytes[start...]))
  }

  /// The last line of a stream that ended without a line feed.
  mutating func flush(_ line: (Line) -> Void) {
    if !partial.isEmpty || overlong > 0 { line(finish()) }
  }

  private static func lineFeed(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard start < bytes.count, let base = bytes.baseAddress,
      let found = memchr(base + start, 0x0A, bytes.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  private mutating func append(_ bytes: UnsafeRawBufferPointer) {
    if overlong == 0, partial.count + bytes.count <= limit {
      partial.append(contentsOf: bytes)
    } else {
      overlong += partial.count + bytes.count - (overlong == 0 ? 0 : partial.count)
      if partial.count > Noise.shownBytes { partial = Array(partial.prefix(Noise.shownBytes)) }
    }
  }

  private mutating func finish() -> Line {
    defer {
      partial = []
      overlong = 0
    }
    guard overlong == 0 else { return .tooLong(first: partial, size: overlong) }
    if partial.last == 0x0D { partial.removeLast() }
    return .whole(partial)
  }
}
