import Dispatch
import Glibc

/// One line of shell, run to its end with the built program as `$alidade`.
package struct ShellRun: Sendable {
  /// The shell's exit code; 128 and the signal's number when it was killed.
  package let code: Int32
  package let output: String
  package let errors: String
  /// False when the line and all that it started had to be killed.
  package let endedInTime: Bool

  /// Standard input is `/dev/null`; bash, so that a line may ask for `${PIPESTATUS[0]}`.
  package static func of(_ line: String, seconds: Int32 = 150) async -> ShellRun {
    // The few threads that all tests share must not be kept waiting for a process.
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(returning: waiting(for: line, seconds: seconds))
      }
    }
  }

  private static func waiting(for line: String, seconds: Int32) -> ShellRun {
    guard let output = tmpfile(), let errors = tmpfile(), let alive = Pipe() else {
      return ShellRun(code: -1, output: "", errors: "no files left", endedInTime: true)
    }
    defer {
      fclose(output)
      fclose(errors)
    }
    var shell = Spawn(words: ["bash", "-c", "alidade='\(program)'; \(line)"])
    shell.give(fileno(output), as: STDOUT_FILENO)
    shell.give(fileno(errors), as: STDERR_FILENO)
    // Whatever the line starts holds this end open, so that its closing means all have ended.
    shell.give(alive.write, as: 9)
    let process = shell.start()
    close(alive.write)
    let endedInTime = alive.closes(within: seconds)
    if !endedInTime { kill(-process, SIGKILL) }
    close(alive.read)
    return ShellRun(
      code: Spawn.exitCode(of: process), output: text(output), errors: text(errors),
      endedInTime: endedInTime)
  }

  /// The built program lies beside the running tests.
  package static let program: String = {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = max(0, readlink("/proc/self/exe", &path, path.count))
    let bytes = path[..<count].map { UInt8(bitPattern: $0) }
    let folder = String(decoding: bytes, as: UTF8.self).split(separator: "/").dropLast()
    return "/" + folder.joined(separator: "/") + "/alidade"
  }()

  private static func text(_ file: UnsafeMutablePointer<FILE>) -> String {
    rewind(file)
    var bytes: [UInt8] = []
    while case let byte = getc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

private struct Pipe {
  let read: Int32
  let write: Int32

  init?() {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    (read, write) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }

  /// Waits until no process holds the writing end any more.
  func closes(within seconds: Int32) -> Bool {
    var request = pollfd(fd: read, events: Int16(POLLIN), revents: 0)
    while true {
      let count = poll(&request, 1, seconds * 1000)
      if count > 0 { return true }
      if count == 0 || errno != EINTR { return false }
    }
  }
}

/// A child in a group of its own, with the signals of a fresh process.
private struct Spawn {
  let words: [String]
  private var actions = posix_spawn_file_actions_t()

  init(words: [String]) {
    self.words = words
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
  }

  mutating func give(_ descriptor: Int32, as number: Int32) {
    posix_spawn_file_actions_adddup2(&actions, descriptor, number)
  }

  mutating func start() -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var none = sigset_t(), all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    posix_spawnattr_setflags(&attributes, Int16(flags))
    closeOthers()
    var process: pid_t = 0
    var pointers = words.map { strdup($0) } + [nil]
    posix_spawnp(&process, words[0], &actions, &attributes, &pointers, environ)
    for pointer in pointers { free(pointer) }
    posix_spawnattr_destroy(&attributes)
    posix_spawn_file_actions_destroy(&actions)
    return process
  }

  /// A socket of another test that lives on in a child is never seen to close. What is not open is passed over.
  private mutating func closeOthers() {
    for descriptor in Int32(3)..<1024 where descriptor != 9 {
      posix_spawn_file_actions_addclose(&actions, descriptor)
    }
  }

  static func exitCode(of process: pid_t) -> Int32 {
    guard process > 0 else { return -1 }
    var status: Int32 = 0
    while waitpid(process, &status, 0) == -1 && errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
