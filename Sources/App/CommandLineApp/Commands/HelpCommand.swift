import Arguments

extension Command {
  private static let topic = PositionalRow(
    ValueRow("COMMAND", .known("commands")), .any, help: "The command to tell about")
  private static let markdown = OptionRow(
    "markdown", help: "Write the reference of all commands as Markdown")

  static let help = Command(
    CommandRow(
      "help", in: .program, summary: "Tell what the program or one of its commands does",
      positionals: [topic], options: [markdown],
      examples: [.init("alidade help version", "What one command does")])
  ) { arguments, context throws(CommandFailure) in
    context.output.write(try helpText(arguments))
    return .ok
  }

  private static func helpText(_ arguments: ParsedArguments) throws(CommandFailure) -> String {
    let grammar = Grammar.alidade
    if arguments.has(markdown) {
      return Reference.markdown(of: grammar, exitCodes: ExitCode.table)
    }
    let words = arguments.all(topic)
    let name = words.joined(separator: " ")
    if words.isEmpty { return HelpPage.program(grammar) }
    if let row = grammar.command(named: name) { return HelpPage.command(row, of: grammar) }
    let family = grammar.members(of: name)
    if !family.isEmpty { return HelpPage.family(family, of: grammar) }
    let near = Spelling.nearest(to: name, in: grammar.listed.map(\.name))
    throw CommandFailure(
      ArgumentError(.unknownCommand(name, near: near)), program: grammar.program)
  }
}
