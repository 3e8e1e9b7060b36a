extension PatternTranslator {
  /// PCRE2 counts no further than this in one quantifier.
  private static let mostRepeats = 65_535
  /// Beyond this many pieces an upper bound is taken as none.
  private static let mostPieces = 16
  /// Only short atoms are written several times, or nested counts would grow the pattern without bound.
  private static let longestPiece = 64

  /// A `{`: counts where it reads as such, else itself, as web browsers do.
  mutating func brace() throws(PatternProblem) {
    let start = position
    position += 1
    let low = takeWhile(Self.isDigit)
    let isOpen = take(",")
    let high = isOpen ? takeWhile(Self.isDigit) : low
    guard !low.isEmpty, take("}") else {
      position = start
      return emitAtom("\\{", advancing: 1)
    }
    let text = "{\(low)\(isOpen ? "," : "")\(isOpen ? high : "")}"
    let minimum = Int(low) ?? .max
    let maximum = high.isEmpty ? nil : (Int(high) ?? .max)
    if let maximum, maximum < minimum { throw .reversedCounts(text) }
    position -= 1
    try quantify(minimum: minimum, maximum: maximum, text: text)
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  mutating func quantify(minimum: Int, maximum: Int?, text: String? = nil) throws(PatternProblem) {
    guard let atom else { throw .nothingToRepeat(text ?? String(input[position])) }
    position += 1
    let lazy = take("?") ? "?" : ""
    let start = output.utf8.index(output.startIndex, offsetBy: atom)
    let body = String(output[start...])
    output.removeSubrange(start...)
    output += Self.repeated(body, minimum, maximum, lazy)
    self.atom = nil
  }

  private static func repeated(_ body: String, _ minimum: Int, _ maximum: Int?, _ lazy: String)
    -> String
  {
    switch (minimum, maximum) {
    case (0, nil): return body + "*" + lazy
    case (1, nil): return body + "+" + lazy
    case (0, 1): return body + "?" + lazy
    default: break
    }
    if let maximum, maximum <= mostRepeats { return "\(body){\(minimum),\(maximum)}\(lazy)" }
    let isShort = body.utf8.count <= longestPiece
    let certain = isShort ? pieces(minimum).map { "\(body){\($0)}" }.joined() : body
    guard let maximum, isShort, maximum - minimum <= mostRepeats * mostPieces else {
      return minimum <= mostRepeats ? "\(body){\(minimum),}\(lazy)" : "\(certain)\(body)*\(lazy)"
    }
    let possible = pieces(maximum - minimum).map { "\(body){0,\($0)}\(lazy)" }.joined()
    return "(?:\(certain)\(possible))"
  }

  /// The count as a sum of counts PCRE2 can take. A minimum no string reaches is cut to what still no string reaches.
  private static func pieces(_ count: Int) -> [Int] {
    let count = min(count, mostRepeats * mostPieces * 2)
    let full = [Int](repeating: mostRepeats, count: count / mostRepeats)
    let rest = count % mostRepeats
    return rest == 0 ? full : full + [rest]
  }
}
