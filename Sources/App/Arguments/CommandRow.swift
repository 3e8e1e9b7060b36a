/// One command: all that parsing, help, man page, completions and reference say about it.
package struct CommandRow: Sendable, Hashable {
  /// One word, or two for a member of a family: `servers list`.
  package let name: String
  package let section: HelpSection
  package let summary: String
  /// Paragraphs for the command's own help page.
  package let details: [String]
  package let positionals: [PositionalRow]
  package let options: [OptionRow]
  /// What follows `--`; nil where nothing may.
  package let rest: ValueRow?
  package let examples: [Example]
  /// Not listed anywhere: for scripts that the program writes itself.
  package let isHidden: Bool

  /// A command line that works as it stands, and what it does.
  package struct Example: Sendable, Hashable {
    package let line: String
    package let meaning: String

    package init(_ line: String, _ meaning: String) {
      self.line = line
      self.meaning = meaning
    }
  }

  package init(
    _ name: String, in section: HelpSection, summary: String, details: [String] = [],
    positionals: [PositionalRow] = [], options: [OptionRow] = [], rest: ValueRow? = nil,
    examples: [Example] = [], isHidden: Bool = false
  ) {
    self.name = name
    self.section = section
    self.summary = summary
    self.details = details
    self.positionals = positionals
    self.options = options
    self.rest = rest
    self.examples = examples
    self.isHidden = isHidden
  }

  /// The command's own options and the one that all have.
  package var allOptions: [OptionRow] { options + [.help] }

  /// An optional word from a fixed list may be left out before another place: `list tools URL`, `list URL`.
  func mayBeSkipped(_ place: PositionalRow) -> Bool {
    guard case .choice = place.value.kind else { return false }
    return place.count == .optional && place != positionals.last
  }

  package var words: [String] { name.split(separator: " ").map(String.init) }

  /// The line after the program's name: `validate --schema FILE [options]`.
  package var usage: String {
    let required = options.filter(\.isRequired).map { "\($0.flag) \($0.value?.name ?? "")" }
    let some = options.allSatisfy(\.isRequired) ? [] : ["[options]"]
    let tail = rest.map { ["[-- \($0.name)]"] } ?? []
    return ([name] + required + positionals.map(\.usage) + some + tail).joined(separator: " ")
  }
}

/// A heading under which help lists commands, in this order.
package enum HelpSection: String, Sendable, CaseIterable {
  case servers = "Work with a server"
  case catalog = "Know your servers"
  case serving = "Be a server"
  case files = "Check files"
  case program = "The program itself"
}
