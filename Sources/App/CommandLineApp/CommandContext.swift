import EventLoop
package import Operations

/// Everything outside the program that a command may touch; tests build one in memory.
package struct CommandContext: Sendable {
  package let output: Output
  package let errors: Output
  package let input: Input
  package var environment: [String: String]
  /// The working directory.
  package let directory: String
  /// The bytes of the file at that path, relative ones from the working directory.
  package let file: @Sendable (_ path: String) throws(FileProblem) -> [UInt8]
  /// Servers that live inside this process.
  package let transports: TransportSource?

  package init(
    output: Output, errors: Output, input: Input, environment: [String: String] = [:],
    directory: String = "/", transports: TransportSource? = nil,
    file: @escaping @Sendable (_ path: String) throws(FileProblem) -> [UInt8]
  ) {
    self.output = output
    self.errors = errors
    self.input = input
    self.environment = environment
    self.directory = directory
    self.file = file
    self.transports = transports
  }

  /// That path from the root, relative ones from the working directory.
  func path(_ path: String) -> String { path.hasPrefix("/") ? path : "\(directory)/\(path)" }
}

/// Standard input.
package struct Input: Sendable {
  /// Whether a person is likely to be typing.
  package let isTerminal: Bool
  /// All bytes up to the end of file.
  package let all: @Sendable () throws(FileProblem) -> [UInt8]
  /// The next line a person types, without its end; nil at the end of input, and as soon as the task is cancelled.
  package let line: Line

  package typealias Line = @LoopActor @Sendable (_ isHidden: Bool) async -> String?

  package init(
    isTerminal: Bool = false, line: @escaping Line = { _ in nil },
    all: @escaping @Sendable () throws(FileProblem) -> [UInt8]
  ) {
    self.isTerminal = isTerminal
    self.line = line
    self.all = all
  }
}

/// Why a file gave no bytes, by its error number.
package struct FileProblem: Error, Sendable, Equatable {
  package let errno: Int32

  package init(errno: Int32) { self.errno = errno }
}

extension CommandContext {
  /// The bytes of a file that the user named; `-` is standard input.
  package func bytes(of name: String) throws(CommandFailure) -> [UInt8] {
    do throws(FileProblem) {
      return name == "-" ? try input.all() : try file(name)
    } catch {
      let shown = name == "-" ? "standard input" : "'\(name)'"
      throw CommandFailure(.usage, "cannot read \(shown): \(error.reason)")
    }
  }
}
