/// Rewrites an ECMA-262 regular expression (Unicode mode) into one that PCRE2 reads the same way.
///
/// Everything literal is escaped on the way, so that nothing of PCRE2's own syntax leaks in.
struct PatternTranslator {
  let input: [Unicode.Scalar]
  var position = 0
  var output = ""
  /// Where the last complete atom starts in `output` (a UTF-8 offset); nil where a quantifier would have nothing to repeat.
  var atom: Int?
  private var openGroups: [Group] = []
  let groups: GroupNames

  private struct Group {
    let start: Int
    let isRepeatable: Bool
  }

  init(_ pattern: String) {
    input = Array(pattern.unicodeScalars)
    groups = GroupNames(input)
  }

  static func translate(_ pattern: String) throws(PatternProblem) -> String {
    var translator = PatternTranslator(pattern)
    try translator.run()
    return translator.output
  }

  private mutating func run() throws(PatternProblem) {
    while let next = peek() { try step(next) }
    guard openGroups.isEmpty else { throw .unclosedGroup }
  }

  private mutating func step(_ next: Unicode.Scalar) throws(PatternProblem) {
    switch next {
    case "\\": try escape()
    case "[": try characterClass()
    case "(": try openGroup()
    case ")": try closeGroup()
    case "*", "+", "?": try quantify(minimum: next == "+" ? 1 : 0, maximum: next == "?" ? 1 : nil)
    case "{": try brace()
    case "^", "$": assertion(next)
    case "|": alternative()
    case ".": emitAtom(#"[^\n\r\x{2028}\x{2029}]"#, advancing: 1)
    default: emitAtom(Self.literal(next), advancing: 1)
    }
  }

  // MARK: - Reading

  func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    position + ahead < input.count ? input[position + ahead] : nil
  }

  /// Takes the text if it stands here.
  mutating func take(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard input[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  mutating func takeWhile(_ holds: (Unicode.Scalar) -> Bool) -> String {
    var taken = ""
    while let next = peek(), holds(next) {
      taken.unicodeScalars.append(next)
      position += 1
    }
    return taken
  }

  // MARK: - Writing

  mutating func emitAtom(_ text: String, advancing count: Int = 0) {
    atom = output.utf8.count
    output += text
    position += count
  }

  static func literal(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": String(scalar)
    case "!"..."~": "\\" + String(scalar)
    case _ where scalar.value >= 0xA0: String(scalar)
    default: Self.hex(scalar.value)
    }
  }

  static func hex(_ value: UInt32) -> String { "\\x{\(String(value, radix: 16))}" }

  private mutating func assertion(_ next: Unicode.Scalar) {
    output.unicodeScalars.append(next)
    atom = nil
    position += 1
  }

  private mutating func alternative() {
    output += "|"
    atom = nil
    position += 1
  }
}

// MARK: - Groups

extension PatternTranslator {
  /// The openings of ECMA-262, longest first, and whether such a group can be repeated.
  private static let openings: [(text: String, isRepeatable: Bool)] = [
    ("(?:", true), ("(?=", true), ("(?!", true), ("(?<=", false), ("(?<!", false),
  ]

  private mutating func openGroup() throws(PatternProblem) {
    let start = output.utf8.count
    for opening in Self.openings where take(opening.text) {
      output += opening.text
      return push(start, isRepeatable: opening.isRepeatable)
    }
    if take("(?<") {
      _ = takeWhile { $0 != ">" }
      guard take(">") else { throw .unclosedGroup }
      output += "("
    } else if take("(?") {
      try modifiers()
    } else if peek(1) == "*" {
      throw .nothingToRepeat("*")
    } else {
      position += 1
      output += "("
    }
    push(start, isRepeatable: true)
  }

  private mutating func modifiers() throws(PatternProblem) {
    let flags = takeWhile { "ims-".unicodeScalars.contains($0) }
    guard !flags.isEmpty, take(":") else { throw .unknownGroup("(?" + flags) }
    output += "(?\(flags):"
  }

  private mutating func push(_ start: Int, isRepeatable: Bool) {
    openGroups.append(Group(start: start, isRepeatable: isRepeatable))
    atom = nil
  }

  private mutating func closeGroup() throws(PatternProblem) {
    guard let group = openGroups.popLast() else { throw .unopenedGroup }
    output += ")"
    position += 1
    atom = group.isRepeatable ? group.start : nil
  }
}
