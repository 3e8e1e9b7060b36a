import EventLoop
import Glibc
import Processes
import Settings

/// Texts outside of the window, on the terminal that the caller has given back.
extension Station {
  /// Shows a text in the person's pager.
  package func page(_ text: String) async throws(OperationFailure) {
    let named = settings.environment["PAGER"].flatMap { $0.isEmpty ? nil : $0 } ?? "less"
    var words: [String]
    do throws(ShellWords.Problem) { words = try ShellWords.split(named) } catch {
      throw Self.cannotShow("the pager's command line cannot be read: \(named)")
    }
    guard !words.isEmpty else { throw Self.cannotShow("PAGER names no program") }
    try await show(text, by: words.removeFirst(), words)
  }

  /// Prints a text and waits for Enter.
  package func printPlainly(_ text: String) async throws(OperationFailure) {
    let script = #"cat -- "$1"; printf '\nEnter returns to the window. '; read -r line"#
    try await show(text, by: "/bin/sh", ["-c", script, "sh"])
  }

  private func show(
    _ text: String, by program: String, _ words: [String]
  ) async throws(OperationFailure) {
    let file = try PrivateFile(text, named: "alidade.txt", settings.environment)
    defer { file.remove() }
    let request = LaunchRequest(
      program: program, arguments: words + [file.path], environment: settings.environment,
      directory: settings.directory)
    do throws(SpawnFailure) { _ = try await processes.runInForeground(request) } catch {
      throw Self.cannotShow("\(program) cannot be started: \(error)")
    }
  }

  private static func cannotShow(_ sentence: String) -> OperationFailure {
    OperationFailure(.usage, layer: "config", sentence, hint: "set PAGER to a pager")
  }
}

/// A file that only its owner can read, in a folder of its own.
struct PrivateFile {
  let path: String
  private let folder: String

  init(
    _ text: String, named name: String, _ environment: [String: String]
  ) throws(OperationFailure) {
    try self.init(Array(text.utf8), named: name, environment)
  }

  init(
    _ bytes: [UInt8], named name: String, _ environment: [String: String]
  ) throws(OperationFailure) {
    folder = try Self.folder(environment)
    path = "\(folder)/\(name)"
    do throws(OperationFailure) { try Self.write(bytes, to: path) } catch {
      remove()
      throw error
    }
  }

  func remove() {
    unlink(path)
    rmdir(folder)
  }

  /// A new folder for its owner alone; in memory where it is to be and the system has such a place.
  static func folder(
    _ environment: [String: String], inMemory: Bool = false
  ) throws(OperationFailure) -> String {
    let base = environment["XDG_RUNTIME_DIR"] ?? environment["TMPDIR"] ?? "/tmp"
    for parent in (inMemory ? ["/dev/shm"] : []) + [base, "/tmp"] {
      var template = Array("\(parent)/alidade-XXXXXX".utf8CString)
      if let path = mkdtemp(&template) { return String(cString: path) }
    }
    throw OperationFailure(.usage, layer: "config", "no folder for a file can be made")
  }

  /// Makes a new file, for its owner only; one that is there already is left alone.
  static func write(_ bytes: [UInt8], to path: String) throws(OperationFailure) {
    let file = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    let reason = errno
    var rest = bytes[...]
    while file >= 0, !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    let isClosed = file >= 0 && Glibc.close(file) == 0
    guard isClosed, rest.isEmpty else {
      let why = file < 0 ? ": \(String(cString: strerror(reason)))" : ""
      throw OperationFailure(.usage, layer: "config", "\(path) cannot be written\(why)")
    }
  }
}

extension Station {
  /// Writes a new file and answers with its whole path; `~` and relative paths are taken as a shell takes them.
  package func write(_ bytes: [UInt8], to path: String) throws(OperationFailure) -> String {
    var whole = path
    if path.hasPrefix("~/"), let home = settings.environment["HOME"] {
      whole = home + path.dropFirst()
    } else if !path.hasPrefix("/") {
      whole = "\(settings.directory)/\(path)"
    }
    try PrivateFile.write(bytes, to: whole)
    return whole
  }

  private static let keptFile = "window.json"
  private static let largestKept = 4 << 20

  /// What the window kept when it was open last; nil where there is nothing that can be read.
  package func kept() -> [UInt8]? {
    guard let folder = settings.stateFolder,
      let file = fopen("\(folder)/\(Self.keptFile)", "re")
    else { return nil }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let size = ftell(file)
    // A file that grew beyond all use is as good as none.
    guard 1...Self.largestKept ~= size else { return nil }
    rewind(file)
    var bytes = [UInt8](repeating: 0, count: size)
    let count = fread(&bytes, 1, size, file)
    return Array(bytes.prefix(count))
  }

  /// Whole or not at all; what cannot be written costs a cursor's place and nothing else.
  package func keep(_ bytes: [UInt8]) {
    guard let folder = settings.stateFolder else { return }
    StateFolder.make(folder)
    let draft = "\(folder)/\(Self.keptFile).\(getpid())"
    unlink(draft)
    do throws(OperationFailure) { try PrivateFile.write(bytes, to: draft) } catch { return }
    if rename(draft, "\(folder)/\(Self.keptFile)") != 0 { unlink(draft) }
  }
}
