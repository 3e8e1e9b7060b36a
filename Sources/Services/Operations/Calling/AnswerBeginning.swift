package import JSON
import Transports

/// The beginning of a large answer, so that something of it is there at once.
package struct AnswerBeginning {
  /// Answers up to this size are looked at whole at once.
  package static let large = LargeText.bytes
  private static let most = 64 << 10
  private static let deepest = 64
  private static let longestKey = 200

  private var room = Self.most
  /// What stands for binary content, behind its type.
  private let fate: String

  private init(_ fate: String) { self.fate = fate }

  package static func of(_ answer: JSON, binary fate: String = "is being read") -> JSON {
    var beginning = AnswerBeginning(fate)
    return beginning.cut(answer, 0)
  }

  private mutating func cut(_ value: JSON, _ depth: Int) -> JSON {
    guard depth < Self.deepest else { return .null }
    switch value {
    case .string(let text):
      guard text.utf8.count > room else {
        room -= text.utf8.count
        return value
      }
      let kept = String(text.unicodeScalars.prefix(max(0, room)))
      room = 0
      return .string(kept)
    case .array(let elements):
      var kept: [JSON] = []
      for element in elements where room > 0 {
        room -= 2
        kept.append(cut(element, depth + 1))
      }
      return .array(kept)
    case .object(let object):
      if let type = binary(object) { return type }
      var kept: [(String, JSON)] = []
      for member in object.members where room > 0 {
        room -= min(member.key.utf8.count, Self.longestKey) + 4
        kept.append((member.key, cut(member.value, depth + 1)))
      }
      return .object(JSONObject(kept))
    default:
      room -= 8
      return value
    }
  }

  /// Binary content is nothing without its end.
  private func binary(_ object: JSONObject) -> JSON? {
    guard let text = (object["data"] ?? object["blob"])?.string, text.utf8.count > room else {
      return nil
    }
    let type = object["mimeType"]?.string ?? "binary content"
    return ["type": "text", "text": .string("[\(type) \(fate)]")]
  }
}
