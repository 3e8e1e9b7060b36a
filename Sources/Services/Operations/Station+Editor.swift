import EventLoop
import Glibc
import Processes
import Settings

/// A text for the person's editor.
package struct EditorText: Sendable, Hashable {
  package var text: String
  /// How its file's name ends, by which editors know what it is.
  package var suffix: String
  /// The line to begin on, from 1.
  package var line: Int?

  package init(_ text: String, suffix: String, line: Int? = nil) {
    self.text = text
    self.suffix = suffix
    self.line = line
  }
}

/// The person's own editor, on the terminal that the caller has given back.
extension Station {
  /// The text as the editor left it; nil where it ended in failure, which means that nothing is to be changed.
  package func edit(_ text: EditorText) async throws(OperationFailure) -> String? {
    var words: [String]
    do throws(ShellWords.Problem) { words = try ShellWords.split(editorLine) } catch {
      throw Self.noEditor("the editor's command line cannot be read: \(editorLine)")
    }
    guard !words.isEmpty else { throw Self.noEditor("VISUAL and EDITOR name no editor") }
    let file = try PrivateFile(text.text, named: "alidade\(text.suffix)", settings.environment)
    defer { file.remove() }
    let program = words.removeFirst()
    let request = LaunchRequest(
      program: program, arguments: words + Self.words(for: file.path, text.line, program),
      environment: settings.environment, directory: settings.directory)
    do throws(SpawnFailure) {
      guard try await processes.runInForeground(request) == .exited(0) else { return nil }
    } catch {
      throw Self.noEditor("\(program) cannot be started: \(error)")
    }
    return try Self.read(file.path)
  }

  /// How editors are told the line to begin on, by the names of their programs.
  private static let lineWords:
    [(programs: Set<String>, words: @Sendable (Int, String) -> [String])] =
      [
        (
          [
            "vi", "vim", "nvim", "view", "nvi", "vile", "nano", "rnano", "pico", "emacs",
            "emacsclient",
            "mg", "joe", "jed", "jstar", "kak", "micro", "ne", "ee", "mcedit",
          ], { ["+\($0)", $1] }
        ),
        (["hx", "helix", "subl", "zed"], { ["\($1):\($0)"] }),
        (["code", "codium"], { ["--goto", "\($1):\($0)"] }),
      ]

  package static func words(for path: String, _ line: Int?, _ program: String) -> [String] {
    let name = program.split(separator: "/").last.map(String.init) ?? program
    guard let line, line > 1, let row = lineWords.first(where: { $0.programs.contains(name) })
    else {
      return [path]
    }
    return row.words(line, path)
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
