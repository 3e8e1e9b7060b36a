import SafeText

/// Splits a command line into words as a POSIX shell would, and does nothing else that a shell does.
///
/// Quotes and backslashes count; variables, globs, substitutions and operators have no power here.
package enum ShellWords {
  package enum Problem: Error, Sendable, Hashable {
    case unclosedQuote(Character, column: Int)
    case danglingBackslash(column: Int)
    /// An operator as a word of its own: whoever writes it expects a shell.
    case shellOperator(String, column: Int)
  }

  package static func split(_ line: String) throws(Problem) -> [String] {
    var splitter = Splitter(line)
    return try splitter.run()
  }

  /// The words as one line that `split` and every POSIX shell read back as the same words.
  package static func join(_ words: [String]) -> String {
    words.map(ShellQuoting.quoted).joined(separator: " ")
  }
}

private struct Splitter {
  private let text: [Character]
  private var at = 0
  private var words: [String] = []
  private var word: String?
  private var start = 0
  private var isBare = true

  private static let operators: Set<String> = [
    "|", "||", "&", "&&", ";", ">", ">>", "<", "<<", "2>", "2>>", "&>", "2>&1", "|&", "(", ")",
  ]

  init(_ line: String) { text = Array(line) }

  mutating func run() throws(ShellWords.Problem) -> [String] {
    while at < text.count {
      let character = text[at]
      switch character {
      case " ", "\t", "\n", "\r\n", "\r": try finishWord()
      case "'": try singleQuoted()
      case "\"": try doubleQuoted()
      case "\\": try escaped()
      default: append(character)
      }
      at += 1
    }
    try finishWord()
    return words
  }

  private mutating func append(_ character: Character) {
    if word == nil { start = at }
    word = (word ?? "") + String(character)
  }

  /// A quote makes a word even if nothing stands in it.
  private mutating func begin() {
    if word == nil { start = at }
    word = word ?? ""
    isBare = false
  }

  private mutating func finishWord() throws(ShellWords.Problem) {
    defer {
      word = nil
      isBare = true
    }
    guard let word else { return }
    if isBare, Self.operators.contains(word) {
      throw .shellOperator(word, column: start + 1)
    }
    words.append(word)
  }

  private mutating func singleQuoted() throws(ShellWords.Problem) {
    begin()
    let open = at
    at += 1
    while at < text.count, text[at] != "'" {
      append(text[at])
      at += 1
    }
    guard at < text.count else { throw .unclosedQuote("'", column: open + 1) }
  }

  private mutating func doubleQuoted() throws(ShellWords.Problem) {
    begin()
    let open = at
    at += 1
    while at < text.count, text[at] != "\"" {
      if text[at] == "\\", at + 1 < text.count, "\"\\$`\n".contains(text[at + 1]) { at += 1 }
      append(text[at])
      at += 1
    }
    guard at < text.count else { throw .unclosedQuote("\"", column: open + 1) }
  }

  private mutating func escaped() throws(ShellWords.Problem) {
    begin()
    at += 1
    guard at < text.count else { throw .danglingBackslash(column: at) }
    if text[at] != "\n" { append(text[at]) }
  }
}
