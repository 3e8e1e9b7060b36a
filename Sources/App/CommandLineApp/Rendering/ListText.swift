import JSON
import Operations
import SafeText

/// A server's lists as lines for people: a name, what it needs, and the first sentence of what it says.
enum ListText {
  static func lines(_ report: ListReport) -> [String] {
    guard !report.items.isEmpty else { return ["no \(report.list.rawValue)"] }
    return report.items.enumerated().flatMap { index, json in
      item(json, report.list)
        + (report.rejections[index].map { ["    not callable here: \(SafeText($0).text)"] } ?? [])
    }
  }

  private static func item(_ json: JSON, _ list: CatalogList) -> [String] {
    let name = json[list.identity]?.string
    let head = name.map { SafeText($0).text } ?? "(malformed) \(SafeText(json.compact).text)"
    let tail = [signature(json, list), marks(json)].filter { !$0.isEmpty }
    let first = ([head] + tail).joined(separator: "  ")
    let words = (json["description"]?.string ?? json["title"]?.string).map(firstLine) ?? ""
    return name == nil || words.isEmpty ? [first] : [first, "    \(words)"]
  }

  private static func firstLine(_ words: String) -> String {
    let lines = words.split(whereSeparator: \.isNewline)
    let line = lines.first { !$0.allSatisfy(\.isWhitespace) }.map(String.init) ?? ""
    let safe = SafeText(line.count > 160 ? line.prefix(157) + "…" : line).text
    return safe
  }

  /// `(q, limit?)`: arguments, the optional ones marked.
  private static func signature(_ json: JSON, _ list: CatalogList) -> String {
    switch list {
    case .tools:
      let required = Set(json["inputSchema"]?["required"]?.array?.compactMap(\.string) ?? [])
      let keys = json["inputSchema"]?["properties"]?.object?.keys ?? []
      return arguments(keys.map { ($0, required.contains($0)) })
    case .prompts:
      let rows = json["arguments"]?.array ?? []
      return arguments(rows.map { ($0["name"]?.string ?? "?", $0["required"]?.bool ?? false) })
    case .resources, .templates:
      let name = json["name"]?.string ?? ""
      let type = json["mimeType"]?.string ?? ""
      return SafeText([name, type].filter { !$0.isEmpty }.joined(separator: " ")).text
    }
  }

  private static func arguments(_ list: [(name: String, isRequired: Bool)]) -> String {
    let words = list.map { SafeText($0.name).text + ($0.isRequired ? "" : "?") }
    return "(\(words.joined(separator: ", ")))"
  }

  private static func marks(_ json: JSON) -> String {
    let hints = json["annotations"]
    let marks = [
      hints?["readOnlyHint"] == true ? "read-only" : nil,
      hints?["destructiveHint"] == true ? "destructive" : nil,
    ].compactMap { $0 }
    return marks.isEmpty ? "" : "[\(marks.joined(separator: ", "))]"
  }
}
