/// Names of hosts: RFC 1123, and with other letters RFC 5890 to 5893.
enum HostText {
  private static let longestLabel = 63
  private static let longestName = 253

  static func isHostname(_ text: String) -> Bool {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    guard text.utf8.count <= longestName, labels.allSatisfy({ isPlainLabel(Substring($0)) }) else {
      return false
    }
    return isWellDirected(labels.map(unicodeLabel))
  }

  static func isInternationalHostname(_ text: String) -> Bool {
    let separators: Set<Unicode.Scalar> = [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"]
    let labels = text.unicodeScalars.split(omittingEmptySubsequences: false) {
      separators.contains($0)
    }.map(Substring.init)
    let lengths = labels.map(encodedLength)
    guard lengths.allSatisfy({ $0 <= longestLabel }),
      lengths.reduce(labels.count - 1, +) <= longestName
    else { return false }
    return labels.allSatisfy {
      $0.utf8.allSatisfy { $0 < 128 } ? isPlainLabel($0) : isUnicodeLabel($0)
    }
      && isWellDirected(labels.map(unicodeLabel))
  }

  private static func encodedLength(_ label: Substring) -> Int {
    label.utf8.allSatisfy { $0 < 128 }
      ? label.utf8.count : 4 + Punycode.encode(Array(label.unicodeScalars)).utf8.count
  }

  /// Letters, digits and inner hyphens; what starts with `xn--` has to stand for a proper label.
  private static func isPlainLabel(_ label: Substring) -> Bool {
    let bytes = label.utf8
    guard (1...longestLabel).contains(bytes.count), bytes.first != UInt8(ascii: "-"),
      bytes.last != UInt8(ascii: "-"),
      bytes.allSatisfy({ ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "-") })
    else { return false }
    guard label.lowercased().hasPrefix("xn--") else { return true }
    let encoded = label.dropFirst(4)
    guard let decoded = Punycode.decode(encoded), !decoded.allSatisfy(\.isASCII) else {
      return false
    }
    return Punycode.encode(decoded) == encoded.lowercased()
      && isUnicodeLabel(Substring(Substring.UnicodeScalarView(decoded)))
  }

  private static func isUnicodeLabel(_ label: Substring) -> Bool {
    let scalars = Array(label.unicodeScalars)
    guard let first = scalars.first, first != "-", scalars.last != "-",
      !DomainLetters.isMark(first)
    else { return false }
    if scalars.count >= 4, scalars[2] == "-", scalars[3] == "-" { return false }
    return scalars.indices.allSatisfy { DomainLetters.allows(scalars, at: $0) }
  }

  private static func unicodeLabel(_ label: Substring) -> String {
    guard label.lowercased().hasPrefix("xn--"), let decoded = Punycode.decode(label.dropFirst(4))
    else { return String(label) }
    return String(String.UnicodeScalarView(decoded))
  }

  // MARK: - Direction of writing

  /// A name with letters written from the right keeps each label to one direction (RFC 5893).
  private static func isWellDirected(_ labels: [String]) -> Bool {
    guard labels.contains(where: { !$0.utf8.allSatisfy { $0 < 128 } }),
      let rules = directions, labels.contains(where: { rules.rightward.search($0) == .match })
    else { return true }
    return labels.allSatisfy { label in
      rules.fromRight.search(label) == .match && rules.mixed.search(label) != .match
        || rules.fromLeft.search(label) == .match
    }
  }

  private struct Directions: Sendable {
    let rightward: Pattern
    let fromRight: Pattern
    let fromLeft: Pattern
    let mixed: Pattern

    init() throws(PatternProblem) {
      let neutral = #"\p{BidiES}\p{BidiCS}\p{BidiET}\p{BidiON}\p{BidiBN}\p{BidiNSM}\p{BidiEN}"#
      let right = #"\p{BidiR}\p{BidiAL}"#
      rightward = try Pattern("[\(right)\\p{BidiAN}]")
      fromRight = try Pattern(
        #"^[\#(right)](?:[\#(right)\p{BidiAN}\#(neutral)]*[\#(right)\p{BidiAN}\p{BidiEN}])?\p{BidiNSM}*$"#
      )
      fromLeft = try Pattern(
        #"^\p{BidiL}(?:[\p{BidiL}\#(neutral)]*[\p{BidiL}\p{BidiEN}])?\p{BidiNSM}*$"#)
      mixed = try Pattern(#"\p{BidiEN}.*\p{BidiAN}|\p{BidiAN}.*\p{BidiEN}"#)
    }
  }

  private static let directions: Directions? = {
    do throws(PatternProblem) {
      return try Directions()
    } catch {
      // A PCRE2 without these properties leaves direction unjudged.
      return nil
    }
  }()
}
