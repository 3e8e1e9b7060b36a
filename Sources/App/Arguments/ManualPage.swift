/// The man page as roff, from the same rows as help.
package enum ManualPage {
  package static func text(
    of grammar: Grammar, version: String, exitCodes: [(code: Int32, meaning: String)]
  ) -> String {
    let program = grammar.program
    var page = [".TH \(program.uppercased()) 1 \"\" \"\(program) \(escaped(version))\" \"\""]
    page += [".SH NAME", "\(program) \\- \(escaped(grammar.summary))", ".SH SYNOPSIS"]
    page += [".B \(program)", ".br", ".B \(program)", ".I COMMAND", "[options]"]
    for section in HelpSection.allCases {
      let rows = grammar.listed.filter { $0.section == section }
      guard !rows.isEmpty else { continue }
      page.append(".SH \(escaped(section.rawValue.uppercased()))")
      for row in rows { page += command(row, of: program) }
    }
    page += [".SH OPTIONS"] + Grammar.ownOptions.flatMap(option)
    page.append(".SH EXIT STATUS")
    for (code, meaning) in exitCodes { page += [".TP", "\(code)", escaped(meaning)] }
    return page.joined(separator: "\n") + "\n"
  }

  private static func command(_ row: CommandRow, of program: String) -> [String] {
    var lines = [".SS \(escaped("\(program) \(row.usage)"))", escaped(row.summary) + "."]
    for paragraph in row.details { lines += [".PP", escaped(paragraph)] }
    for place in row.positionals {
      lines += [".TP", ".I \(escaped(place.usage))", escaped(place.help)]
    }
    lines += row.options.flatMap(option)
    for example in row.examples {
      lines += [".PP", escaped(example.meaning) + ":"]
      lines += [".PP", ".RS", ".EX", escaped(example.line), ".EE", ".RE"]
    }
    return lines
  }

  private static func option(_ row: OptionRow) -> [String] {
    [".TP", ".B \(escaped(row.usage))", escaped(row.help)]
  }

  /// Backslashes, hyphens, and a control character that begins a line mean something to roff.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "…": result += "..."
      case "\n": result += " "
      default: result.append(character)
      }
    }
    return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + result : result
  }
}
