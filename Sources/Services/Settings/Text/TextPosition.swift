/// A place in a text: line and column from 1, the column counted in Unicode scalars.
package struct TextPosition: Sendable, Hashable, Comparable {
  package var line: Int
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static func < (left: TextPosition, right: TextPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

extension TextPosition: CustomStringConvertible {
  package var description: String { "line \(line), column \(column)" }
}

extension TextPosition {
  /// The place of a byte offset; an offset past the end is the end.
  init(offset: Int, in bytes: [UInt8]) {
    var line = 1
    var start = 0
    let end = min(max(offset, 0), bytes.count)
    for index in 0..<end where bytes[index] == 0x0A {
      line += 1
      start = index + 1
    }
    let column = bytes[start..<end].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    self.init(line: line, column: column)
  }
}
