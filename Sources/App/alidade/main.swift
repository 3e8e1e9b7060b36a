import CommandLineApp
import EventLoop
import Glibc

let program = Program { _ throws(CommandFailure) in
  throw CommandFailure(
    .usage, "the window is not part of this build", hint: "see `alidade help`")
}
let words = Array(CommandLine.arguments.dropFirst())

switch program.start(words, in: .process()) {
case .ended(let code): exit(code.rawValue)
case .needsLoop(let rest):
  let (code, interruption) = EventLoop.run(catching: [.interrupt, .terminate, .hangUp]) { loop in
    (await rest(), loop.interruption)
  }
  exit(interruption.map { 128 + $0.rawValue } ?? code.rawValue)
}
