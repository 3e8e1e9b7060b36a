import JSON

/// Pieces of sentences about values.
enum Words {
  private static let longest = 60
  private static let mostListed = 12

  static func either(_ words: [String]) -> String { joined(words, by: "or") }

  static func all(_ words: [String]) -> String { joined(words, by: "and") }

  private static func joined(_ words: [String], by last: String) -> String {
    guard words.count > 1, let end = words.last else { return words.first ?? "nothing" }
    return words.dropLast().joined(separator: ", ") + " \(last) " + end
  }

  static func count(_ count: Int, _ thing: String) -> String {
    count == 1 ? "1 \(thing)" : "\(count == 0 ? "no" : String(count)) \(thing)s"
  }

  static func has(_ found: Int, _ thing: String, _ bound: SchemaViolation.Bound) -> String {
    switch bound {
    case .atLeast(let limit): "has \(count(found, thing)), fewer than the minimum \(limit)"
    case .atMost(let limit): "has \(count(found, thing)), more than the maximum \(limit)"
    }
  }

  /// A member's name, in quotes where it would not be seen as one.
  static func name(_ name: String) -> String { [InstanceStep.member(name)].words }

  /// A value, cut where it is long.
  static func shown(_ json: JSON) -> String { cut(json.compact) }

  static func cut(_ text: String) -> String {
    text.utf8.count <= longest || text.count <= longest ? text : text.prefix(longest) + "…"
  }

  static func listed(_ values: [JSON]) -> String {
    let shown = values.prefix(mostListed).map(Self.shown)
    let more = values.count - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}
