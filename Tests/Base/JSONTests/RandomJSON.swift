import JSON
import TestRandom

/// Random values and texts, the same for the same seed.
struct RandomJSON {
  private var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func next() -> UInt64 { random.next() }

  mutating func below(_ limit: Int) -> Int { random.below(limit) }

  mutating func value(depth: Int = 4) -> JSON {
    switch below(depth > 0 ? 8 : 5) {
    case 0: return .null
    case 1: return .bool(below(2) == 0)
    case 2, 3: return .number(number())
    case 4: return .string(string())
    case 5: return .array((0..<below(5)).map { _ in value(depth: depth - 1) })
    default:
      let pairs = (0..<below(5)).map { _ in (string(), value(depth: depth - 1)) }
      return .object(JSONObject(pairs))
    }
  }

  mutating func number() -> JSONNumber {
    var text = below(2) == 0 ? "-" : ""
    text += below(3) == 0 ? "0" : "\(1 + below(9))" + digits(below(22))
    if below(2) == 0 { text += "." + digits(1 + below(20)) }
    if below(3) == 0 {
      text += ["e", "E"][below(2)] + ["", "+", "-"][below(3)] + digits(1 + below(3))
    }
    return JSONNumber(text: text) ?? JSONNumber(0)
  }

  private mutating func digits(_ count: Int) -> String {
    (0..<count).map { _ in String(below(10)) }.joined()
  }

  mutating func string() -> String {
    let scalars: [Unicode.Scalar] = [
      "a", "b", "z", " ", "\"", "\\", "/", "~", "\n", "\t", "\u{0}", "\u{1F}", "\u{7F}", "é", "e",
      "\u{301}", "€", "\u{FFFD}", "😀", "\u{10FFFF}", "\u{2028}",
    ]
    var text = ""
    for _ in 0..<below(below(8) == 0 ? 40 : 6) {
      text.unicodeScalars.append(scalars[below(scalars.count)])
    }
    return text
  }

  /// The value's text with white space, comments and trailing commas of every kind.
  mutating func text(of value: JSON) -> String {
    switch value {
    case .array(let elements):
      let inner = elements.map { gap() + text(of: $0) + gap() }
      return "[" + inner.joined(separator: ",") + tail(inner.isEmpty) + "]"
    case .object(let object):
      let inner = object.members.map { member in
        gap() + JSON.string(member.key).compact + gap() + ":" + gap() + text(of: member.value)
          + gap()
      }
      return "{" + inner.joined(separator: ",") + tail(inner.isEmpty) + "}"
    default: return value.compact
    }
  }

  private mutating func tail(_ isEmpty: Bool) -> String {
    (isEmpty || below(4) > 0 ? "" : ",") + gap()
  }

  private mutating func gap() -> String {
    let gaps = ["", "", " ", "\n  ", "\r\n", "\t", " // ,]}\"\n", "/* \n, */", "\n    "]
    return gaps[below(gaps.count)]
  }
}
