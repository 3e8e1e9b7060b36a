import Arguments

extension Command {
  private static let shell = PositionalRow(
    ValueRow("SHELL", .choice(CompletionScript.allCases.map(\.rawValue))),
    help: "Which shell: bash, zsh or fish")

  static let completions = Command(
    CommandRow(
      "completions", in: .program, summary: "Write the completion file of a shell",
      positionals: [shell],
      examples: [
        .init("source <(alidade completions bash)", "For this bash session"),
        .init(
          "alidade completions fish > ~/.config/fish/completions/alidade.fish", "For fish, to stay"),
      ])
  ) { arguments, context in
    if let script = arguments[shell].flatMap(CompletionScript.init) {
      context.output.write(script.text(program: Grammar.alidade.program))
    }
    return .ok
  }

  /// Answers the completion scripts: a candidate and its help a line, `:files` for the shell's own.
  static let complete = Command(
    CommandRow(
      CompletionScript.command, in: .program, summary: "Answer a shell's completion script",
      rest: ValueRow("words…"), isHidden: true)
  ) { arguments, context in
    let offer = Completion.offer(for: arguments.rest, in: .alidade)
    for candidate in offer.candidates {
      context.output.line("\(candidate.word)\t\(candidate.help)")
    }
    switch offer.source {
    case .nothing: break
    case .files: context.output.line(":files")
    case .directories: context.output.line(":directories")
    case .known(let name):
      let typed = arguments.rest.last ?? ""
      for word in knownWords(name) where word.hasPrefix(typed) { context.output.line(word) }
    }
    return .ok
  }

  private static func knownWords(_ name: String) -> [String] {
    name == "commands" ? Grammar.alidade.listed.map(\.name) : []
  }
}
