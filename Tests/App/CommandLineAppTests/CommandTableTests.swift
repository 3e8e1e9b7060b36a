import Arguments
import Settings
import TestSupport
import Testing

@testable import CommandLineApp

@Suite(.inTurns) struct CommandTableTests {
  @Test func `names, options and places of the commands are unique`() {
    let names = Command.all.map(\.row.name)
    #expect(Set(names).count == names.count)
    for row in Command.all.map(\.row) {
      let shorts = row.allOptions.compactMap { $0.short.map(String.init) }
      let flags = row.allOptions.map(\.flag) + shorts
      #expect(Set(flags).count == flags.count, "\(row.name)")
      #expect(Set(row.positionals.map(\.name)).count == row.positionals.count, "\(row.name)")
    }
  }

  @Test func `summaries and help are short sentences without a full stop`() {
    for row in Command.all.map(\.row) {
      let texts = [row.summary] + row.options.map(\.help) + row.positionals.map(\.help)
      for text in texts {
        #expect(text.first?.isLowercase == false && text.last != ".", "\(row.name): \(text)")
      }
      #expect(row.summary.count <= 60, "\(row.name)")
    }
  }

  @Test func `every example is a line that its command accepts`() {
    for row in Command.all.map(\.row) {
      for example in row.examples {
        #expect(example.line.contains("alidade \(row.name)"), "\(example.line)")
        #expect(Self.command(in: example.line) != nil, "\(example.line)")
      }
    }
  }

  /// What a line of shell asks the program for; what stands around the program is the shell's.
  private static func command(in line: String) -> String? {
    let ends = [" | ", " > ", " < ", ")"]
    guard let start = line.firstRange(of: "alidade ") else { return nil }
    let rest = line[start.upperBound...]
    let end = ends.compactMap { rest.firstRange(of: $0)?.lowerBound }.min() ?? rest.endIndex
    guard let words = try? ShellWords.split(String(rest[..<end])),
      case .run(let parsed)? = try? grammar.parse(words)
    else { return nil }
    return parsed.command.name
  }

  private static let grammar = Grammar(
    program: "alidade", summary: "", commands: Command.all.map(\.row))
}
