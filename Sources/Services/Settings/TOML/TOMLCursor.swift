/// The bytes of a TOML text and the place that reading has reached.
struct TOMLCursor {
  let bytes: [UInt8]
  var at = 0
  private var lineStarts: [Int] = [0]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    for (index, byte) in bytes.enumerated() where byte == 0x0A { lineStarts.append(index + 1) }
  }

  var isAtEnd: Bool { at >= bytes.count }

  /// The byte here or some bytes further, nil past the end.
  func peek(_ distance: Int = 0) -> UInt8? {
    at + distance < bytes.count ? bytes[at + distance] : nil
  }

  func looksAt(_ text: StaticString) -> Bool {
    guard at + text.utf8CodeUnitCount <= bytes.count else { return false }
    return text.withUTF8Buffer { bytes[at..<at + $0.count].elementsEqual($0) }
  }

  mutating func skip(_ text: StaticString) -> Bool {
    guard looksAt(text) else { return false }
    at += text.utf8CodeUnitCount
    return true
  }

  mutating func skipBlanks() {
    while let byte = peek(), byte == 0x20 || byte == 0x09 { at += 1 }
  }

  /// The bytes up to the first one that does not fit.
  mutating func take(while fits: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let start = at
    while let byte = peek(), fits(byte) { at += 1 }
    return bytes[start..<at]
  }

  func fail(_ problem: TOMLProblem, at offset: Int? = nil) -> TOMLFailure {
    TOMLFailure(problem: problem, offset: offset ?? at)
  }

  func position(of offset: Int) -> TextPosition {
    var low = 0
    var high = lineStarts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    let column = bytes[lineStarts[low]..<min(offset, bytes.count)].reduce(1) {
      $1 & 0xC0 == 0x80 ? $0 : $0 + 1
    }
    return TextPosition(line: low + 1, column: column)
  }
}

// MARK: - Space and comments

extension TOMLCursor {
  /// A line feed, alone or after a carriage return.
  mutating func skipLineEnd() -> Bool { skip("\n") || skip("\r\n") }

  mutating func skipComment() throws(TOMLFailure) {
    guard peek() == 0x23 else { return }
    while let byte = peek(), byte != 0x0A, !looksAt("\r\n") {
      if byte < 0x20 && byte != 0x09 || byte == 0x7F { throw fail(.controlCharacter(byte)) }
      at += 1
    }
  }

  /// Blanks, line ends and comments, as they may stand inside an array.
  mutating func skipSpaceAndLines() throws(TOMLFailure) {
    repeat {
      skipBlanks()
      try skipComment()
    } while skipLineEnd()
  }

  /// After an expression nothing more may stand in its line.
  mutating func finishLine() throws(TOMLFailure) {
    skipBlanks()
    try skipComment()
    guard isAtEnd || skipLineEnd() else { throw fail(.expected("the end of the line")) }
  }
}
