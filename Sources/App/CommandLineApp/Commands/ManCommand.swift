import Arguments

extension Command {
  static let man = Command(
    CommandRow(
      "man", in: .program, summary: "Write the man page",
      examples: [.init("alidade man | man -l -", "Read it without installing")])
  ) { _, context in
    context.output.write(
      ManualPage.text(
        of: .alidade, version: Release.version, exitCodes: ExitCode.table))
    return .ok
  }
}
