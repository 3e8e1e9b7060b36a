import EventLoop
import Glibc
import Operations
import Settings

extension Check {
  /// Whether the server's process starts and lives until its first answer.
  static let program: Check = Check(
    "process", "Process",
    exemption: { $0.subject.definition?.command == nil ? "the server has an address" : nil },
    causes: [
      "program-not-found": .init(
        "give the program's whole path, or install it; a program started from a desktop has another PATH"
      ),
      "program-not-executable": .init("make it executable: chmod +x"),
      "program-bad-format": .init("name the interpreter before it, as in `python3 server.py`"),
      "interpreter-missing": .init("install the interpreter that its first line names"),
      "directory-unusable": .init("check --cwd"),
      "process-exited": .init(
        "its standard error says why: mostly a missing variable or argument, or a dependency that is not installed"
      ),
      "process-killed": .init("look for a crash or a memory limit; its standard error may say why"),
      "output-closed": .init("the server must keep its standard output open while it lives"),
      "not-read": .init(
        "the program does not read its standard input: is it a server of stdio, and has it started?"
      ),
      "no-answer": .init(
        "it starts slowly (raise --timeout), waits for something else, or is no MCP server"),
      "too-slow": .init("raise --timeout; look at what the server does meanwhile"),
      "timed-out": .init("raise --timeout; look at what the server does meanwhile"),
    ], layers: ["spawn"]
  ) { examination in
    guard let definition = examination.subject.definition else { return [] }
    return [
      program.finding(
        .ok, "it runs and answers", place(of: definition, PATH: examination.station.settings))
    ]
  }

  private static func place(
    of definition: ServerDefinition, PATH settings: Station.Settings
  ) -> [Finding.Evidence] {
    guard let command = definition.command else { return [] }
    let path = definition.environment.value(of: "PATH") ?? settings.environment["PATH"] ?? ""
    let folders = command.contains("/") ? [] : path.split(separator: ":").map(String.init)
    let found = folders.map { "\($0)/\(command)" }.first { (path: String) in
      Glibc.access(path, X_OK) == 0
    }
    return [.init("program", found ?? command), .init("PATH", path)]
  }
}
