import JSON
import SafeText

extension ReviewRule {
  /// Characters that nobody sees and a model reads.
  static let hiddenText = ReviewRule("hidden", "no text hides anything") { reviewed in
    texts(of: reviewed).compactMap { place, text in
      let findings = SafeText(text, .block).findings
      guard !findings.isEmpty else { return nil }
      let kinds = findings.kinds.map(\.rawValue).joined(separator: ", ")
      var evidence = [Finding.Evidence("text", String(text.prefix(200)))]
      if !findings.tagMessage.isEmpty { evidence.append(.init("spells", findings.tagMessage)) }
      return Finding(
        .error, "hidden-text", check: "hidden",
        "\(place) holds \(findings.count) hidden characters (\(kinds))", evidence: evidence,
        fix: "do not use the server until its makers have explained them")
    }
  }

  /// Words that speak to the model and not about the tool.
  static let instructions = ReviewRule("instructions", "no text gives orders to the model") {
    reviewed in
    texts(of: reviewed).compactMap { place, text in
      let words = text.lowercased().split { $0.isWhitespace }.joined(separator: " ")
      guard let sign = signs.first(where: { words.contains($0) }) else { return nil }
      return Finding(
        .warning, "instruction-to-model", check: "instructions",
        "\(place) speaks to the model: “\(sign)”",
        evidence: [.init("text", String(text.prefix(300)))],
        fix: "read it whole before you let a model see it")
    }
  }

  private static let signs = [
    "<important>", "<system>", "<secret>", "ignore previous", "ignore all previous",
    "ignore any previous", "disregard previous", "disregard all", "forget your instructions",
    "do not tell the user", "don't tell the user", "do not mention", "don't mention",
    "without telling the user", "without informing the user", "never reveal", "system prompt",
    "before using any other tool", "before calling any other tool", "before using this tool",
    "you must always call", "always call this tool first", "instead of any other tool",
    ".ssh/", "id_rsa", "/etc/passwd", ".env file", "conversation history", "api keys you",
    "send the contents", "pass the contents", "exfiltrate",
  ]

  /// Names and words that stand in front of another server's tools.
  static let shadows = ReviewRule("shadows", "no tool stands in front of another server's") {
    reviewed in
    reviewed.named.flatMap { name, tool -> [Finding] in
      let words = Set(
        (tool["description"]?.string ?? "").split {
          !($0.isLetter || $0.isNumber || "_-.".contains($0))
        }
        .map { String($0) })
      return reviewed.others.flatMap { other -> [Finding] in
        shadowing(name, words, other.server, other.tools)
      }
    }
  }

  private static func shadowing(
    _ name: String, _ words: Set<String>, _ server: String, _ tools: Set<String>
  ) -> [Finding] {
    var found: [Finding] = []
    if tools.contains(name) {
      found.append(
        Finding(
          .warning, "shadowed-name", check: "shadows",
          "'\(name)' is also a tool of '\(server)'",
          fix: "a model may take one for the other: give it another name"))
    }
    // A common word is no reference; a name in several parts is.
    let spoken = words.intersection(tools).filter {
      $0 != name && $0.contains { "_-.".contains($0) }
    }
    for tool in spoken.sorted() {
      found.append(
        Finding(
          .warning, "foreign-tool-mentioned", check: "shadows",
          "the description of '\(name)' speaks of '\(tool)', a tool of '\(server)'",
          fix: "read it: a server has no business with another's tools"))
    }
    return found
  }

  /// Every text that a model is shown, with where it stands.
  private static func texts(of reviewed: Reviewed) -> [(place: String, text: String)] {
    let items =
      reviewed.named.map { ("tool '\($0.name)'", $0.tool) }
      + reviewed.prompts.map { ("prompt '\($0["name"]?.string ?? "")'", $0) }
    return items.flatMap { place, item in
      strings(in: item).map { (place: "\($0.path) of \(place)", text: $0.text) }
    }
  }

  private static func strings(in item: JSON) -> [(path: String, text: String)] {
    var found: [(path: String, text: String)] = []
    var open: [(path: String, value: JSON)] = [("", item)]
    while let (path, value) = open.popLast() {
      switch value {
      case .string(let text): found.append((path.isEmpty ? "text" : path, text))
      case .array(let elements):
        open += elements.enumerated().map { (path: "\(path)[\($0.offset)]", value: $0.element) }
          .reversed()
      case .object(let object):
        open += object.members.map {
          (path: path.isEmpty ? $0.key : "\(path).\($0.key)", value: $0.value)
        }
        .reversed()
      default: break
      }
    }
    return found
  }
}
