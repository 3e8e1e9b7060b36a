import CommandLineApp
import EventLoop
import Glibc

let program = Program(openWindow: openWindow)
let words = Array(CommandLine.arguments.dropFirst())
// Signals of the terminal are held back from the start: one that a thread takes by its default would be lost to the window.
let signals: [Signal] = [.interrupt, .terminate, .hangUp, .windowChanged, .suspend, .resume]

switch program.start(words, in: .process()) {
case .ended(let code): exit(code.rawValue)
case .needsLoop(let rest):
  let (code, interruption) = EventLoop.run(catching: signals) { loop in
    (await rest(), loop.interruption)
  }
  exit(interruption.map { 128 + $0.rawValue } ?? code.rawValue)
}
