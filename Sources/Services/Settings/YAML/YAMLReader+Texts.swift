// Quoted strings and block scalars.
extension YAMLReader {
  mutating func quoted() throws(YAMLFailure) -> String {
    let start = at
    let quote = text[at]
    at += 1
    var content = String.UnicodeScalarView()
    while let next = peek() {
      at += 1
      switch next {
      case quote where quote == "'" && peek() == "'":
        content.append("'")
        at += 1
      case quote: return String(content)
      case "\\" where quote == "\"": content.append(contentsOf: try escape().unicodeScalars)
      case "\r": break
      case "\n": content.append(contentsOf: foldedBreak(after: &content).unicodeScalars)
      default: content.append(next)
      }
    }
    throw fail(.unterminated("string"), at: start)
  }

  /// A line break inside quotes is a space, an empty line a break.
  private mutating func foldedBreak(after content: inout String.UnicodeScalarView) -> String {
    while let last = content.last, last == " " || last == "\t" { content.removeLast() }
    var breaks = 0
    while let next = peek(), " \t\r\n".unicodeScalars.contains(next) {
      if next == "\n" { breaks += 1 }
      at += 1
    }
    return breaks == 0 ? " " : String(repeating: "\n", count: breaks)
  }

  private static let escapes: [Unicode.Scalar: String] = [
    "0": "\0", "a": "\u{7}", "b": "\u{8}", "t": "\t", "n": "\n", "v": "\u{B}", "f": "\u{C}",
    "r": "\r", "e": "\u{1B}", " ": " ", "\"": "\"", "/": "/", "\\": "\\", "N": "\u{85}",
    "_": "\u{A0}", "L": "\u{2028}", "P": "\u{2029}",
  ]

  private mutating func escape() throws(YAMLFailure) -> String {
    let start = at - 1
    guard let letter = peek() else { throw fail(.unterminated("string"), at: start) }
    at += 1
    if let plain = Self.escapes[letter] { return plain }
    if letter == "\n" {
      skipBlanks()
      return ""
    }
    guard let digits = ["x": 2, "u": 4, "U": 8][letter], at + digits <= text.count,
      let number = UInt32(string(at..<at + digits), radix: 16), let scalar = Unicode.Scalar(number)
    else { throw fail(.badEscape(String(letter)), at: start) }
    at += digits
    return String(scalar)
  }

  // MARK: - Block scalars

  /// `|` keeps line breaks, `>` folds them; `-` and `+` say what becomes of the last one.
  mutating func blockScalar(besides column: Int) throws(YAMLFailure) -> String {
    let isFolded = peek() == ">"
    at += 1
    var chomping: Unicode.Scalar?
    var indent: Int?
    while let next = peek(), !Self.isLineEnd(next), next != " ", next != "\t" {
      if next == "-" || next == "+" {
        chomping = next
      } else if let digit = Int(String(next)), digit > 0 {
        indent = max(column, 0) + digit
      } else {
        throw fail(.expected("'-', '+' or the end of the line"))
      }
      at += 1
    }
    skipBlanks()
    skipComment()
    guard Self.isLineEnd(peek()) else { throw fail(.expected("the end of the line")) }
    var lines = blockLines(besides: column, indent: indent)
    let trailing = lines.reversed().prefix { $0.isEmpty }.count
    lines.removeLast(trailing)
    let body = isFolded ? Self.folded(lines) : lines.joined(separator: "\n")
    switch chomping {
    case "-": return body
    case "+": return body + String(repeating: "\n", count: trailing + 1)
    default: return lines.isEmpty ? "" : body + "\n"
    }
  }

  private mutating func blockLines(besides column: Int, indent: Int?) -> [String] {
    var indent = indent
    var lines: [String] = []
    while at < text.count {
      let lineEnd = at
      skipLineBreak()
      let start = at
      while peek() == " ", indent.map({ at - start < $0 }) ?? true { at += 1 }
      if Self.isLineEnd(peek()) {
        if at < text.count { lines.append("") }
        continue
      }
      let width = at - start
      guard width > column, width >= indent ?? 0 else {
        at = lineEnd
        break
      }
      indent = indent ?? width
      let begin = at
      while !Self.isLineEnd(peek()) { at += 1 }
      lines.append(string(begin..<at))
    }
    return lines
  }

  private mutating func skipLineBreak() {
    if peek() == "\r" { at += 1 }
    if peek() == "\n" { at += 1 }
  }

  private static func folded(_ lines: [String]) -> String {
    var result = ""
    for (index, line) in lines.enumerated() {
      if index > 0 {
        let before = lines[index - 1]
        let keepsBreak =
          before.isEmpty || line.isEmpty || before.hasPrefix(" ")
          || line.hasPrefix(" ")
        result += keepsBreak ? (line.isEmpty ? "" : "\n") : " "
      }
      result += line
    }
    return result
  }
}
