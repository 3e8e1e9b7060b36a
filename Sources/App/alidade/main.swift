import CommandLineApp
import Glibc

let program = Program { _ throws(CommandFailure) in
  throw CommandFailure(
    .usage, "the window is not part of this build", hint: "see `alidade help`")
}
let code = await program.run(
  Array(CommandLine.arguments.dropFirst()), in: CommandContext.process())
exit(code.rawValue)
