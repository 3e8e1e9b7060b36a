import JSON
import SafeText
import TerminalCore
import Widgets

/// Lines of an answer up to a limit, and the key that lifts it.
private struct LinePage {
  private(set) var lines: [ResultLine] = []
  let most: Int
  var all = ""

  init(most: Int, all: String = "") {
    self.most = most
    self.all = all
  }

  var count: Int { lines.count }

  mutating func append(_ line: ResultLine) { lines.append(line) }

  mutating func markJSON(from start: Int) {
    for index in start..<lines.count { lines[index].isJSON = true }
  }

  static func += (page: inout LinePage, more: [ResultLine]) { page.lines += more }
}

/// An answer as lines for people. The words stay foreign; only breaks are cut.
enum ResultWords {
  private static let mostLines = 20_000
  private static let mostWhole = 500_000
  private static let mostRaw = 400_000
  /// Longer lines are no prose.
  private static let longestWrapped = 4_000

  static func hasText(_ result: JSON) -> Bool {
    let parts = (result["content"]?.array ?? []) + (result["contents"]?.array ?? [])
    return result["messages"]?.array != nil
      || parts.contains { $0["text"] != nil || $0["type"] != nil || $0["blob"] != nil }
  }

  /// The text of an answer where it is Markdown, by its type or its looks; made safe.
  static func markdown(_ result: JSON) -> String? {
    let parts = (result["content"]?.array ?? []) + (result["contents"]?.array ?? [])
    let texts = parts.compactMap { part -> String? in
      let inner = part["resource"] ?? part
      guard let text = inner["text"]?.string, text.utf8.count <= mostJSON else { return nil }
      let isSaid = inner["mimeType"]?.string?.hasPrefix("text/markdown") ?? false
      return isSaid || json(text) == nil && MarkdownText.isLikely(text) ? text : nil
    }
    guard !texts.isEmpty else { return nil }
    return SafeText(texts.joined(separator: "\n\n"), .block).text
  }

  /// Whether all its text is JSON, as servers repeat structured content.
  static func isJSONText(_ result: JSON) -> Bool {
    let texts = (result["content"]?.array ?? []).compactMap { $0["text"]?.string }
    return !texts.isEmpty && texts.allSatisfy { json($0) != nil }
  }

  /// `all` names the key that shows more than one looks at first.
  static func lines(
    of result: JSON, width: Int, isWhole: Bool = false, _ all: String
  ) -> [ResultLine] {
    var lines = LinePage(most: isWhole ? mostWhole : mostLines, all: isWhole ? "" : all)
    if let text = result["description"]?.string { add(text, .dim, width, &lines) }
    for item in result["content"]?.array ?? [] { content(item, width, &lines) }
    for item in result["contents"]?.array ?? [] { resource(item, width, &lines) }
    for message in result["messages"]?.array ?? [] {
      say(message, width, &lines)
    }
    return lines.lines
  }

  static func lines(ofTurns turns: [JSON], width: Int) -> [ResultLine] {
    var lines = LinePage(most: mostLines)
    for turn in turns where lines.count < mostLines { say(turn, width, &lines) }
    return lines.lines
  }

  /// One turn of a conversation: who speaks, and the words indented under it.
  private static func say(_ message: JSON, _ width: Int, _ lines: inout LinePage) {
    let speaker = message["role"]?.string ?? "?"
    lines.append(ResultLine(speaker, speaker == "assistant" ? .stateOK : .title))
    var words = LinePage(most: lines.most - lines.count, all: lines.all)
    for item in message["content"]?.array ?? [message["content"] ?? .null] {
      content(item, width - 2, &words)
    }
    lines += words.lines.map { line in
      var line = line
      line.text = "  " + line.text
      return line
    }
    lines.append(ResultLine(""))
  }

  static func raw(_ result: JSON) -> [ResultLine] {
    let text = result.pretty
    return text.split(separator: "\n", omittingEmptySubsequences: false).prefix(mostRaw)
      .map { ResultLine(String($0)) }
  }

  // MARK: - Parts

  private static func content(_ item: JSON, _ width: Int, _ lines: inout LinePage) {
    switch item["type"]?.string {
    case "text": addText(item["text"]?.string ?? "", width, &lines)
    case "image", "audio":
      lines += blob(item["type"]?.string ?? "", item)
    case "resource": resource(item["resource"] ?? .null, width, &lines)
    case "resource_link":
      let name = item["name"]?.string ?? ""
      var line = ResultLine("link \(name) \(item["uri"]?.string ?? "")", .link)
      line.uri = item["uri"]?.string
      lines.append(line)
    default: add(item.pretty, .dim, width, &lines)
    }
  }

  /// JSON that came as text is laid out, a patch is coloured, any other text is wrapped.
  private static func addText(_ text: String, _ width: Int, _ lines: inout LinePage) {
    if let json = json(text) {
      let start = lines.count
      add(json.pretty, .text, width, &lines)
      lines.markJSON(from: start)
      return
    }
    guard TextChanges.isPatch(text) else { return add(text, .text, width, &lines) }
    lines += TextChanges.patch(text)
  }

  private static let mostJSON = 1 << 20

  /// The value of a text that is an object or an array.
  static func json(_ text: String) -> JSON? {
    let start = text.first { !$0.isWhitespace }
    guard start == "{" || start == "[", text.utf8.count <= mostJSON else { return nil }
    do throws(JSONError) { return try JSON.parse(text) } catch { return nil }
  }

  private static func resource(_ item: JSON, _ width: Int, _ lines: inout LinePage) {
    if let uri = item["uri"]?.string { lines.append(ResultLine(uri, .link)) }
    if let words = item["text"]?.string {
      addText(words, width, &lines)
    } else if item["blob"] != nil {
      lines += blob("blob", item)
    } else {
      add(item.pretty, .dim, width, &lines)
    }
  }

  /// Binary content as a card: what it is, and the digest that it is known by.
  private static func blob(_ name: String, _ item: JSON) -> [ResultLine] {
    guard let blob = ResultBlob(item) else {
      let type = item["mimeType"]?.string ?? "of unknown type"
      return [ResultLine("[\(name) \(type), which is no Base64]", .stateWarn)]
    }
    return [
      ResultLine("[\(name) \(blob.facts)]", .link), ResultLine("  \(blob.digest)", .dim),
    ]
  }

  private static func add(
    _ text: String, _ role: Role, _ width: Int, _ lines: inout LinePage
  ) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let room = lines.most - lines.count
      guard room > 0 else { return cutOff(&lines) }
      // Wrapping counts columns, so what is spelled out is spelled out first; doing it again changes nothing.
      let hasTabs = line.utf8.contains(UInt8(ascii: "\t"))
      let spaced = String(hasTabs ? line.replacing("\t", with: "    ") : line)
      let safe = SafeText(spaced).text
      let wrapped =
        safe.utf8.count > longestWrapped
        ? cut(safe, to: max(10, width)) : Fitting.wrapped(safe, to: max(10, width))
      lines += wrapped.prefix(room).map { ResultLine($0, role) }
      if wrapped.count > room { return cutOff(&lines) }
    }
  }

  private static func cutOff(_ lines: inout LinePage) {
    let more = lines.all.isEmpty ? "" : "; \(lines.all) shows it here"
    var line = ResultLine("more is in the raw view\(more)", .stateWarn)
    line.saysMore = true
    lines.append(line)
  }

  /// A line too long to look for spaces in is cut where a row is full, in one pass.
  private static func cut(_ text: String, to width: Int) -> [String] {
    var rows: [String] = []
    var row = ""
    var used = 0
    for character in text {
      let columns = character.isASCII ? 1 : Cluster(character).width
      if used + columns > width {
        rows.append(row)
        guard rows.count <= mostLines else { return rows }
        (row, used) = ("", 0)
      }
      row.append(character)
      used += columns
    }
    return rows + [row]
  }
}
