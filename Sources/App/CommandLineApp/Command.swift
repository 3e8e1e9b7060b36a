package import Arguments

/// A command: its row and what it does.
package struct Command: Sendable {
  package typealias Run =
    @Sendable (ParsedArguments, CommandContext) async throws(CommandFailure) -> ExitCode

  package let row: CommandRow
  package let run: Run

  package init(_ row: CommandRow, run: @escaping Run) {
    self.row = row
    self.run = run
  }
}

extension OptionRow {
  /// One JSON document on standard output and nothing else; errors as one JSON line on standard error.
  package static let json = OptionRow("json", help: "Write JSON, errors included")
}
