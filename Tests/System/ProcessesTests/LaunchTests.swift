import EventLoop
import Glibc
import Processes
import TestSupport
import Testing

/// Under the thread sanitizer a child has memory of its own and cannot tell in ours why it was not started.
private let isForked = getenv("ALIDADE_SANITIZER").map { String(cString: $0) } == "thread"

@LoopActor @Suite(.inTurns) struct LaunchTests {
  let host = ProcessHost()

  private func run(_ request: LaunchRequest) async throws -> ChildLog {
    let log = ChildLog()
    let child = try host.launch(request, log.events)
    child.input.finish()
    try await ChildLog.wait(log.ended)
    await child.end()
    return log
  }

  @Test func `a program gets its arguments and environment and tells output, log and status`()
    async throws
  {
    var request = LaunchRequest(
      program: "sh",
      arguments: ["-c", "printf '%s|' \"$@\"; echo $SEEN; echo log >&2; exit 3", "-"])
    request.arguments += ["a b", "", "ü\"'$x"]
    request.environment = ["PATH": "/bin:/usr/bin", "SEEN": "yes"]
    let log = try await run(request)
    #expect(log.text == "a b||ü\"'$x|yes\n")
    #expect(log.lines == ["log"])
    #expect(log.outcome == .exited(3))
  }

  @Test func `a child sees nothing of us but what it is given`() async throws {
    setenv("ALIDADE_TEST_SECRET", "1", 1)
    let log = try await run(
      .sh("env | cut -d= -f1 | grep -vE '^(_|PWD|SHLVL|OLDPWD)$' | sort; ls /proc/self/fd | wc -l"))
    let words = log.text.split(separator: "\n").map(String.init)
    #expect(words.dropLast() == ["ALIDADE_CHILD", "PATH"])
    #expect(words.last == "4", "three standard descriptors and ls's own folder")
  }

  @Test func `a child starts with standard signals and none held back`() async throws {
    var request = LaunchRequest(program: "grep", environment: ["PATH": "/bin:/usr/bin"])
    request.arguments = ["-E", "^Sig(Blk|Ign)", "/proc/self/status"]
    let ownToC: UInt64 = 0b11 << 31
    for line in try await run(request).text.split(separator: "\n") {
      let bits = try #require(UInt64(line.suffix(16), radix: 16))
      #expect(bits & ~ownToC == 0, "\(line)")
    }
  }

  @Test func `a child leads a session of its own`() async throws {
    let log = try await run(.sh("cut -d' ' -f5,6 /proc/$$/stat; echo $$ $$"))
    let lines = log.text.split(separator: "\n")
    #expect(lines.count == 2 && lines[0] == lines[1])
  }

  @Test func `a program in the foreground shares our session and tells its end`() async throws {
    let own = getsid(0)
    let script = "test \"$(cut -d' ' -f6 /proc/$$/stat)\" = \(own) && exit 5; kill -9 $$"
    #expect(try await host.runInForeground(.sh(script)) == .exited(5))
    #expect(try await host.runInForeground(.sh("kill -15 $$")) == .killed(.terminate))
  }

  @Test func `a detached program is none of the host's children`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("fifo", "", mode: 0o600)
    unlink(folder.path + "/fifo")
    try #require(mkfifo(folder.path + "/fifo", 0o600) == 0)
    try host.launchDetached(.sh("echo done > '\(folder.path)/fifo'"))
    #expect(host.running == 0)
    let path = folder.path + "/fifo"
    let text = try await LoopActor.loop.blocking { () -> String in
      var bytes = [UInt8](repeating: 0, count: 16)
      let fd = open(path, O_RDONLY | O_CLOEXEC)
      defer { close(fd) }
      let count = read(fd, &bytes, bytes.count)
      return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
    #expect(text == "done\n")
  }

  @Test func `our own variables pass only by the list of names`() {
    let own = ["HOME": "/h", "PATH": "/p", "AWS_SECRET_ACCESS_KEY": "s", "LD_PRELOAD": "x"]
    let child = ChildEnvironment.allowed(from: own, adding: ["PATH": "/q", "TOKEN": "t"])
    #expect(child == ["HOME": "/h", "PATH": "/q", "TOKEN": "t"])
  }

  @Test(.enabled(if: !isForked, "the sanitizer forks where the program shares its memory"))
  func `a relative program is looked for in the child's folder`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("tool", "#!/bin/sh\npwd\n", mode: 0o755)
    var request = LaunchRequest(program: "./tool", directory: folder.path)
    request.environment = ["PATH": "/bin"]
    #expect(try await run(request).text == folder.path + "\n")
    try folder.write("plain", "echo plain $1\n", mode: 0o755)
    request = LaunchRequest(program: "plain", arguments: ["x"], environment: ["PATH": folder.path])
    #expect(try await run(request).text == "plain x\n")
  }

  @Test(.enabled(if: !isForked, "the sanitizer forks where the program shares its memory"))
  func `what cannot be started says why`() throws {
    let folder = try TemporaryFolder()
    try folder.write("text", "hello", mode: 0o644)
    try folder.write("lost", "#!/no/such/interpreter -x\n", mode: 0o755)
    try folder.write("alien", "\u{7F}ELF\0\0\0", mode: 0o755)
    try folder.makeFolder("sub")
    let path = folder.path
    func check(
      _ program: String, in directory: String? = nil, path search: String = "/bin",
      _ expected: SpawnFailure, line: Int = #line
    ) {
      let request = LaunchRequest(
        program: program, environment: ["PATH": search], directory: directory)
      #expect(throws: expected, "line \(line)") { try host.launch(request, ChildEvents()) }
    }
    let missing = "no-such-program-here"
    check("", .noProgram)
    check(missing, path: "/bin:/sbin", .notFound(program: missing, searched: ["/bin", "/sbin"]))
    check(missing, path: "", .notFound(program: missing, searched: []))
    check("\(path)/none", .noSuchFile(path: "\(path)/none"))
    check("\(path)/text/x", .noSuchFile(path: "\(path)/text/x"))
    check("\(path)/text", .notExecutable(path: "\(path)/text"))
    check("text", path: "/bin:\(path)", .notExecutable(path: "\(path)/text"))
    check("\(path)/sub", .isDirectory(path: "\(path)/sub"))
    check("\(path)/lost", .noInterpreter(path: "\(path)/lost", interpreter: "/no/such/interpreter"))
    check("\(path)/alien", .badFormat(path: "\(path)/alien"))
    check("sh", in: "\(path)/text", .notADirectory(path: "\(path)/text"))
    check(
      "sh", in: "\(path)/none",
      .badDirectory(path: "\(path)/none", reason: SystemError(call: "stat", code: ENOENT)))
    check("s\0h", .containsNul("the program"))
    #expect(host.running == 0)
  }

  @Test(arguments: [
    (
      SpawnFailure.notFound(program: "npx", searched: ["/bin", "/usr/bin"]),
      "“npx” was not found in PATH (/bin:/usr/bin)"
    ),
    (
      .badDirectory(path: "/x", reason: SystemError(call: "stat", code: ENOENT)),
      "the working directory /x cannot be used: No such file or directory"
    ),
    (
      .noInterpreter(path: "/t", interpreter: "/usr/bin/node"),
      "/t asks for the interpreter /usr/bin/node, which is not there"
    ),
  ])
  func `failures are sentences`(failure: SpawnFailure, sentence: String) {
    #expect(failure.description == sentence)
  }
}
