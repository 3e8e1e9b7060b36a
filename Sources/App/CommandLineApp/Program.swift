import Arguments
import EventLoop
import Glibc
import JSON
import Operations

/// The whole program as one function from words and a context to an exit code.
package struct Program: Sendable {
  package typealias Window =
    @LoopActor (WindowWish, CommandContext) async throws(CommandFailure) -> ExitCode

  private let commands: [Command]
  private let grammar: Grammar
  private let openWindow: Window

  package init(commands: [Command] = Command.all, openWindow: @escaping Window) {
    self.commands = commands
    self.openWindow = openWindow
    grammar = Grammar.alidade(commands)
  }

  /// What is left to do after the words were read.
  package enum Start: Sendable {
    case ended(ExitCode)
    case needsLoop(@LoopActor () async -> ExitCode)
  }

  /// Reads the words and does at once what needs no loop.
  package func start(_ words: [String], in context: CommandContext) -> Start {
    let run = ProgramRun(program: grammar.program, words: words, context: context)
    do throws(CommandFailure) {
      return try start(request(words), run)
    } catch {
      return .ended(run.end(with: error))
    }
  }

  /// Whether these words open the window, and with it take the terminal.
  package func opensWindow(_ words: [String]) -> Bool {
    do throws(ArgumentError) {
      switch try grammar.parse(words) {
      case .nothing: return true
      case .run(let arguments):
        guard case .window? = commands.first(where: { $0.row == arguments.command })?.work else {
          return false
        }
        return true
      default: return false
      }
    } catch {
      return false
    }
  }

  /// The same with everything that is left, for callers that are in a loop already.
  package func run(_ words: [String], in context: CommandContext) async -> ExitCode {
    switch start(words, in: context) {
    case .ended(let code): code
    case .needsLoop(let rest): await rest()
    }
  }

  private func request(_ words: [String]) throws(CommandFailure) -> Grammar.Request {
    do throws(ArgumentError) {
      return try grammar.parse(words)
    } catch {
      throw CommandFailure(error, program: grammar.program)
    }
  }

  private func requireTerminal(_ context: CommandContext) throws(CommandFailure) {
    if context.input.isTerminal, context.output.isTerminal { return }
    throw CommandFailure(
      .usage, "the window needs a terminal on standard input and standard output",
      hint: "`\(grammar.program) help` lists the commands that need none")
  }

  private func start(
    _ request: Grammar.Request, _ run: ProgramRun
  ) throws(CommandFailure) -> Start {
    switch request {
    case .nothing: return try window(WindowWish(), run)
    case .help(nil): run.context.output.write(HelpPage.program(grammar))
    case .help(let row?): run.context.output.write(HelpPage.command(row, of: grammar))
    case .version: run.context.output.line("\(grammar.program) \(Release.version)")
    case .run(let arguments): return try start(arguments, run)
    }
    return .ended(run.end(.ok))
  }

  private func window(_ wish: WindowWish, _ run: ProgramRun) throws(CommandFailure) -> Start {
    try requireTerminal(run.context)
    return run.later { [openWindow] () async throws(CommandFailure) in
      try await openWindow(wish, run.context)
    }
  }

  private func wish(
    _ arguments: ParsedArguments, _ context: CommandContext
  ) throws(CommandFailure) -> WindowWish {
    var wish = WindowWish(arguments)
    guard arguments[TargetRows.target] != nil || !arguments.rest.isEmpty else { return wish }
    wish.target = try TargetReader(arguments: arguments, context: context).described()
    return wish
  }

  private func start(_ arguments: ParsedArguments, _ run: ProgramRun) throws(CommandFailure)
    -> Start
  {
    switch commands.first(where: { $0.row == arguments.command })?.work {
    case nil: .ended(run.end(.ok))
    case .immediate(let work): .ended(run.end(try work(arguments, run.context)))
    case .looped(let work): try looped(work, arguments, run)
    case .window: try window(try wish(arguments, run.context), run)
    }
  }
}

extension Program {
  private func looped(
    _ work: @escaping Command.Looped, _ arguments: ParsedArguments, _ run: ProgramRun
  ) throws(CommandFailure) -> Start {
    let context = try run.context.reading(
      CallArguments.files(arguments) + InputRows.files(arguments))
    return run.later { () async throws(CommandFailure) in try await work(arguments, context) }
  }
}

/// One run of the program: how it ends, and who is told.
private struct ProgramRun: Sendable {
  let program: String
  let words: [String]
  let context: CommandContext

  func later(
    _ work: @escaping @LoopActor () async throws(CommandFailure) -> ExitCode
  ) -> Program.Start {
    .needsLoop {
      do throws(CommandFailure) {
        return end(try await work())
      } catch {
        return end(with: error)
      }
    }
  }

  /// Writes out what is left; an output that failed decides over the command's own code.
  func end(_ code: ExitCode) -> ExitCode {
    context.output.flush()
    let complaint = writeFailure
    if let complaint { report(complaint) }
    context.errors.flush()
    return complaint?.code ?? code
  }

  func end(with failure: CommandFailure) -> ExitCode {
    context.output.flush()
    report(failure)
    return end(failure.code)
  }

  private func report(_ failure: CommandFailure) {
    if wantsJSON {
      context.errors.document(failure.json)
    } else {
      context.errors.write(failure.text(program: program))
    }
  }

  /// Asked of the words themselves: a line that does not parse still says how it wants its errors.
  private var wantsJSON: Bool { words.prefix { $0 != "--" }.contains(OptionRow.json.flag) }

  /// A reader that has seen enough (`alidade help | head -1`) is no failure.
  private var writeFailure: CommandFailure? {
    let number = context.output.failure
    guard number != 0, number != EPIPE else { return nil }
    return CommandFailure(.usage, "cannot write the output: \(FileProblem.reason(number))")
  }
}
