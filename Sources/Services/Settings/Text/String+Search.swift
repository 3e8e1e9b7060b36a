extension StringProtocol {
  /// The first place of a text in this one.
  func firstRange(of needle: String) -> Range<Index>? {
    let wanted = Array(needle.utf8)
    guard let lead = wanted.first else { return startIndex..<startIndex }
    var rest = utf8[...]
    while let at = rest.firstIndex(of: lead) {
      rest = rest[at...]
      if rest.starts(with: wanted) {
        return at..<utf8.index(at, offsetBy: wanted.count)
      }
      rest = rest.dropFirst()
    }
    return nil
  }

  func replacing(text needle: String, with replacement: String) -> String {
    var result = ""
    var rest = self[...]
    while let range = rest.firstRange(of: needle), !needle.isEmpty {
      result += rest[..<range.lowerBound] + replacement
      rest = rest[range.upperBound...]
    }
    return result + rest
  }

  /// Without spaces and tabs at both ends.
  var trimmed: String {
    var rest = self[...]
    while let first = rest.first, first == " " || first == "\t" { rest = rest.dropFirst() }
    while let last = rest.last, last == " " || last == "\t" { rest = rest.dropLast() }
    return String(rest)
  }
}
