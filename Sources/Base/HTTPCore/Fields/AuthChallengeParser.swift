/// Reads one header line of challenges and salvages what it can.
///
/// A comma separates challenges as well as parameters, so a token is a parameter's name only when `=` follows it.
struct AuthChallengeParser {
  private(set) var found = AuthChallenges()
  private var scanner: FieldScanner
  private var afterComma = true
  private var afterScheme = false

  init(_ value: String) { scanner = FieldScanner(value) }

  mutating func run() {
    while true {
      skipSeparators()
      guard !scanner.atEnd else { return }
      guard let word = scanner.token() else {
        let text = scanner.run { $0 != UInt8(ascii: ",") } ?? ""
        found.issues.append(.unreadable(text.trimmingBlanks))
        continue
      }
      let isParameter = takeEquals()
      if isParameter { parameter(word) } else { scheme(word) }
      afterComma = false
      afterScheme = !isParameter
    }
  }

  private mutating func skipSeparators() {
    scanner.skipBlanks()
    while scanner.take(",") {
      afterComma = true
      scanner.skipBlanks()
    }
  }

  private mutating func takeEquals() -> Bool {
    let start = scanner.position
    scanner.skipBlanks()
    if scanner.take("=") { return true }
    scanner.rewind(to: start)
    return false
  }

  private mutating func scheme(_ name: String) {
    if !afterComma { found.issues.append(.missingComma(before: name)) }
    var challenge = AuthChallenge(scheme: name)
    scanner.skipBlanks()
    challenge.token68 = token68()
    found.challenges.append(challenge)
  }

  /// A run of base64-like characters with optional padding, only when nothing but a comma or the end follows.
  private mutating func token68() -> String? {
    let start = scanner.position
    let body = scanner.run { $0.isAlphanumeric || Self.token68Marks.contains($0) }
    guard let body else { return nil }
    let padding = scanner.run { $0 == UInt8(ascii: "=") } ?? ""
    scanner.skipBlanks()
    if scanner.atEnd || scanner.next == UInt8(ascii: ",") { return body + padding }
    scanner.rewind(to: start)
    return nil
  }

  private static let token68Marks = Set("-._~+/".utf8)
}

// MARK: - Parameters

extension AuthChallengeParser {
  private mutating func parameterFollows() -> Bool {
    let start = scanner.position
    defer { scanner.rewind(to: start) }
    scanner.skipBlanks()
    return scanner.token() != nil && takeEquals()
  }

  private mutating func parameter(_ name: String) {
    if !afterComma, !afterScheme { found.issues.append(.missingComma(before: name)) }
    scanner.skipBlanks()
    let value = value(of: name)
    guard !found.challenges.isEmpty else {
      found.issues.append(.parameterWithoutScheme(name))
      return
    }
    found.challenges[found.challenges.count - 1].parameters.append(name, value)
  }

  private mutating func value(of name: String) -> String {
    if let quoted = scanner.quoted() {
      if !quoted.closed { found.issues.append(.unclosedQuote(parameter: name)) }
      return quoted.text
    }
    guard let first = scanner.run({ $0 != UInt8(ascii: ",") && !$0.isBlank }) else {
      found.issues.append(.missingValue(parameter: name))
      return ""
    }
    let words = [first] + unquotedTail()
    if words.count > 1 || !first.isToken { found.issues.append(.unquoted(parameter: name)) }
    return words.joined(separator: " ")
  }

  /// `scope=a b c` without quotes: the words up to the comma, unless one of them starts another parameter.
  private mutating func unquotedTail() -> [String] {
    var words: [String] = []
    while true {
      scanner.skipBlanks()
      guard !parameterFollows() else { return words }
      guard let word = scanner.run({ $0 != UInt8(ascii: ",") && !$0.isBlank }) else { return words }
      words.append(word)
    }
  }
}
