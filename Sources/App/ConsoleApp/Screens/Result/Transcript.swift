import JSON

/// A conversation inside an answer, as servers of chats give it: a list of turns, each with who speaks and the words.
enum Transcript {
  private static let lists = ["messages", "conversation", "transcript", "turns", "chat"]
  private static let speakers = ["role", "speaker", "author", "sender"]
  private static let words = ["content", "text", "message", "parts"]

  /// The turns in the protocol's own shape; nil where an answer holds none. Prompts have theirs in the text already.
  static func turns(of result: JSON) -> [JSON]? {
    let text = result["content"]?.array?.first?["text"]?.string.flatMap(ResultWords.json)
    for candidate in [result["structuredContent"], text].compactMap(\.self) {
      let members = lists.compactMap { candidate[$0] } + [candidate["result"] ?? .null]
      for list in ([candidate] + members).compactMap(\.array) {
        let turns = list.compactMap(turn)
        if !turns.isEmpty, turns.count == list.count { return turns }
      }
    }
    return nil
  }

  private static func turn(_ item: JSON) -> JSON? {
    guard let speaker = speakers.lazy.compactMap({ item[$0]?.string }).first,
      let words = words.lazy.compactMap({ item[$0] }).first
    else { return nil }
    return ["role": .string(speaker), "content": content(words)]
  }

  private static func content(_ words: JSON) -> JSON {
    switch words {
    case .string: .array([piece(words)])
    case .array(let parts): .array(parts.map { $0.string == nil ? $0 : piece($0) })
    default: [words]
    }
  }

  private static func piece(_ text: JSON) -> JSON { ["type": "text", "text": text] }
}
