import JSON
import JSONSchema

extension ReviewRule {
  /// Names that every client and model takes.
  static let names = ReviewRule("names", "every tool has a good name of its own") { reviewed in
    let names = reviewed.named.map(\.name)
    let double = Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    let odd = names.filter { !isGood($0) }
    return double.map {
      Finding(
        .error, "tool-name-duplicate", check: "names", "the name '\($0)' is given twice",
        fix: "give each tool a name of its own")
    }
      + odd.prefix(10).map {
        Finding(
          .warning, "tool-name-form", check: "names",
          "'\($0)' is no name that all clients and models take",
          fix: "1 to 64 letters, digits, '_', '-' or '.'")
      }
  }

  private static func isGood(_ name: String) -> Bool {
    let allowed = name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(byte)
    }
    return allowed && (1...64).contains(name.utf8.count)
  }

  /// Descriptions of tools and of their arguments.
  static let descriptions = ReviewRule("descriptions", "every tool and argument is described") {
    reviewed in
    reviewed.named.flatMap { name, tool -> [Finding] in
      let words = tool["description"]?.string ?? ""
      if words.allSatisfy(\.isWhitespace) {
        return [
          Finding(
            .warning, "description-missing", check: "descriptions", "'\(name)' has no description",
            fix: "say in a sentence what it does and when to use it")
        ]
      }
      let bare = (tool["inputSchema"]?["properties"]?.object?.members ?? [])
        .filter { $0.value.object != nil && $0.value["description"]?.string == nil }.map(\.key)
      guard !bare.isEmpty else { return [] }
      return [
        Finding(
          .note, "argument-description-missing", check: "descriptions",
          "'\(name)': no description of \(bare.joined(separator: ", "))",
          fix: "say what each argument means")
      ]
    }
  }

  /// Schemas that mean something, and what they say of arguments that are not there.
  static let schemas = ReviewRule("schemas", "every schema is sound") { reviewed in
    reviewed.named.flatMap { name, tool -> [Finding] in
      inputFindings(name, tool["inputSchema"])
        + (tool["outputSchema"].map { defects(name, "outputSchema", $0) } ?? [])
    }
  }

  private static func inputFindings(_ name: String, _ schema: JSON?) -> [Finding] {
    guard let schema, schema.object != nil else {
      return [
        Finding(
          .error, "schema-missing", check: "schemas",
          "'\(name)' has no inputSchema that is an object",
          fix: "a tool without arguments has {\"type\":\"object\"}")
      ]
    }
    var found = defects(name, "inputSchema", schema)
    if schema["type"] != "object" {
      found.append(
        Finding(
          .error, "schema-not-object", check: "schemas",
          "the inputSchema of '\(name)' is not of type object",
          fix: "its type must be \"object\""))
    }
    let known = Set(schema["properties"]?.object?.keys ?? [])
    let lost = (schema["required"]?.array ?? []).compactMap(\.string)
      .filter { !known.contains($0) }
    if !lost.isEmpty, schema["properties"] != nil {
      found.append(
        Finding(
          .warning, "schema-required-unknown", check: "schemas",
          "'\(name)' requires \(lost.joined(separator: ", ")), which it does not describe",
          fix: "describe them under properties, or do not require them"))
    }
    return found
  }

  private static func defects(_ name: String, _ member: String, _ schema: JSON) -> [Finding] {
    SchemaValidator(schema).findings.filter { $0.weight == .defect }.prefix(5).map {
      Finding(
        .warning, "schema-defect", check: "schemas",
        "the \(member) of '\(name)': \($0.sentence)",
        evidence: [.init("place", $0.location)], fix: "correct the schema")
    }
  }

  /// Hints that speak against each other or against the name.
  static let annotations = ReviewRule("annotations", "no annotation contradicts another") {
    reviewed in
    reviewed.named.flatMap { name, tool -> [Finding] in
      let hints = tool["annotations"]
      guard hints?["readOnlyHint"] == true else { return [] }
      var found: [Finding] = []
      if hints?["destructiveHint"] == true {
        found.append(
          Finding(
            .warning, "annotation-contradiction", check: "annotations",
            "'\(name)' says that it only reads and that it destroys",
            fix: "a tool that only reads has no destructiveHint"))
      }
      if let verb = changingVerb(in: name) {
        found.append(
          Finding(
            .warning, "annotation-against-name", check: "annotations",
            "'\(name)' says that it only reads, and its name says '\(verb)'",
            fix: "clients call such a tool without asking: correct the hint or the name"))
      }
      return found
    }
  }

  private static let verbs: Set<Substring> = [
    "delete", "remove", "drop", "write", "update", "create", "send", "insert", "purge", "set",
    "upload", "move", "rename", "execute", "exec", "run", "kill", "reset",
  ]

  private static func changingVerb(in name: String) -> Substring? {
    name.lowercased().split { !$0.isLetter }.first { verbs.contains($0) }
  }

  /// What the list of tools costs each conversation with a model.
  static let cost = ReviewRule("cost", "the list of tools is short") { reviewed in
    let sizes = reviewed.named.map { (name: $0.name, bytes: $0.tool.compactBytes.count) }
    let tokens = sizes.reduce(0) { $0 + $1.bytes } / bytesPerToken
    guard tokens > 0 else { return [] }
    let dearest = sizes.sorted { $0.bytes > $1.bytes }.prefix(5).map {
      Finding.Evidence($0.name, "about \($0.bytes / bytesPerToken) tokens")
    }
    return [
      Finding(
        tokens > tokenLimit ? .warning : .note, "token-cost", check: "cost",
        "the list of tools costs about \(tokens) tokens in each conversation",
        evidence: Array(dearest),
        fix: tokens > tokenLimit ? "shorten descriptions and schemas, or offer fewer tools" : nil)
    ]
  }

  private static let bytesPerToken = 4
  private static let tokenLimit = 10_000
}
