import EventLoop
import Glibc
import Processes
import Settings

/// The person's own editor, on the terminal that the caller has given back.
extension Station {
  /// The text as the editor left it; nil where it ended in failure, which means that nothing is to be changed.
  package func edit(_ text: String, suffix: String) async throws(OperationFailure) -> String? {
    var words: [String]
    do throws(ShellWords.Problem) { words = try ShellWords.split(editorLine) } catch {
      throw Self.noEditor("the editor's command line cannot be read: \(editorLine)")
    }
    guard !words.isEmpty else { throw Self.noEditor("VISUAL and EDITOR name no editor") }
    let file = try PrivateFile(text, named: "alidade\(suffix)", settings.environment)
    defer { file.remove() }
    let program = words.removeFirst()
    let request = LaunchRequest(
      program: program, arguments: words + [file.path], environment: settings.environment,
      directory: settings.directory)
    do throws(SpawnFailure) {
      guard try await processes.runInForeground(request) == .exited(0) else { return nil }
    } catch {
      throw Self.noEditor("\(program) cannot be started: \(error)")
    }
    return try Self.read(file.path)
  }

  private var editorLine: String {
    let named = ["VISUAL", "EDITOR"].compactMap { settings.environment[$0] }.first { !$0.isEmpty }
    return named ?? "vi"
  }

  private static func noEditor(_ sentence: String) -> OperationFailure {
    OperationFailure(.usage, layer: "config", sentence, hint: "set EDITOR to an editor")
  }

  private static let largest = 32 << 20

  private static func read(_ path: String) throws(OperationFailure) -> String {
    guard let file = fopen(path, "re") else {
      throw OperationFailure(.usage, layer: "config", "the editor has left no file")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while bytes.count < largest, case let count = fread(&block, 1, block.count, file), count > 0 {
      bytes += block[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
