import JSON

/// JSON Pointers as texts: schema places are compared and looked up by them.
enum PointerText {
  /// A token as it stands in a pointer.
  static func escaped(_ token: String) -> String {
    guard token.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
      return token
    }
    var output = ""
    for scalar in token.unicodeScalars {
      switch scalar {
      case "~": output += "~0"
      case "/": output += "~1"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  static func unescaped(_ token: Substring) -> String {
    guard token.utf8.contains(UInt8(ascii: "~")) else { return String(token) }
    var output = ""
    var rest = token.unicodeScalars
    while let scalar = rest.popFirst() {
      guard scalar == "~", let code = rest.first, code == "0" || code == "1" else {
        output.unicodeScalars.append(scalar)
        continue
      }
      rest.removeFirst()
      output += code == "0" ? "~" : "/"
    }
    return output
  }

  /// The tokens of a pointer that is empty or starts with a slash.
  static func tokens(_ pointer: String) -> [String] {
    pointer.isEmpty
      ? []
      : pointer.utf8.dropFirst().split(
        separator: UInt8(ascii: "/"), omittingEmptySubsequences: false
      )
      .map { unescaped(Substring($0)) }
  }

  /// One step down: a member by name, an element by plain index.
  static func step(_ json: JSON, _ token: String) -> JSON? {
    switch json {
    case .object(let object): return object[token]
    case .array(let elements):
      let isPlain = token == "0" || (token.first != "0" && token.utf8.allSatisfy(ASCII.isDigit))
      guard isPlain, let index = Int(token), elements.indices.contains(index) else { return nil }
      return elements[index]
    default: return nil
    }
  }
}
