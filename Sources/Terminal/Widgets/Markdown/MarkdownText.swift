import TerminalCore

/// Markdown as lines for reading: headings, lists, quotes, tables and code; links carry numbers and stand at the end.
package struct MarkdownText {
  private static let mostLines = 20_000

  private let width: Int
  private var lines: [[Span]] = []
  private var links: [String] = []
  private var paragraph: [Substring] = []
  private var table: [Substring] = []
  private var fence: Substring?

  private init(width: Int) { self.width = max(10, width) }

  /// The lines of a text that is safe to show, at that width.
  package static func lines(_ safe: String, width: Int) -> [[Span]] {
    var text = MarkdownText(width: width)
    for line in safe.split(separator: "\n", omittingEmptySubsequences: false) {
      guard text.lines.count < mostLines else { break }
      text.take(line)
    }
    text.endBlocks()
    text.addLinks()
    return text.lines
  }

  /// Whether a text is likely meant as Markdown.
  package static func isLikely(_ text: String) -> Bool {
    let lines = text.prefix(20_000).split(separator: "\n").prefix(200)
    let signs = lines.count { line in
      heading(line) != nil || line.hasPrefix("```") || item(line) != nil && line.first != " "
        || line.hasPrefix("> ") || isRule(line) && line.contains("|")
    }
    return signs > 0 && (signs > 1 || lines.contains { heading($0) != nil || $0.contains("](") })
  }

  // MARK: - Lines

  private mutating func take(_ line: Substring) {
    let bare = line.drop { $0 == " " }
    if let fence {
      if bare.hasPrefix(fence) { self.fence = nil } else { add([Span("  \(line)", .jsonString)]) }
      return
    }
    if bare.hasPrefix("```") || bare.hasPrefix("~~~") {
      endBlocks()
      fence = bare.prefix(3)
    } else if bare.hasPrefix("|") {
      endParagraph()
      table.append(bare)
    } else if bare.isEmpty {
      endBlocks()
      if lines.last?.isEmpty == false { add([]) }
    } else if let heading = Self.heading(bare) {
      endBlocks()
      if lines.last?.isEmpty == false { add([]) }
      add([Span(plain(heading.text), .title)])
      if heading.level == 1 { add([Span(String(repeating: "─", count: width), .border)]) }
    } else if Self.isRule(bare) {
      endBlocks()
      add([Span(String(repeating: "─", count: width), .border)])
    } else if let item = Self.item(line) {
      endBlocks()
      addItem(item)
    } else if bare.hasPrefix(">") {
      endBlocks()
      let words = wrapped(inline(bare.dropFirst().drop { $0 == " " }), width - 2)
      for words in words { add([Span("│ ", .border)] + words) }
    } else {
      endTable()
      paragraph.append(bare)
    }
  }

  private mutating func add(_ spans: [Span]) { lines.append(spans) }

  private mutating func endBlocks() {
    endParagraph()
    endTable()
  }

  private mutating func endParagraph() {
    guard !paragraph.isEmpty else { return }
    let text = paragraph.joined(separator: " ")
    paragraph = []
    for line in wrapped(inline(text[...]), width) { add(line) }
  }

  private mutating func addItem(_ item: (indent: Int, mark: Substring, text: Substring)) {
    let indent = String(repeating: " ", count: min(item.indent, 20))
    let mark = item.mark.count > 1 ? "\(item.mark) " : "- "
    let room = width - indent.count - mark.count
    for (index, line) in wrapped(inline(item.text), room).enumerated() {
      let start = index == 0 ? mark : String(repeating: " ", count: mark.count)
      add([Span(indent + start, .hint)] + line)
    }
  }

  private mutating func addLinks() {
    guard !links.isEmpty else { return }
    add([])
    for (index, link) in links.enumerated() {
      add([Span("[\(index + 1)] ", .hint), Span(link, .link)])
    }
  }

  // MARK: - Tables

  private mutating func endTable() {
    guard !table.isEmpty else { return }
    let rows = table.filter { !Self.isRule($0) }.map { row -> [String] in
      var cells = row.split(separator: "|", omittingEmptySubsequences: false).dropFirst()
        .map { plain($0.drop { $0 == " " }).trimmedEnd }
      if cells.last?.isEmpty == true { cells.removeLast() }
      return cells
    }
    table = []
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      min(
        40, rows.map { $0.indices.contains(column) ? CharacterWidth.of($0[column]) : 0 }.max() ?? 0)
    }
    for (index, row) in rows.enumerated() {
      let cells = row.enumerated().map { Fitting.padded($1, to: widths[$0]) }
      add([Span(cells.joined(separator: "  ").trimmedEnd, index == 0 ? .title : .text)])
      guard index == 0, rows.count > 1 else { continue }
      add([Span(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "), .border)])
    }
  }

  // MARK: - Marks

  private static func heading(_ line: Substring) -> (level: Int, text: Substring)? {
    let level = line.prefix { $0 == "#" }.count
    let rest = line.dropFirst(level)
    guard 1...6 ~= level, rest.first == " " else { return nil }
    return (level, rest.drop { $0 == " " })
  }

  private static func isRule(_ line: Substring) -> Bool {
    let signs = line.filter { $0 != " " }
    return signs.count >= 3 && signs.allSatisfy { "-*_|:=".contains($0) }
      && (signs.contains("|") || Set(signs).count == 1)
  }

  private static func item(
    _ line: Substring
  ) -> (indent: Int, mark: Substring, text: Substring)? {
    let indent = line.prefix { $0 == " " }.count
    let rest = line.dropFirst(indent)
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    let mark: Substring
    if let first = rest.first, "-*+".contains(first) {
      mark = rest.prefix(1)
    } else if !digits.isEmpty, digits.count < 5, rest.dropFirst(digits.count).first == "." {
      mark = rest.prefix(digits.count + 1)
    } else {
      return nil
    }
    let text = rest.dropFirst(mark.count)
    return text.first == " " ? (indent, mark, text.drop { $0 == " " }) : nil
  }

  private mutating func plain(_ text: Substring) -> String {
    inline(text).map(\.text).joined()
  }

  /// Marks within a line: code, strong, emphasis, links.
  private mutating func inline(_ text: Substring) -> [Span] {
    var spans: [Span] = []
    var words = ""
    var rest = text
    func flush() {
      if !words.isEmpty { spans.append(Span(words)) }
      words = ""
    }
    while let first = rest.first {
      if let marked = Self.marked(rest) {
        flush()
        spans.append(Span(String(marked.text), marked.role))
        rest = marked.rest
      } else if let link = Self.link(rest) {
        flush()
        links.append(String(link.address))
        spans.append(Span("\(link.text) [\(links.count)]", .link))
        rest = link.rest
      } else {
        words.append(first)
        rest = rest.dropFirst()
      }
    }
    flush()
    return spans
  }

  private static let marks: [(sign: String, role: Role)] = [
    ("`", .jsonString), ("**", .title), ("__", .title), ("*", .hint),
  ]

  private static func marked(
    _ text: Substring
  ) -> (text: Substring, role: Role, rest: Substring)? {
    for (sign, role) in marks where text.hasPrefix(sign) {
      let inner = text.dropFirst(sign.count)
      guard let end = inner.firstRange(of: sign), end.lowerBound > inner.startIndex,
        inner.first != " "
      else { continue }
      return (inner[..<end.lowerBound], role, inner[end.upperBound...])
    }
    return nil
  }

  private static func link(
    _ text: Substring
  ) -> (text: Substring, address: Substring, rest: Substring)? {
    let start = text.hasPrefix("![") ? text.dropFirst(1) : text
    guard start.first == "[", let middle = start.firstRange(of: "]("),
      let end = start[middle.upperBound...].firstIndex(of: ")")
    else { return nil }
    let words = start[start.index(after: start.startIndex)..<middle.lowerBound]
    guard words.count < 300, !words.contains("[") else { return nil }
    return (words, start[middle.upperBound..<end], start[start.index(after: end)...])
  }

  // MARK: - Wrapping

  /// Spans broken at spaces into lines of at most that many columns.
  private func wrapped(_ spans: [Span], _ width: Int) -> [[Span]] {
    let width = max(8, width)
    var lines: [[Span]] = [[]]
    var used = 0
    for span in spans {
      let pieces = span.text.split(separator: " ", omittingEmptySubsequences: false)
      for (index, piece) in pieces.enumerated() {
        let gap = index > 0 && used > 0 ? " " : ""
        let columns = CharacterWidth.of(String(piece))
        if used > 0, used + gap.count + columns > width {
          lines.append([])
          used = 0
        }
        let text = (used == 0 ? "" : gap) + piece
        for (part, cut) in Fitting.wrapped(text, to: width).enumerated() {
          if part > 0 { lines.append([]) }
          lines[lines.count - 1].append(Span(cut, span.style.role))
          used = (part > 0 ? 0 : used) + CharacterWidth.of(cut)
        }
      }
    }
    return lines
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
