import JSON
import SafeText

/// A server's answer as lines for people. Every word of it passes through SafeText; links and blobs become notes.
struct ResultText {
  private(set) var lines: [String] = []

  private mutating func block(_ text: String) {
    lines += SafeText(text, .block).text.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  private mutating func note(_ text: String) { lines.append("[\(SafeText(text).text)]") }

  // MARK: - Kinds of answers

  /// How the answers of that method are shown.
  static func lines(for method: String) -> (JSON) -> [String] {
    switch method {
    case "tools/call": tool
    case "resources/read": read
    case "prompts/get": prompt
    default: any
    }
  }

  static func tool(_ result: JSON) -> [String] {
    var text = ResultText()
    let content = result["content"]?.array ?? []
    for item in content { text.content(item) }
    if let structured = result["structuredContent"], !text.repeats(structured, content) {
      text.structured(structured)
    }
    if text.lines.isEmpty { text.block(result.pretty) }
    return text.lines
  }

  static func read(_ result: JSON) -> [String] {
    var text = ResultText()
    let contents = result["contents"]?.array ?? []
    for item in contents {
      if contents.count > 1 { text.note(item["uri"]?.string ?? "no uri") }
      text.resource(item)
    }
    if text.lines.isEmpty { text.block(result.pretty) }
    return text.lines
  }

  static func prompt(_ result: JSON) -> [String] {
    var text = ResultText()
    if let description = result["description"]?.string { text.block(description) }
    for message in result["messages"]?.array ?? [] {
      text.lines.append("\(SafeText(message["role"]?.string ?? "?").text):")
      for item in message["content"]?.array ?? [message["content"] ?? .null] { text.content(item) }
    }
    if text.lines.isEmpty { text.block(result.pretty) }
    return text.lines
  }

  static func any(_ result: JSON) -> [String] {
    var text = ResultText()
    text.block(result.pretty)
    return text.lines
  }

  // MARK: - Parts

  private mutating func content(_ item: JSON) {
    switch item["type"]?.string {
    case "text" where item["text"]?.string != nil: block(item["text"]?.string ?? "")
    case "image" where item["data"]?.string != nil, "audio" where item["data"]?.string != nil:
      note(Self.blob(item["type"]?.string ?? "", item, in: "data"))
    case "resource": resource(item["resource"] ?? .null)
    case "resource_link" where item["uri"]?.string != nil:
      let name = item["name"]?.string.map { "\($0) " } ?? ""
      note("link \(name)\(item["uri"]?.string ?? "")")
    default: block(item.pretty)
    }
  }

  private mutating func resource(_ item: JSON) {
    if let words = item["text"]?.string {
      block(words)
    } else if item["blob"]?.string != nil {
      note(Self.blob(item["uri"]?.string ?? "blob", item, in: "blob"))
    } else {
      block(item.pretty)
    }
  }

  private static func blob(_ name: String, _ item: JSON, in member: String) -> String {
    let encoded = (item[member]?.string ?? "").utf8
    let bytes = (encoded.count - encoded.suffix(2).count { $0 == UInt8(ascii: "=") }) * 3 / 4
    return "\(name) \(item["mimeType"]?.string ?? "of unknown type"), \(bytes) bytes"
  }

  private mutating func structured(_ json: JSON) {
    if let table = TextTable(json) { lines += table.lines } else { block(json.pretty) }
  }

  /// Most servers say in text what the structured content says: as JSON, or in words that hold all of its values.
  private func repeats(_ structured: JSON, _ content: [JSON]) -> Bool {
    let texts = content.compactMap { $0["text"]?.string }
    return texts.contains { Self.isSame($0, structured) }
      || Self.words(in: structured, limit: 200).map { words in
        words.allSatisfy { word in texts.contains { $0.contains(word) } }
      } ?? false
  }

  private static func isSame(_ text: String, _ structured: JSON) -> Bool {
    do { return try JSON.parse(text) == structured } catch { return false }
  }

  /// The texts and numbers of a value; nil where they are many, or truth values that no sentence would repeat.
  private static func words(in json: JSON, limit: Int) -> [String]? {
    var words: [String] = []
    var queue = [json]
    while let next = queue.popLast() {
      switch next {
      case .string(let text): words.append(text)
      case .number(let number): words.append(number.text)
      case .array(let elements): queue += elements
      case .object(let object): queue += object.members.map(\.value)
      case .bool: return nil
      case .null: break
      }
      if words.count + queue.count > limit { return nil }
    }
    return words
  }
}
