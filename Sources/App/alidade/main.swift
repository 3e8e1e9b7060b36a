import CommandLineApp
import EventLoop
import Glibc
import Operations

ProcessMemory.prepare()
let program = Program(openWindow: openWindow)
let words = ProcessWords.all
// Before any library that is loaded later can change the environment that our own children get.
let context = CommandContext.process()
let ending: [Signal] = [.interrupt, .terminate, .hangUp]
// What else would end the window by its default, and leave the terminal as it is in it.
let endingWindow: [Signal] = [.quit, .user1, .user2, .alarm]
let ofTerminal: [Signal] = [.windowChanged, .suspend, .resume]
// The window holds the terminal's signals back from the start: one that a thread takes by its default would be lost to it.
// Every other command is left to stop at Ctrl-Z as programs do.
let opensWindow = program.opensWindow(words)
let signals = opensWindow ? ending + endingWindow + ofTerminal : ending
// Whoever waits for the window waits for its first frame, and all else for the answer of a server.
if !opensWindow { Station.prepare(forWords: words) }

switch program.start(words, in: context) {
case .ended(let code): exit(code.rawValue)
case .needsLoop(let rest):
  let (code, interruption) = EventLoop.run(catching: signals) { loop in
    (await rest(), loop.interruption)
  }
  // Everything is written and closed; what libraries would still tidy up takes longer than a short command.
  _exit(interruption.map { 128 + $0.rawValue } ?? code.rawValue)
}
