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
  private var column = 1

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// The position of an offset; going back starts again from the top.
  mutating func position(of target: Int) -> JSONPosition {
    let target = min(max(target, 0), text.count)
    if target < offset { self = LineCounter(text) }
    while offset < target {
      let byte = text[offset]
      if byte == Ascii.lineFeed {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      offset += 1
    }
    return JSONPosition(offset: target, line: line, column: column)
  }
}
