/// Blanks comments and string literals of Swift source; lines and columns stay where they are.
struct CodeOnly {
  private let bytes: [UInt8]
  private var result: [UInt8]
  private var at = 0

  static func of(_ text: String) -> String {
    var scanner = CodeOnly(Array(text.utf8))
    scanner.run()
    return String(decoding: scanner.result, as: UTF8.self)
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    result = bytes
  }

  private mutating func run() {
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "/") where starts("//"): blank { $0.starts("\n") }
      case UInt8(ascii: "/") where starts("/*"): blankBlockComment()
      case UInt8(ascii: "#"), UInt8(ascii: "\""): literalOrHash()
      case UInt8(ascii: "`"): blankQuotedName()
      default: at += 1
      }
    }
  }

  private func starts(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { wanted in
      at + wanted.count <= bytes.count && bytes[at..<at + wanted.count].elementsEqual(wanted)
    }
  }

  private mutating func blankOne() {
    guard at < bytes.count else { return }
    if bytes[at] != UInt8(ascii: "\n") { result[at] = UInt8(ascii: " ") }
    at += 1
  }

  private mutating func blank(until isEnd: (CodeOnly) -> Bool) {
    while at < bytes.count, !isEnd(self) { blankOne() }
  }

  private mutating func blankBlockComment() {
    var depth = 0
    repeat {
      if starts("/*") { depth += 1 } else if starts("*/") { depth -= 1 }
      let isMark = starts("/*") || starts("*/")
      blankOne()
      if isMark { blankOne() }
    } while depth > 0 && at < bytes.count
  }

  private mutating func blankQuotedName() {
    at += 1
    while at < bytes.count, bytes[at] != UInt8(ascii: "`"), bytes[at] != UInt8(ascii: "\n") {
      result[at] = UInt8(ascii: "_")
      at += 1
    }
    at += 1
  }

  private mutating func literalOrHash() {
    let start = at
    var hashes = 0
    while at < bytes.count, bytes[at] == UInt8(ascii: "#") {
      hashes += 1
      at += 1
    }
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
      at = max(at, start + 1)
      return
    }
    blankLiteral(hashes: hashes, quotes: starts("\"\"\"") ? 3 : 1)
  }

  /// Leaves the quotes, so that an empty literal stands in for the text; interpolated code is blanked too.
  private mutating func blankLiteral(hashes: Int, quotes: Int) {
    at += quotes
    let close =
      [UInt8](repeating: UInt8(ascii: "\""), count: quotes)
      + [UInt8](repeating: UInt8(ascii: "#"), count: hashes)
    while at < bytes.count, !bytes[at...].starts(with: close) {
      if hashes == 0, bytes[at] == UInt8(ascii: "\\") { escape() } else { blankOne() }
    }
    at = min(at + close.count, bytes.count)
  }

  /// A backslash and what it hides; an interpolation goes to its closing parenthesis.
  private mutating func escape() {
    blankOne()
    guard at < bytes.count, bytes[at] == UInt8(ascii: "(") else { return blankOne() }
    var depth = 0
    repeat {
      if bytes[at] == UInt8(ascii: "(") { depth += 1 }
      if bytes[at] == UInt8(ascii: ")") { depth -= 1 }
      blankOne()
    } while depth > 0 && at < bytes.count
  }
}
