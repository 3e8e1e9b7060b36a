import JSON

/// The lines that agentgateway writes unless it is told to write JSON: moment, level, `request`, and words with values.
enum GatewayLine {
  private static let marks = ["gateway=", "listener=", "route=", "protocol=", "src.addr="]

  static func read(_ line: String) -> LogRecord? {
    var rest = line[...]
    let time = word(&rest), level = word(&rest)
    guard LogMoment.read(String(time)) != nil, word(&rest) == "request",
      marks.contains(where: { rest.firstRange(of: $0) != nil })
    else { return nil }
    var object: JSONObject = ["time": .string(String(time)), "level": .string(String(level))]
    while let (key, value) = pair(&rest) {
      if object[key] == nil { object[key] = value }
    }
    return LogProfile.agentgateway.record(JSON.object(object).compactBytes[...])
  }

  private static func word(_ rest: inout Substring) -> Substring {
    rest = rest.drop { $0.isWhitespace }
    let word = rest.prefix { !$0.isWhitespace }
    rest = rest.dropFirst(word.count)
    return word
  }

  /// `key=value`, the value in quotes where it has spaces.
  private static func pair(_ rest: inout Substring) -> (String, JSON)? {
    rest = rest.drop { $0.isWhitespace }
    let key = rest.prefix { $0 != "=" && !$0.isWhitespace }
    guard !rest.isEmpty else { return nil }
    rest = rest.dropFirst(key.count)
    guard rest.first == "=" else { return (String(key), true) }
    rest = rest.dropFirst()
    guard rest.first == "\"" else {
      let text = String(word(&rest))
      return (String(key), Int(text).map { .number(JSONNumber($0)) } ?? .string(text))
    }
    return (String(key), .string(quoted(&rest)))
  }

  private static func quoted(_ rest: inout Substring) -> String {
    rest = rest.dropFirst()
    var text = ""
    while let next = rest.popFirst(), next != "\"" {
      text.append(next == "\\" ? rest.popFirst() ?? next : next)
    }
    return text
  }
}
