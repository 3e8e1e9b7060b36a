/// What a word of the command line stands for: its name in help, what it may be, how a shell completes it.
package struct ValueRow: Sendable, Hashable {
  package let name: String
  package let kind: ValueKind

  package init(_ name: String, _ kind: ValueKind = .text) {
    self.name = name
    self.kind = kind
  }
}

/// The grammar of one value; the parser refuses what does not fit.
package enum ValueKind: Sendable, Hashable {
  case text
  case file
  case directory
  /// One of the words; other spellings are taken too, and told of nowhere.
  case choice([String], or: [String] = [])
  case integer(ClosedRange<Int>)
  /// A decimal number of seconds above zero.
  case seconds
  /// Any text; candidates for completion come from the program under that name.
  case known(String)
}

extension ValueKind {
  /// What was expected, as the end of the sentence "expected …"; nil where the text fits.
  package func objection(to text: String) -> String? {
    switch self {
    case .text, .file, .directory, .known: nil
    case .choice(let words, let others):
      (words + others).contains(text) ? nil : "one of \(words.joined(separator: ", "))"
    case .integer(let range): integerObjection(to: text, range)
    case .seconds: Self.seconds(text) == nil ? "a number of seconds above zero" : nil
    }
  }

  private func integerObjection(to text: String, _ range: ClosedRange<Int>) -> String? {
    if let number = Int(text), range.contains(number) { return nil }
    return range.upperBound == .max
      ? "a whole number from \(range.lowerBound)"
      : "a whole number from \(range.lowerBound) to \(range.upperBound)"
  }

  /// Seconds as a duration, to the millisecond; nil for anything that is no time a program could wait.
  static func seconds(_ text: String) -> Duration? {
    number(ofSeconds: text).map { .milliseconds(Int64(($0 * 1000).rounded(.up))) }
  }

  /// Seconds as a duration, to the microsecond: of times that were measured.
  static func measured(_ text: String) -> Duration? {
    number(ofSeconds: text).map { .microseconds(Int64(($0 * 1_000_000).rounded())) }
  }

  private static func number(ofSeconds text: String) -> Double? {
    guard text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }),
      let value = Double(text), value > 0, value <= 1e9
    else { return nil }
    return value
  }
}
