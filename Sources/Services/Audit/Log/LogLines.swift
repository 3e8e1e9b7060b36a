/// Some lines of a log that follow each other, as bytes that never change.
package final class LogLines: Sendable {
  /// The text, each line with its end.
  let text: [UInt8]
  /// Behind the end of each line in the text.
  private let ends: [UInt32]
  /// The number of the first row in its log, from 1 on.
  package let first: Int

  /// A part keeps to this, so that what is made of it is made in little time.
  package static let most = 4096

  package init(_ text: [UInt8], ends: [UInt32], first: Int) {
    self.text = text
    self.ends = ends
    self.first = first
  }

  /// Rows of their own, without ends of lines in them.
  package convenience init(rows: [[UInt8]], first: Int) {
    var text: [UInt8] = []
    var ends: [UInt32] = []
    for row in rows {
      text += row
      text.append(0x0A)
      ends.append(UInt32(text.count))
    }
    self.init(text, ends: ends, first: first)
  }

  package var count: Int { ends.count }

  /// A line without its end.
  package func bytes(of row: Int) -> ArraySlice<UInt8> {
    let start = row == 0 ? 0 : Int(ends[row - 1])
    var end = Int(ends[row])
    if end > start, text[end - 1] == 0x0A { end -= 1 }
    if end > start, text[end - 1] == 0x0D { end -= 1 }
    return text[start..<end]
  }
}

extension LogLines: Hashable {
  package static func == (left: LogLines, right: LogLines) -> Bool { left === right }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
