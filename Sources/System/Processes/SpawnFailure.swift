package import EventLoop

/// Why a program could not be started.
package enum SpawnFailure: Error, Sendable, Hashable {
  case noProgram
  /// Nowhere in the folders of PATH, which are named.
  case notFound(program: String, searched: [String])
  case noSuchFile(path: String)
  case notExecutable(path: String)
  case isDirectory(path: String)
  /// The script's first line names an interpreter that is not there.
  case noInterpreter(path: String, interpreter: String)
  case badFormat(path: String)
  case badDirectory(path: String, reason: SystemError)
  case notADirectory(path: String)
  /// A NUL cannot stand in an argument, a variable or a path.
  case containsNul(String)
  case system(path: String, SystemError)
}

extension SpawnFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noProgram: "no program is named"
    case .notFound(let program, let searched):
      searched.isEmpty
        ? "“\(program)” was not found: PATH is empty"
        : "“\(program)” was not found in PATH (\(searched.joined(separator: ":")))"
    case .noSuchFile(let path): "there is no file \(path)"
    case .notExecutable(let path): "\(path) is not executable"
    case .isDirectory(let path): "\(path) is a directory"
    case .noInterpreter(let path, let interpreter):
      "\(path) asks for the interpreter \(interpreter), which is not there"
    case .badFormat(let path): "\(path) is no program this system can run"
    case .badDirectory(let path, let reason):
      "the working directory \(path) cannot be used: \(reason.reason)"
    case .notADirectory(let path): "the working directory \(path) is not a directory"
    case .containsNul(let what): "\(what) contains a NUL byte"
    case .system(let path, let error): "\(path) cannot be started: \(error.reason)"
    }
  }
}
