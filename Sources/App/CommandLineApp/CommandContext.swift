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
  package let file: File
  /// What was read before the loop ran, by name.
  private var ahead: [String: [UInt8]] = [:]
  /// Servers that live inside this process.
  package let transports: TransportSource?

  /// `limit` how many bytes it may have.
  package typealias File =
    @Sendable (_ path: String, _ limit: Int) throws(FileProblem) -> [UInt8]

  package init(
    output: Output, errors: Output, input: Input, environment: [String: String] = [:],
    directory: String = "/", transports: TransportSource? = nil,
    file: @escaping File
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
  /// All bytes up to the end of file, which may be no more than the limit.
  package let all: All
  /// The next line a person types, without its end; nil at the end of input, and as soon as the task is cancelled.
  package let line: Line

  package typealias All = @Sendable (_ limit: Int) throws(FileProblem) -> [UInt8]
  package typealias Line = @LoopActor @Sendable (_ isHidden: Bool) async -> String?

  package init(
    isTerminal: Bool = false, line: @escaping Line = { _ in nil },
    all: @escaping All
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
  package func bytes(
    of name: String, atMost limit: Int = .max
  ) throws(CommandFailure) -> [UInt8] {
    if let bytes = ahead[name] { return bytes }
    do throws(FileProblem) {
      return name == "-" ? try input.all(limit) : try file(name, limit)
    } catch {
      let shown = name == "-" ? "standard input" : "'\(name)'"
      throw CommandFailure(.usage, "cannot read \(shown): \(error.reason)")
    }
  }

  /// The same with those files read now, while a signal still ends the program as it ends any: whoever gives them may
  /// take their time.
  func reading(_ names: [String]) throws(CommandFailure) -> CommandContext {
    var context = self
    for name in names where context.ahead[name] == nil {
      context.ahead[name] = try bytes(of: name, atMost: Self.mostAhead)
    }
    return context
  }

  private static let mostAhead = 64 << 20
}
