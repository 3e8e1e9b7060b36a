/// A whole program's command line as rows.
package struct Grammar: Sendable {
  package let program: String
  package let summary: String
  package let commands: [CommandRow]

  package init(program: String, summary: String, commands: [CommandRow]) {
    self.program = program
    self.summary = summary
    self.commands = commands
  }

  /// What a command line asks for.
  package enum Request: Sendable, Equatable {
    /// No words at all.
    case nothing
    /// `--help`, of one command or of the program.
    case help(CommandRow?)
    /// `--version` in front.
    case version
    case run(ParsedArguments)
  }

  package static let version = OptionRow("version", short: "V", help: "Show the version and exit")

  /// The options that stand in front of any command.
  package static let ownOptions = [version, OptionRow.help]
}

extension Grammar {
  /// The commands that help lists.
  package var listed: [CommandRow] { commands.filter { !$0.isHidden } }

  /// The commands whose names begin with that word and go on: the members of a family.
  package func members(of family: String) -> [CommandRow] {
    commands.filter { $0.words.count > 1 && $0.words[0] == family }
  }

  package func command(named name: String) -> CommandRow? { commands.first { $0.name == name } }

  /// Reads the words after the program's name.
  package func parse(_ words: [String]) throws(ArgumentError) -> Request {
    guard let first = words.first else { return .nothing }
    if let opener, Self.isTarget(first) {
      var parser = CommandParser(opener, words: words)
      return try parser.run()
    }
    if let opener, opener.hasOption(first) {
      var parser = CommandParser(opener, words: words)
      return try parser.run()
    }
    if first.hasPrefix("-") { return try ownOption(first) }
    let row = try command(leading: words)
    var parser = CommandParser(row, words: Array(words.dropFirst(row.words.count)))
    return try parser.run()
  }

  /// The command that a target alone stands for.
  private var opener: CommandRow? { command(named: "open") }

  /// Words that can only mean a server: an address, a name of the catalog, a command line.
  private static func isTarget(_ word: String) -> Bool {
    word == "--" || word.contains("://") || word.hasPrefix("@") || word.hasPrefix("demo:")
      || word.contains(" ")
  }

  private func ownOption(_ word: String) throws(ArgumentError) -> Request {
    switch word {
    case "--help", "-h": return .help(nil)
    case "--version", "-V": return .version
    default:
      let flags = (Self.ownOptions + (opener?.options ?? [])).map(\.flag)
      let near = Spelling.nearest(to: word, in: flags)
      throw ArgumentError(.unknownOption(word, near: near))
    }
  }

  private func command(leading words: [String]) throws(ArgumentError) -> CommandRow {
    let two = words.prefix(2).joined(separator: " ")
    if words.count > 1, let row = command(named: two) { return row }
    if let row = command(named: words[0]) { return row }
    throw ArgumentError(unknown(words))
  }

  private func unknown(_ words: [String]) -> ArgumentError.Problem {
    let family = members(of: words[0])
    guard !family.isEmpty else {
      let names = listed.map { $0.words[0] }.uniqued
      return .unknownCommand(words[0], near: Spelling.nearest(to: words[0], in: names))
    }
    let members = family.map { $0.words[1] }
    guard words.count > 1, !words[1].hasPrefix("-") else {
      return .missingMember(of: words[0], members: members)
    }
    let near = Spelling.nearest(to: words[1], in: members).map { "\(words[0]) \($0)" }
    return .unknownCommand("\(words[0]) \(words[1])", near: near)
  }
}

extension CommandRow {
  /// Whether a word is one of its options, its value behind `=` or not.
  fileprivate func hasOption(_ word: String) -> Bool {
    let name = word.prefix { $0 != "=" }
    return options.contains { row in
      name == row.flag[...] || (row.short.map { word.hasPrefix("-\($0)") } ?? false)
    }
  }
}

extension Array where Element: Hashable {
  /// Each element once, where it first stands.
  var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
