import JSON
import SafeText
import TerminalCore
import Widgets

/// A row of a tree in words.
enum TreeWords {
  private static let mostIndent = 24
  /// Of a longer text only the beginning is looked at; Enter opens all of it.
  private static let longestLeaf = 2_000

  static func spans(_ row: JSONTree.Row, _ signs: SignSet) -> [Span] {
    let count = JSONTree.count(of: row.value)
    let fold = count == 0 ? "  " : signs[row.isOpen ? .unfolded : .folded] + " "
    let deep = row.depth * 2
    let indent =
      deep <= mostIndent
      ? String(repeating: " ", count: deep)
      : String(repeating: " ", count: mostIndent - 4) + "\(row.depth) "
    var spans = [Span(indent + fold, .jsonPunctuation)]
    if let key = row.key {
      let isIndex = key.hasPrefix("[") && key.hasSuffix("]")
      spans.append(
        Span(signs.safe(key, limit: 200).text + "  ", isIndex ? .jsonPunctuation : .jsonKey))
    }
    if count > 0 {
      spans.append(Span(size(row.value, count), .jsonPunctuation))
      if !row.isOpen { spans.append(Span("  " + preview(row.value, signs), .dim)) }
    } else {
      spans.append(
        Span(signs.safe(leaf(row.value), limit: 500).text, JSONWords.role(row.value)))
    }
    return spans
  }

  private static func size(_ value: JSON, _ count: Int) -> String {
    value.array == nil ? "{\(count)}" : "[\(count)]"
  }

  static func leaf(_ value: JSON) -> String {
    switch value {
    case .string(let text):
      "\"\(text.utf8.count > longestLeaf ? String(text.prefix(longestLeaf)) + "…" : text)\""
    case .array: "[]"
    case .object: "{}"
    default: value.compact
    }
  }

  /// The first members of what is folded.
  private static func preview(_ value: JSON, _ signs: SignSet) -> String {
    switch value {
    case .object(let object):
      let words = object.members.prefix(4).map { "\($0.key): \(short($0.value))" }
      return signs.safe(words.joined(separator: ", "), limit: 120).text
    case .array(let elements):
      return signs.safe(elements.prefix(4).map(short).joined(separator: ", "), limit: 120).text
    default: return ""
    }
  }

  private static func short(_ value: JSON) -> String {
    let count = JSONTree.count(of: value)
    return count > 0 ? size(value, count) : String(leaf(value).prefix(30))
  }
}
