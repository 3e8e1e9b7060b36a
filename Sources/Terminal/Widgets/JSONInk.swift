import TerminalCore

/// Colours a line of JSON by its tokens, row after row where it is wrapped. It only looks: what is no JSON is coloured somehow.
package struct JSONInk: Sendable {
  private enum Inside {
    case nothing, key, string
  }

  private var inside = Inside.nothing
  private var isEscaped = false
  /// The number or the word that goes on.
  private var word: Role?
  private var isKeyNext: Bool

  package init(_ line: String) { isKeyNext = Self.startsWithKey(line) }

  /// The parts of the next row of the line.
  package mutating func spans(_ row: String) -> [Span] {
    var spans: [Span] = []
    var run = String.UnicodeScalarView()
    var current = Role.jsonPunctuation
    for scalar in row.unicodeScalars {
      let role = role(of: scalar)
      if role != current, !run.isEmpty {
        spans.append(Span(String(run), current))
        run = String.UnicodeScalarView()
      }
      current = role
      run.append(scalar)
    }
    return run.isEmpty ? spans : spans + [Span(String(run), current)]
  }

  private mutating func role(of scalar: Unicode.Scalar) -> Role {
    guard inside != .nothing else { return outside(scalar) }
    let role: Role = inside == .key ? .jsonKey : .jsonString
    if isEscaped {
      isEscaped = false
    } else if scalar == "\\" {
      isEscaped = true
    } else if scalar == "\"" {
      inside = .nothing
    }
    return role
  }

  private mutating func outside(_ scalar: Unicode.Scalar) -> Role {
    if scalar == "\"" {
      (inside, word) = (isKeyNext ? .key : .string, nil)
      isKeyNext = false
      return inside == .key ? .jsonKey : .jsonString
    }
    guard Self.isOfWord(scalar) else {
      word = nil
      return .jsonPunctuation
    }
    let role = word ?? Self.role(ofWord: scalar)
    word = role
    return role
  }

  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "+", ".": true
    default: false
    }
  }

  private static func role(ofWord first: Unicode.Scalar) -> Role {
    switch first {
    case "t", "f": .jsonBool
    case "n": .jsonNull
    case "0"..."9", "-": .jsonNumber
    default: .text
    }
  }

  /// A text at the line's start with a colon behind it.
  private static func startsWithKey(_ line: String) -> Bool {
    var rest = line.utf8.drop { $0 == UInt8(ascii: " ") }
    guard rest.popFirst() == UInt8(ascii: "\"") else { return false }
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\") {
        _ = rest.popFirst()
      } else if byte == UInt8(ascii: "\"") {
        return rest.first == UInt8(ascii: ":")
      }
    }
    return false
  }
}
