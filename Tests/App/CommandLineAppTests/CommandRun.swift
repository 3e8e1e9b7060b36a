import Glibc
import Synchronization

@testable import CommandLineApp

/// Runs the program in memory and keeps what it wrote.
struct CommandRun {
  let code: ExitCode
  let output: String
  let errors: String

  static func of(
    _ words: [String], commands: [Command] = Command.all, input: String = "",
    files: [String: String] = [:], outputFailure: Int32 = 0, isTerminal: Bool = true,
    environment: [String: String] = [:], directory: String = "/", server: TestServer? = nil,
    typed: [String]? = nil
  ) async -> CommandRun {
    let output = Captured(), errors = Captured(), keyboard = Keyboard(typed ?? [])
    let context = CommandContext(
      output: Output(isTerminal: isTerminal) {
        outputFailure == 0 ? output.take($0) : outputFailure
      },
      errors: Output(isTerminal: typed != nil) { errors.take($0) },
      input: Input(isTerminal: isTerminal, line: { _ in keyboard.next() }) {
        limit throws(FileProblem) in
        guard input.utf8.count <= limit else { throw FileProblem(errno: EFBIG) }
        return Array(input.utf8)
      },
      environment: environment, directory: directory, transports: server?.source,
      file: { path, _ throws(FileProblem) in
        guard let text = files[path] else { throw FileProblem(errno: ENOENT) }
        return Array(text.utf8)
      })
    let program = Program(commands: commands) { _, context throws(CommandFailure) in
      context.output.line("window")
      return .ok
    }
    let code = await program.run(words, in: context)
    return CommandRun(code: code, output: output.text, errors: errors.text)
  }
}

/// Lines in the order they are typed; then the end of input.
private final class Keyboard: Sendable {
  private let lines: Mutex<[String]>

  init(_ lines: [String]) { self.lines = Mutex(lines) }

  func next() -> String? { lines.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}

private final class Captured: Sendable {
  private let bytes = Mutex<[UInt8]>([])

  func take(_ more: [UInt8]) -> Int32 {
    bytes.withLock { $0 += more }
    return 0
  }

  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
}
