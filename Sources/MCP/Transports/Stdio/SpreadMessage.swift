/// A message that is being written over many lines: counts brackets until they are balanced.
struct SpreadMessage {
  enum State {
    case open, closed, broken
  }

  private(set) var bytes: [UInt8] = []
  private(set) var lines = 0
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  var isOpen: Bool { lines > 0 }

  mutating func begin(_ line: [UInt8]) { _ = add(line) }

  mutating func add(_ line: [UInt8]) -> State {
    lines += 1
    bytes += line
    bytes.append(0x0A)
    for byte in line { count(byte) }
    // A string cannot hold a raw line feed, so one that is open at the end of a line never ends.
    if isInString || depth < 0 { return .broken }
    guard bytes.count <= StdioLimits.spreadBytes, lines <= StdioLimits.spreadLines else {
      return .broken
    }
    return depth == 0 ? .closed : .open
  }

  private mutating func count(_ byte: UInt8) {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      return
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
    default: break
    }
  }
}
