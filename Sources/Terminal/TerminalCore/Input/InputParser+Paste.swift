extension InputParser {
  private static let endMark: [UInt8] = Array("\u{1B}[201~".utf8)

  /// Takes bytes of a paste up to its end mark and returns those after it. The mark may be split between two reads.
  mutating func takePaste(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes
    while let byte = rest.first {
      rest = rest.dropFirst()
      held.append(byte)
      if byte == UInt8(ascii: "~"), held.suffix(Self.endMark.count).elementsEqual(Self.endMark) {
        held.removeLast(Self.endMark.count)
        finishPaste()
        return rest
      }
      if held.count > Self.longestPaste + Self.endMark.count {
        held.removeSubrange(Self.longestPaste..<(Self.longestPaste + 1))
      }
    }
    return rest
  }

  mutating func finishPaste() {
    var text: [UInt8] = []
    text.reserveCapacity(held.count)
    var previous: UInt8 = 0
    for byte in held {
      if byte == 0x0A, previous == 0x0D {
        previous = byte
        continue
      }
      text.append(byte == 0x0D ? 0x0A : byte)
      previous = byte
    }
    emit(.paste(String(decoding: text, as: UTF8.self)))
    enter(.ground)
  }
}
