package import Arguments
import EventLoop

/// A command: its row and what it does.
package struct Command: Sendable {
  package typealias Immediate =
    @Sendable (ParsedArguments, CommandContext) throws(CommandFailure) -> ExitCode
  package typealias Looped =
    @LoopActor (ParsedArguments, CommandContext) async throws(CommandFailure) -> ExitCode

  /// How a command runs.
  package enum Work: Sendable {
    /// At once, before any loop is started; signals end it as they end any program.
    case immediate(Immediate)
    /// On the loop, for what waits for servers, children or timers.
    case looped(Looped)
    /// Opens the window, which only the program's edge can.
    case window
  }

  package let row: CommandRow
  package let work: Work

  /// A command that computes its answer from its words and from files.
  package init(_ row: CommandRow, run: @escaping Immediate) {
    self.row = row
    work = .immediate(run)
  }

  /// A command that waits for something outside the program.
  package init(onLoop row: CommandRow, run: @escaping Looped) {
    self.row = row
    work = .looped(run)
  }

  /// A command that opens the window.
  package init(window row: CommandRow) {
    self.row = row
    work = .window
  }
}

extension OptionRow {
  /// One JSON document on standard output and nothing else; errors as one JSON line on standard error.
  package static let json = OptionRow("json", help: "Write JSON, errors included")
}
