import JSON
import SafeText
import TerminalCore

/// An answer as lines for people. The words stay foreign; only breaks are cut.
enum ResultWords {
  private static let mostLines = 20_000
  private static let mostRaw = 400_000
  /// Longer lines are no prose.
  private static let longestWrapped = 4_000

  static func hasText(_ result: JSON) -> Bool {
    let parts = (result["content"]?.array ?? []) + (result["contents"]?.array ?? [])
    return result["messages"]?.array != nil
      || parts.contains { $0["text"] != nil || $0["type"] != nil || $0["blob"] != nil }
  }

  static func lines(of result: JSON, width: Int) -> [ResultLine] {
    var lines: [ResultLine] = []
    if let text = result["description"]?.string { add(text, .dim, width, &lines) }
    for item in result["content"]?.array ?? [] { content(item, width, &lines) }
    for item in result["contents"]?.array ?? [] { resource(item, width, &lines) }
    for message in result["messages"]?.array ?? [] {
      lines.append(ResultLine("\(message["role"]?.string ?? "?"):", .title))
      for item in message["content"]?.array ?? [message["content"] ?? .null] {
        content(item, width, &lines)
      }
      lines.append(ResultLine(""))
    }
    return lines
  }

  static func raw(_ result: JSON) -> [ResultLine] {
    let text = result.pretty
    return text.split(separator: "\n", omittingEmptySubsequences: false).prefix(mostRaw)
      .map { ResultLine(String($0)) }
  }

  // MARK: - Parts

  private static func content(_ item: JSON, _ width: Int, _ lines: inout [ResultLine]) {
    switch item["type"]?.string {
    case "text": add(item["text"]?.string ?? "", .text, width, &lines)
    case "image", "audio":
      lines.append(ResultLine(blob(item["type"]?.string ?? "", item, in: "data"), .link))
    case "resource": resource(item["resource"] ?? .null, width, &lines)
    case "resource_link":
      let name = item["name"]?.string ?? ""
      lines.append(ResultLine("link \(name) \(item["uri"]?.string ?? "")", .link))
    default: add(item.pretty, .dim, width, &lines)
    }
  }

  private static func resource(_ item: JSON, _ width: Int, _ lines: inout [ResultLine]) {
    if let uri = item["uri"]?.string { lines.append(ResultLine(uri, .link)) }
    if let words = item["text"]?.string {
      add(words, .text, width, &lines)
    } else if item["blob"] != nil {
      lines.append(ResultLine(blob("blob", item, in: "blob"), .link))
    } else {
      add(item.pretty, .dim, width, &lines)
    }
  }

  private static func blob(_ name: String, _ item: JSON, in member: String) -> String {
    let encoded = item[member]?.string?.utf8.count ?? 0
    return "[\(name) \(item["mimeType"]?.string ?? "of unknown type"), \(encoded / 4 * 3) bytes]"
  }

  private static func add(
    _ text: String, _ role: Role, _ width: Int, _ lines: inout [ResultLine]
  ) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard lines.count < mostLines else {
        return lines.append(ResultLine("more is in the raw view", .stateWarn))
      }
      // Wrapping counts columns, so what is spelled out is spelled out first; doing it again changes nothing.
      let safe = SafeText(String(line).replacing("\t", with: "    ")).text
      let wrapped =
        safe.utf8.count > longestWrapped
        ? cut(safe, to: max(10, width)) : Fitting.wrapped(safe, to: max(10, width))
      lines += wrapped.prefix(mostLines - lines.count).map { ResultLine($0, role) }
    }
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
        guard rows.count < mostLines else { return rows }
        (row, used) = ("", 0)
      }
      row.append(character)
      used += columns
    }
    return rows + [row]
  }
}
