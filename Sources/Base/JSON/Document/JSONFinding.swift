/// Something in a text that parses but is not as RFC 8259 or its reader would have it.
package struct JSONFinding: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case byteOrderMark
    case comment
    case trailingComma
    case duplicateKey(String)
    case invalidUTF8(length: Int)
    case loneSurrogate(UInt16)
    case nulCharacter
    /// Nested too deep to be read: it stands in the value as the text that it is.
    case tooDeep(limit: Int)
    /// Stands last where a reading's `findingLimit` was reached.
    case furtherFindings(Int)
  }

  package let kind: Kind
  package let position: JSONPosition
  /// The value it stands in or, for a comment or comma between values, the container.
  package let pointer: JSONPointer
}

extension JSONFinding: CustomStringConvertible {
  package var description: String { "\(position): \(sentence)" }

  /// The finding without its place.
  package var sentence: String {
    switch kind {
    case .byteOrderMark: "the text begins with a byte order mark"
    case .comment: "a comment, which JSON does not have"
    case .trailingComma: "a comma after the last entry, which JSON does not have"
    case .duplicateKey(let key): "the key \"\(key)\" stands here again"
    case .invalidUTF8(let length):
      "\(length == 1 ? "a byte" : "\(length) bytes") that \(length == 1 ? "is" : "are") no UTF-8"
    case .loneSurrogate(let unit): "\\u\(String(unit, radix: 16)) is half of a surrogate pair"
    case .nulCharacter: "a NUL character in a string"
    case .tooDeep(let limit):
      "nested deeper than \(limit) levels; what is below is kept as text"
    case .furtherFindings(let count): "\(count) more findings are not listed"
    }
  }
}

/// Findings as they are met: kind and offset, up to a limit, the rest counted.
struct JSONNotes {
  var limit = 0
  private(set) var kept: [(kind: JSONFinding.Kind, offset: Int)] = []
  private(set) var total = 0

  @inline(never)
  mutating func add(_ kind: JSONFinding.Kind, at offset: Int) {
    total += 1
    if kept.count < limit { kept.append((kind, offset)) }
  }
}
