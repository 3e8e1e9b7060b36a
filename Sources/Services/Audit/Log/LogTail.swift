package import EventLoop

/// Reads a file as it grows: one that was put in its place is read from its start, one that was cut too.
package struct LogTail: Sendable {
  /// What happened to the file since it was looked at last.
  package enum Turn: String, Sendable, Hashable {
    case rotated = "the log was rotated: the new file is read from its start"
    case truncated = "the log was cut: it is read from its start"
    case gone = "the log is gone: waiting for it to come back"
  }

  private let path: String
  private var file: LogFile
  private var offset: Int64 = 0
  private var isGone = false

  package init(path: String) throws(SystemError) {
    self.path = path
    file = try LogFile(path: path)
  }

  /// Leaves out all but so many of the last bytes; answers how many were left out.
  package mutating func skip(toLast most: Int64) -> Int64 {
    guard let size = file.place?.size, size > most else { return 0 }
    file.seek(size - most)
    offset = size - most
    return offset
  }

  /// What came since the last time, up to so many bytes, and what happened to the file in between.
  /// Empty and nil: nothing is new.
  package mutating func next(_ most: Int) throws(SystemError) -> (block: [UInt8], turn: Turn?) {
    if let own = file.place, own.size < offset {
      file.seek(0)
      offset = 0
      return (try read(most), .truncated)
    }
    let block = try read(most)
    if !block.isEmpty { return (block, nil) }
    return try turned(most)
  }

  /// The old file is at its end: whether its name is another file's now.
  private mutating func turned(_ most: Int) throws(SystemError) -> ([UInt8], Turn?) {
    guard let own = file.place else { return ([], nil) }
    guard let named = LogPlace.of(path) else {
      defer { isGone = true }
      return ([], isGone ? nil : .gone)
    }
    isGone = false
    if named.isSameFile(as: own) { return ([], nil) }
    file = try LogFile(path: path)
    offset = 0
    return (try read(most), .rotated)
  }

  private mutating func read(_ most: Int) throws(SystemError) -> [UInt8] {
    let block = try file.read(most)
    offset += Int64(block.count)
    return block
  }
}
