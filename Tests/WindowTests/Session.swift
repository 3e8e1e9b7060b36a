import CVTerm
import Dispatch
import Glibc
import TestSupport

/// The built program on a real pseudo-terminal. Every wait is for an event and ends with an error where that does not come.
final class Session {
  /// What was waited for did not come; the screen as it stood then.
  struct TimedOut: Error, CustomStringConvertible {
    let description: String
  }

  /// How a program ended.
  enum End: Sendable, Equatable {
    case exited(Int32)
    case killed(Int32)
    case stopped
  }

  private static let patience: Int32 = getenv("ALIDADE_SANITIZER") == nil ? 100_000 : 400_000

  let terminal: VirtualTerminal
  let process: pid_t
  private var master: Int32
  /// Everything the program has sent.
  private(set) var bytes: [UInt8] = []
  /// How long the program kept a processor busy, once it has ended.
  private(set) var processorMilliseconds: Int64 = 0
  private let home = ScratchFolder()
  private var isReaped = false

  init(_ words: [String], width: Int, height: Int, environment: [String: String]) {
    terminal = VirtualTerminal(width: width, height: height)
    var all = [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": home.path, "TERM": "xterm-256color",
      "LANG": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no",
    ]
    // What `make test-asan` says of signals is said to the program, too.
    for name in ["ASAN_OPTIONS", "TSAN_OPTIONS"] {
      if let words = getenv(name) { all[name] = String(cString: words) }
    }
    all.merge(environment) { $1 }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] =
      all.filter { !$0.value.isEmpty }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    var master: Int32 = -1
    process = cvt_spawn(words[0], &arguments, &variables, Int32(width), Int32(height), &master)
    self.master = master
    for pointer in arguments + variables { free(pointer) }
  }

  deinit {
    if !isReaped {
      kill(process, SIGKILL)
      _ = waitpid(process, nil, 0)
    }
    if master >= 0 { close(master) }
  }

  /// Runs a scenario on a thread of its own: it blocks, and the few threads of the tests must not.
  static func run<Outcome: Sendable>(
    _ words: [String] = [ShellRun.program], width: Int = 80, height: Int = 24,
    environment: [String: String] = [:],
    _ scenario: @escaping @Sendable (Session) throws -> Outcome
  ) async throws -> Outcome {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        let session = Session(words, width: width, height: height, environment: environment)
        continuation.resume(with: Result { try scenario(session) })
      }
    }
  }

  /// What the line discipline of a new terminal is, as a program leaves it that touches nothing.
  static func untouchedDiscipline() async throws -> UInt64 {
    try await run(["/bin/true"]) { session in
      _ = try session.end()
      return session.discipline
    }
  }

  // MARK: - Doing

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(master, bytes, bytes.count)
  }

  /// What a terminal sends of a paste; what the program answers in the meantime is read.
  func paste(_ text: String) {
    let bytes = Array("\u{1B}[200~\(text)\u{1B}[201~".utf8)
    var sent = 0
    while sent < bytes.count {
      var request = pollfd(fd: master, events: Int16(POLLOUT | POLLIN), revents: 0)
      guard poll(&request, 1, Self.patience) > 0 else { return }
      if request.revents & Int16(POLLIN) != 0 { _ = readSome(until: Self.now + 1000) }
      guard request.revents & Int16(POLLOUT) != 0 else { continue }
      let count = bytes[sent...].prefix(4096).withUnsafeBytes {
        write(master, $0.baseAddress, $0.count)
      }
      guard count > 0 else { return }
      sent += count
    }
  }

  func resize(width: Int, height: Int) {
    terminal.resize(width: width, height: height)
    _ = cvt_set_size(master, Int32(width), Int32(height))
  }

  func signal(_ number: Int32) { kill(process, number) }

  func hangUp() {
    close(master)
    master = -1
  }

  /// The text of a file in the program's home; empty where there is none.
  func file(_ name: String) -> String {
    guard let file = fopen(home.file(name), "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  /// One number over the line discipline.
  var discipline: UInt64 { cvt_discipline(master) }

  // MARK: - Waiting

  /// Reads until the screen is as wished.
  func wait(
    until what: String, within milliseconds: Int32 = patience, _ isDone: (VirtualTerminal) -> Bool
  ) throws {
    let deadline = Self.now + Int64(milliseconds)
    while !isDone(terminal) {
      guard readSome(until: deadline) else {
        throw TimedOut(description: "\(what) did not come; the screen was\n\(terminal.text)")
      }
    }
  }

  func wait(for text: String) throws {
    try wait(until: "\"\(text)\"") { $0.text.contains(text) }
  }

  /// Reads on until the frame that has begun is whole.
  func waitForFrame() throws {
    let end = Array("\u{1B}[?2026l".utf8)
    try wait(until: "the end of a frame") { _ in bytes.suffix(end.count).elementsEqual(end) }
  }

  /// How the program ends; what it still sends is read.
  func end() throws -> End {
    let deadline = Self.now + Int64(Self.patience)
    while master >= 0, readSome(until: deadline) {}
    return try reap(0, until: deadline)
  }

  /// Waits for the next change of the program, its stop included.
  func reap(_ options: Int32, until deadline: Int64 = now + Int64(patience)) throws -> End {
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, options | WNOHANG, &usage) == 0 {
      guard Self.now < deadline else { throw TimedOut(description: "the program did not end") }
      poll(nil, 0, 2)
    }
    if status & 0xFF == 0x7F { return .stopped }
    isReaped = true
    processorMilliseconds = [usage.ru_utime, usage.ru_stime].reduce(0) {
      $0 + Int64($1.tv_sec) * 1000 + Int64($1.tv_usec) / 1000
    }
    return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed(status & 0x7F)
  }

  /// True while there may be more; false at the end of the output or of the time.
  private func readSome(until deadline: Int64) -> Bool {
    let rest = deadline - Self.now
    var request = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard rest > 0, poll(&request, 1, Int32(rest)) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(master, &buffer, buffer.count)
    guard count > 0 else { return count < 0 && errno == EAGAIN }
    bytes += buffer[..<count]
    terminal.feed(Array(buffer[..<count]))
    return true
  }

  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
