/// The reference of all commands as Markdown, from the same rows as help.
package enum Reference {
  package static func markdown(
    of grammar: Grammar, exitCodes: [(code: Int32, meaning: String)]
  ) -> String {
    var page = ["# Commands", "", "Written by `make docs` from the rows that parse them."]
    for section in HelpSection.allCases {
      let rows = grammar.listed.filter { $0.section == section }
      guard !rows.isEmpty else { continue }
      page += ["", "## \(section.rawValue)"]
      for row in rows { page += command(row, of: grammar.program) }
    }
    page += ["", "## Exit codes", "", "| code | meaning |", "|---|---|"]
    page += exitCodes.map { "| \($0.code) | \(cell($0.meaning)) |" }
    return page.joined(separator: "\n") + "\n"
  }

  private static func command(_ row: CommandRow, of program: String) -> [String] {
    var lines = ["", "### `\(program) \(row.name)`", "", "\(row.summary).", ""]
    lines += ["```", "\(program) \(row.usage)", "```"]
    for paragraph in row.details { lines += ["", paragraph] }
    let places = row.positionals.map { ($0.usage, $0.help) }
    let words = places + row.options.map { ($0.usage, $0.help) }
    if !words.isEmpty { lines += ["", "| argument | meaning |", "|---|---|"] }
    lines += words.map { "| `\(cell($0.0))` | \(cell($0.1)) |" }
    for example in row.examples {
      lines += ["", "\(example.meaning):", "", "```sh", example.line, "```"]
    }
    return lines
  }

  private static func cell(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
