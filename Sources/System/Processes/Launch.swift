import CLinux
import EventLoop
import Glibc

/// The descriptors a child gets as its standard three.
struct ChildDescriptors {
  var input: Int32
  var output: Int32
  var error: Int32
}

/// One attempt to start a program.
struct Launch {
  let request: LaunchRequest
  let descriptors: ChildDescriptors
  var ownSession = true
  var endsWithUs = true

  func start() throws(SpawnFailure) -> pid_t {
    try refuseNul()
    try checkDirectory()
    let search = ProgramSearch(request: request)
    let path = try search.find()
    do {
      return try spawn(path, [request.program] + request.arguments)
    } catch .system(_, let error) where error.code == ENOEXEC && search.isPlainScript(path) {
      return try spawn("/bin/sh", ["/bin/sh", path] + request.arguments)
    } catch .system(_, let error) {
      throw search.explain(path, error)
    }
  }

  private func refuseNul() throws(SpawnFailure) {
    let texts: [(String, String)] =
      [("the program", request.program), ("the working directory", request.directory ?? "")]
      + request.arguments.map { ("an argument", $0) }
      + request.environment.map { ("the variable \($0.key)", $0.key + $0.value) }
    for (what, text) in texts where text.utf8.contains(0) { throw .containsNul(what) }
  }

  /// A bad directory and a missing program give the same errno, so the directory is looked at first.
  private func checkDirectory() throws(SpawnFailure) {
    guard let directory = request.directory else { return }
    var status = stat()
    guard stat(directory, &status) == 0 else {
      throw .badDirectory(path: directory, reason: .current("stat"))
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw .notADirectory(path: directory) }
    guard access(directory, X_OK) == 0 else {
      throw .badDirectory(path: directory, reason: .current("access"))
    }
  }

  private func spawn(_ path: String, _ arguments: [String]) throws(SpawnFailure) -> pid_t {
    let variables = request.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let words = CStrings(arguments), environment = CStrings(variables)
    let pathCopy = CStrings([path]), directory = CStrings(request.directory.map { [$0] } ?? [])
    var failure = al_spawn_failure()
    guard let file = pathCopy.pointers[0] else { throw .noProgram }
    var wanted = al_spawn_request(
      path: file, arguments: words.pointers, environment: environment.pointers,
      directory: directory.pointers[0], input: descriptors.input, output: descriptors.output,
      error: descriptors.error, own_session: ownSession ? 1 : 0,
      signal_at_parent_death: endsWithUs ? SIGTERM : 0)
    let pid = withExtendedLifetime((words, environment, pathCopy, directory)) {
      al_spawn(&wanted, &failure)
    }
    guard failure.step != 0 else { return pid }
    if pid > 0 { waitpid(pid, nil, 0) }
    throw explain(failure, path)
  }

  private func explain(_ failure: al_spawn_failure, _ path: String) -> SpawnFailure {
    switch Int(failure.step) {
    case AL_STEP_DIRECTORY:
      .badDirectory(
        path: request.directory ?? "", reason: SystemError(call: "chdir", code: failure.code))
    case AL_STEP_EXEC: .system(path: path, SystemError(call: "execve", code: failure.code))
    default: .system(path: path, SystemError(call: "vfork", code: failure.code))
    }
  }
}

/// A list of C strings that ends with a null pointer, freed with it.
private final class CStrings {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ texts: [String]) {
    count = texts.count
    pointers = .allocate(capacity: texts.count + 1)
    for (index, text) in texts.enumerated() { pointers[index] = strdup(text) }
    pointers[texts.count] = nil
  }

  deinit {
    for index in 0..<count { free(pointers[index]) }
    pointers.deallocate()
  }
}
