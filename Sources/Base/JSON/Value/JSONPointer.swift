/// The way from a value to one inside it: RFC 6901, `/tools/0/name`.
package struct JSONPointer: Sendable {
  /// Keys and indices, unescaped, from the outside in.
  package var tokens: [String]

  package init(_ tokens: [String] = []) { self.tokens = tokens }

  /// Reads `/a~1b/0`; the empty text is the whole value.
  package init(parsing text: String) throws(JSONPointerError) {
    guard !text.isEmpty else {
      tokens = []
      return
    }
    guard text.utf8.first == Ascii.slash else { throw JSONPointerError.noSlash }
    var tokens: [String] = []
    for raw in text.utf8.dropFirst().split(separator: Ascii.slash, omittingEmptySubsequences: false)
    {
      tokens.append(try Self.unescape(raw, within: text))
    }
    self.tokens = tokens
  }

  private static func unescape(
    _ raw: Substring.UTF8View, within text: String
  ) throws(JSONPointerError) -> String {
    guard raw.contains(tilde) else { return String(Substring(raw)) }
    var bytes: [UInt8] = []
    var index = raw.startIndex
    while index < raw.endIndex {
      let next = raw.index(after: index)
      guard raw[index] == tilde else {
        bytes.append(raw[index])
        index = next
        continue
      }
      guard next < raw.endIndex, raw[next] == Ascii.zero || raw[next] == Ascii.zero + 1 else {
        throw JSONPointerError.badEscape(
          offset: text.utf8.distance(from: text.startIndex, to: index))
      }
      bytes.append(raw[next] == Ascii.zero ? tilde : Ascii.slash)
      index = raw.index(after: next)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let tilde = UInt8(ascii: "~")

  package var isRoot: Bool { tokens.isEmpty }

  /// The container's pointer; nil for the whole value.
  package var parent: JSONPointer? { isRoot ? nil : JSONPointer(Array(tokens.dropLast())) }

  package func appending(_ key: String) -> JSONPointer { JSONPointer(tokens + [key]) }
  package func appending(_ index: Int) -> JSONPointer { appending(String(index)) }

  /// The index a token is in an array of that size; `-`, signs and leading zeros are none.
  package static func index(_ token: String, below count: Int) -> Int? {
    let digits = token.utf8
    guard !digits.isEmpty, digits.allSatisfy(Ascii.isDigit) else { return nil }
    guard digits.count == 1 || digits.first != Ascii.zero else { return nil }
    guard let index = Int(token), index < count else { return nil }
    return index
  }
}

/// Why a text is no pointer.
package enum JSONPointerError: Error, Sendable, Hashable {
  case noSlash
  case badEscape(offset: Int)
}

extension JSONPointerError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noSlash: "a JSON Pointer is empty or begins with '/'"
    case .badEscape(let offset):
      "at offset \(offset): only '~0' and '~1' are escapes in a JSON Pointer"
    }
  }
}

extension JSONPointer: CustomStringConvertible {
  package var description: String {
    var text = ""
    for token in tokens {
      text += "/"
      for scalar in token.unicodeScalars {
        switch scalar {
        case "~": text += "~0"
        case "/": text += "~1"
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
    return text
  }
}

/// By code points, as keys are.
extension JSONPointer: Hashable {
  package static func == (left: JSONPointer, right: JSONPointer) -> Bool {
    left.tokens.count == right.tokens.count
      && zip(left.tokens, right.tokens).allSatisfy { $0.hasSameScalars(as: $1) }
  }

  package func hash(into hasher: inout Hasher) {
    for token in tokens { token.hashScalars(into: &hasher) }
  }
}

extension JSON {
  /// The value a pointer leads to. Of duplicate keys the last one counts.
  package subscript(pointer: JSONPointer) -> JSON? {
    var value = self
    for token in pointer.tokens {
      guard let next = value.entry(token) else { return nil }
      value = next
    }
    return value
  }

  private func entry(_ token: String) -> JSON? {
    switch self {
    case .object(let object): object[token]
    case .array(let elements): JSONPointer.index(token, below: elements.count).map { elements[$0] }
    default: nil
    }
  }
}
