/// Help for people at a terminal, at most 80 columns wide.
package enum HelpPage {
  static let width = 80

  /// The program: usage, commands by section, options.
  package static func program(_ grammar: Grammar) -> String {
    var page = ["\(grammar.program): \(grammar.summary)", "", "Usage:"]
    page += ["  \(grammar.program)", "  \(grammar.program) COMMAND [options]"]
    let column = column(of: grammar.listed.map(\.name))
    for section in HelpSection.allCases {
      let rows = grammar.listed.filter { $0.section == section }
      guard !rows.isEmpty else { continue }
      page += ["", "\(section.rawValue):"]
      page += table(rows.map { ($0.name, $0.summary) }, column: column)
    }
    page += ["", "Options:"] + table(Grammar.ownOptions.map { ($0.usage, $0.help) })
    page += ["", "`\(grammar.program) help COMMAND` tells more about a command.", ""]
    return page.joined(separator: "\n")
  }

  /// One command: usage, what it does, its words and options, examples.
  package static func command(_ row: CommandRow, of grammar: Grammar) -> String {
    var page = ["\(row.summary).", "", "Usage:"]
    page += wrapped("\(grammar.program) \(row.usage)", indent: 2, hanging: 4)
    for paragraph in row.details { page += [""] + wrapped(paragraph) }
    page += arguments(row)
    page += ["", "Options:"] + table(row.allOptions.map { ($0.usage, $0.help) })
    if !row.examples.isEmpty { page += ["", "Examples:"] }
    for example in row.examples {
      page += ["  \(example.line)"] + wrapped(example.meaning, indent: 6, hanging: 6)
    }
    return (page + [""]).joined(separator: "\n")
  }

  /// The members of a family: `alidade help servers`.
  package static func family(_ rows: [CommandRow], of grammar: Grammar) -> String {
    let lines = ["Usage:"] + rows.map { "  \(grammar.program) \($0.usage)" }
    return (lines + ["", "Commands:"] + table(rows.map { ($0.name, $0.summary) }) + [""])
      .joined(separator: "\n")
  }

  private static func arguments(_ row: CommandRow) -> [String] {
    var rows = row.positionals.map { ($0.usage, $0.help) }
    if let rest = row.rest { rows.append(("-- \(rest.name)", "The command line of a server")) }
    return rows.isEmpty ? [] : ["", "Arguments:"] + table(rows)
  }
}

// MARK: - Layout

extension HelpPage {
  /// Two columns; a left side that is too long gets a line of its own.
  static func table(_ rows: [(String, String)], column given: Int? = nil) -> [String] {
    let column = given ?? self.column(of: rows.map { $0.0 })
    return rows.flatMap { left, right in
      let text = wrapped(right, indent: column, hanging: column)
      guard left.count + 4 <= column, let first = text.first else { return ["  \(left)"] + text }
      let head = "  \(left)" + String(repeating: " ", count: column - left.count - 2)
      return [head + first.dropFirst(column)] + text.dropFirst()
    }
  }

  /// Where the right side begins.
  private static func column(of lefts: [String]) -> Int {
    min(28, (lefts.map(\.count).max() ?? 0) + 4)
  }

  static func wrapped(_ text: String, indent: Int = 0, hanging: Int = 0) -> [String] {
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    var isFresh = true
    for word in text.split(separator: " ") {
      if !isFresh, line.count + 1 + word.count > width {
        lines.append(line)
        line = String(repeating: " ", count: hanging)
        isFresh = true
      }
      line += isFresh ? String(word) : " \(word)"
      isFresh = false
    }
    return lines + [line]
  }
}
