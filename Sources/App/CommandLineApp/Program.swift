import Arguments
import Glibc
import JSON

/// The whole program as one function from words and a context to an exit code.
package struct Program: Sendable {
  private let commands: [Command]
  private let grammar: Grammar
  private let openWindow: @Sendable (CommandContext) async throws(CommandFailure) -> ExitCode

  package init(
    commands: [Command] = Command.all,
    openWindow: @escaping @Sendable (CommandContext) async throws(CommandFailure) -> ExitCode
  ) {
    self.commands = commands
    self.openWindow = openWindow
    grammar = Grammar(
      program: Grammar.alidade.program, summary: Grammar.alidade.summary,
      commands: commands.map(\.row))
  }

  package func run(_ words: [String], in context: CommandContext) async -> ExitCode {
    var code: ExitCode
    do throws(CommandFailure) {
      code = try await perform(request(words), in: context)
    } catch {
      context.output.flush()
      report(error, asJSON: wantsJSON(words), to: context)
      code = error.code
    }
    context.output.flush()
    if let complaint = writeFailure(context.output) {
      report(complaint, asJSON: wantsJSON(words), to: context)
      code = complaint.code
    }
    context.errors.flush()
    return code
  }

  private func request(_ words: [String]) throws(CommandFailure) -> Grammar.Request {
    do throws(ArgumentError) {
      return try grammar.parse(words)
    } catch {
      throw CommandFailure(error, program: grammar.program)
    }
  }

  private func perform(
    _ request: Grammar.Request, in context: CommandContext
  ) async throws(CommandFailure) -> ExitCode {
    switch request {
    case .nothing: return try await openWindow(context)
    case .help(nil): context.output.write(HelpPage.program(grammar))
    case .help(let row?): context.output.write(HelpPage.command(row, of: grammar))
    case .version: context.output.line("\(grammar.program) \(Release.version)")
    case .run(let arguments):
      guard let command = commands.first(where: { $0.row == arguments.command }) else { break }
      return try await command.run(arguments, context)
    }
    return .ok
  }
}

// MARK: - Errors

extension Program {
  private func report(_ failure: CommandFailure, asJSON: Bool, to context: CommandContext) {
    context.errors.write(
      asJSON ? failure.json.line + "\n" : failure.text(program: grammar.program))
    context.errors.flush()
  }

  /// Asked of the words themselves: a line that does not parse still says how it wants its errors.
  private func wantsJSON(_ words: [String]) -> Bool {
    words.prefix { $0 != "--" }.contains(OptionRow.json.flag)
  }

  /// A reader that has seen enough (`alidade help | head -1`) is no failure.
  private func writeFailure(_ output: Output) -> CommandFailure? {
    let number = output.failure
    guard number != 0, number != EPIPE else { return nil }
    return CommandFailure(.usage, "cannot write the output: \(FileProblem.reason(number))")
  }
}
