/// How a text is laid out: line ends, indentation, where its lines begin.
struct JSONLayout {
  private let bytes: [UInt8]
  let lineEnd: String
  /// Whether the text has more than one line of content.
  let hasLines: Bool

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let feed = bytes.firstIndex(of: Ascii.lineFeed)
    let isReturn = feed.map { $0 > 0 && bytes[$0 - 1] == Ascii.carriageReturn } ?? false
    lineEnd = isReturn ? "\r\n" : "\n"
    hasLines = feed.map { !bytes[$0...].allSatisfy(Ascii.isSpace) } ?? false
  }

  /// The white space that the line of this offset begins with.
  func indentation(at offset: Int) -> String {
    let start = lineStart(of: offset)
    let space = bytes[start..<offset].prefix { $0 == Ascii.space || $0 == Ascii.tab }
    return String(decoding: space, as: UTF8.self)
  }

  /// Whether only white space stands before this offset on its line.
  func startsLine(_ offset: Int) -> Bool {
    let start = lineStart(of: offset)
    return start > 0 && bytes[start..<offset].allSatisfy(Ascii.isSpace)
  }

  func lineStart(of offset: Int) -> Int {
    bytes[..<offset].lastIndex(of: Ascii.lineFeed).map { $0 + 1 } ?? 0
  }

  /// What one level adds: the first entry that stands on a line of its own shows it.
  func unit(in document: JSONDocument) -> String {
    for node in document.containers {
      guard let first = node.entryRanges.first?.lowerBound, startsLine(first) else { continue }
      let outer = indentation(at: node.range.lowerBound)
      let inner = indentation(at: first)
      if inner.hasPrefix(outer), inner.utf8.count > outer.utf8.count {
        return String(inner.dropFirst(outer.count))
      }
    }
    return "  "
  }

  // MARK: - Between entries

  /// White space, comments and perhaps a comma.
  struct Gap {
    var comma: Int?
    /// Behind the last byte that is no white space.
    var contentEnd: Int
    var endsInLineComment = false
  }

  func gap(_ range: Range<Int>) -> Gap {
    var gap = Gap(contentEnd: range.lowerBound)
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      if byte == Ascii.slash {
        gap.endsInLineComment = bytes[index + 1] == Ascii.slash
        index = commentEnd(index)
      } else {
        index += 1
        if Ascii.isSpace(byte) { continue }
        gap.comma = index - 1
        gap.endsInLineComment = false
      }
      gap.contentEnd = index
    }
    return gap
  }

  /// Behind the comments that begin on the line of this offset; the offset itself if there are none.
  func lineContentEnd(from offset: Int, until limit: Int) -> Int {
    var (end, index) = (offset, offset)
    while index < limit, bytes[index] != Ascii.lineFeed {
      let isComment = bytes[index] == Ascii.slash
      index = isComment ? commentEnd(index) : index + 1
      if isComment { end = index }
    }
    return end
  }

  private func commentEnd(_ start: Int) -> Int {
    var index = start + 2
    if bytes[start + 1] == Ascii.slash {
      while index < bytes.count, bytes[index] != Ascii.lineFeed { index += 1 }
      return bytes[index - 1] == Ascii.carriageReturn ? index - 1 : index
    }
    while bytes[index] != Ascii.star || bytes[index + 1] != Ascii.slash { index += 1 }
    return index + 2
  }
}

extension JSONDocument {
  /// Objects and arrays, outer ones first.
  var containers: some Sequence<JSONNode> {
    sequence(state: 0) { [self] index -> JSONNode? in
      while index < tape.count {
        let node = JSONNode(self, at: index)
        index += node.word.isContainer ? 2 : 1
        if node.word.isContainer { return node }
      }
      return nil
    }
  }
}

extension JSONNode {
  /// The text of each entry, keys included.
  var entryRanges: [Range<Int>] {
    guard kind == .object else { return elements.map(\.range) }
    return members.map { $0.keyNode.word.offset..<$0.value.range.upperBound }
  }

  /// The value a pointer's token names; of duplicate keys the last.
  func entry(_ token: String) -> JSONNode? {
    kind == .object
      ? self[token] : JSONPointer.index(token, below: count).flatMap { self[$0] }
  }

  /// The number of the entry a token names; of duplicate keys the last.
  func lastEntry(_ token: String) -> Int? {
    guard kind == .object else { return JSONPointer.index(token, below: count) }
    return Array(members).lastIndex { $0.has(token) }
  }
}
