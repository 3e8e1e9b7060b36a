/// Why there is no terminal to draw on.
package struct TerminalFailure: Error, Sendable, Hashable {
  package enum Code: Sendable, Hashable {
    case noTerminal
    case incapable
    case noMemory
  }

  package let code: Code
  /// The terminal's name as the environment gives it.
  package let name: String

  package var sentence: String {
    switch code {
    case .noTerminal: "standard input and output are no terminal"
    case .incapable:
      "the terminal \"\(name)\" lacks the ability to clear the screen or position the cursor"
    case .noMemory: "no memory is left for the screen"
    }
  }
}
