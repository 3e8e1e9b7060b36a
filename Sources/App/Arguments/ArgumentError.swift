/// What is wrong with a command line, and in which command.
package struct ArgumentError: Error, Sendable, Equatable {
  package enum Problem: Sendable, Equatable {
    case unknownCommand(String, near: [String])
    case unknownOption(String, near: [String])
    case missingMember(of: String, members: [String])
    case missingValue(option: String, name: String)
    case unexpectedValue(option: String)
    case repeated(option: String)
    case missingOption(String, value: String)
    case missingPositional(String)
    case unexpectedWord(String)
    case badValue(String, of: String, expected: String)
  }

  package let problem: Problem
  /// The command's name; nil where none was recognised.
  package let command: String?

  package init(_ problem: Problem, in command: String? = nil) {
    self.problem = problem
    self.command = command
  }
}

extension ArgumentError {
  /// The one sentence for people, without the program's name in front; words stand in it as they were typed.
  package var sentence: String {
    switch problem {
    case .unknownCommand(let word, _): "there is no command \(quoted(word))"
    case .unknownOption(let word, _): "there is no option \(quoted(word))\(place)"
    case .missingMember(let family, let members):
      "\(quoted(family)) needs one of \(members.joined(separator: ", "))"
    case .missingValue(let option, let name): "\(option) needs a value, \(name)"
    case .unexpectedValue(let option): "\(option) takes no value"
    case .repeated(let option): "\(option) may be given only once"
    case .missingOption(let option, let value): "\(option) \(value) is missing"
    case .missingPositional(let name): "\(name) is missing"
    case .unexpectedWord(let word): "\(quoted(word)) is one word too many\(place)"
    case .badValue(let text, let owner, let expected):
      "\(owner) cannot be \(quoted(text)): expected \(expected)"
    }
  }

  /// What to try next; a guess at the meaning comes before the way to the help page.
  package func hint(program: String) -> String {
    let help = (["\(program) help"] + [command].compactMap(\.self)).joined(separator: " ")
    return switch problem {
    case .unknownCommand(_, let near) where !near.isEmpty,
      .unknownOption(_, let near) where !near.isEmpty:
      "did you mean \(near.joined(separator: " or "))? `\(help)` lists all"
    default: "see `\(help)`"
    }
  }

  private var place: String { command.map { " in \(quoted($0))" } ?? "" }

  private func quoted(_ word: String) -> String { "'\(word)'" }
}
