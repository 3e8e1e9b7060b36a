/// A place in a text: byte offset from 0, line from 1, column from 1 in Unicode scalars.
package struct JSONPosition: Sendable, Hashable {
  package let offset: Int
  package let line: Int
  package let column: Int

  package init(offset: Int, line: Int, column: Int) {
    self.offset = offset
    self.line = line
    self.column = column
  }
}

extension JSONPosition: CustomStringConvertible {
  package var description: String { "line \(line), column \(column)" }
}

/// Counts lines from one offset to the next, so that many ascending positions cost one walk.
struct LineCounter {
  private let text: UnsafeBufferPointer<UInt8>
  private var offset = 0
  private var line = 1
  private var lineStart = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// The position of an offset; going back starts again from the top.
  mutating func position(of target: Int) -> JSONPosition {
    let target = min(max(target, 0), text.count)
    if target < offset { self = LineCounter(text) }
    while offset < target {
      if text[offset] == Ascii.lineFeed {
        line += 1
        lineStart = offset + 1
      }
      offset += 1
    }
    return JSONPosition(
      offset: target, line: line, column: scalars(from: lineStart, to: target) + 1)
  }

  private func scalars(from start: Int, to end: Int) -> Int {
    var count = 0
    for index in start..<end where text[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }
}
