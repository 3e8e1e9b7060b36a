import EventLoop
import Glibc

/// Finds a program as execvp does, but remembers where it looked and why a file would not do.
struct ProgramSearch {
  let request: LaunchRequest

  /// The file to execute, relative to the child's working directory.
  func find() throws(SpawnFailure) -> String {
    let program = request.program
    guard !program.isEmpty else { throw .noProgram }
    if program.contains("/") {
      try check(program)
      return program
    }
    return try findInPath()
  }

  private func findInPath() throws(SpawnFailure) -> String {
    let path = request.environment["PATH"] ?? Self.standardPath
    let folders = path.split(separator: ":", omittingEmptySubsequences: true).map(String.init)
    var unusable: SpawnFailure?
    for folder in folders {
      let candidate = "\(folder)/\(request.program)"
      do {
        try check(candidate)
        return candidate
      } catch .noSuchFile {
        continue
      } catch {
        unusable = unusable ?? error
      }
    }
    throw unusable ?? .notFound(program: request.program, searched: folders)
  }

  private static let standardPath = "/usr/local/bin:/usr/bin:/bin"

  private func check(_ path: String) throws(SpawnFailure) {
    var status = stat()
    let place = seenFromHere(path)
    guard stat(place, &status) == 0 else {
      guard errno == ENOENT || errno == ENOTDIR else { throw .system(path: path, .current("stat")) }
      throw .noSuchFile(path: path)
    }
    if status.st_mode & S_IFMT == S_IFDIR { throw .isDirectory(path: path) }
    guard access(place, X_OK) == 0 else { throw .notExecutable(path: path) }
  }

  /// The child looks from its own working directory, we from ours.
  func seenFromHere(_ path: String) -> String {
    guard !path.hasPrefix("/"), let directory = request.directory else { return path }
    return "\(directory)/\(path)"
  }

  /// Why execve said no although the file is there and executable.
  func explain(_ path: String, _ error: SystemError) -> SpawnFailure {
    switch error.code {
    case ENOENT:
      guard let interpreter = interpreter(of: path) else { return .badFormat(path: path) }
      return .noInterpreter(path: path, interpreter: interpreter)
    case ENOEXEC: return .badFormat(path: path)
    case EACCES: return .notExecutable(path: path)
    default: return .system(path: path, error)
    }
  }

  /// The program behind `#!`, without its arguments.
  private func interpreter(of path: String) -> String? {
    let head = ProcFile.head(of: seenFromHere(path), atMost: 256)
    guard head.starts(with: Array("#!".utf8)) else { return nil }
    let line = head.dropFirst(2).prefix { $0 != UInt8(ascii: "\n") }
    let words = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return words.first.map { String(decoding: $0, as: UTF8.self) }
  }

  /// A text without `#!` is a script for sh, as it is for every shell; a foreign binary is not.
  func isPlainScript(_ path: String) -> Bool {
    let head = ProcFile.head(of: seenFromHere(path), atMost: 256)
    return !head.isEmpty && !head.contains(0)
  }
}
