import TestSupport
import Testing

@Suite(.inTurns) struct OddProcessTests {
  /// `alidade list tools` with a shell script as its server.
  private func run(_ script: String, _ options: String = "") async -> ShellRun {
    await ShellRun.of(
      """
      unset HOME XDG_STATE_HOME
      script=$(cat <<'END'
      \(script)
      END
      )
      $alidade list tools \(options) -- sh -c "$script"
      """)
  }

  private static let opening = """
    read probe
    echo '{"jsonrpc":"2.0","id":"probe-1","error":{"code":-32601,"message":"no"}}'
    read initialize
    echo '{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"s","version":"1"}}}'
    read initialized
    read list

    """

  /// Scripts that end before they answer, and what must be said of them.
  private static let early: [(script: String, parts: [String])] = [
    (
      "echo 'TOKEN is not set' >&2; exit 1",
      [
        "  | TOKEN is not set\n", "before any answer, the server process exited with status 1",
        "; its last words: TOKEN is not set",
      ]
    ),
    ("exit 0", ["exited with status 0"]),
    ("exit 127", ["exited with status 127 (a shell's word for: command not found)"]),
    ("kill -SEGV $$", ["was killed by SIGSEGV"]),
    ("echo usage: x; exit 2", ["8 bytes were skipped", "“usage: x”", "exited with status 2"]),
  ]

  @Test(arguments: early.indices)
  func `a program that ends before it answers is told by its end and its words`(row: Int) async {
    let run = await run(Self.early[row].script)
    #expect(run.code == 4, "\(run.errors)")
    for part in Self.early[row].parts { #expect(run.errors.contains(part), "\(run.errors)") }
  }

  private static let unstartable: [(words: String, part: String)] = [
    ("-- /nonexistent/x", "there is no file /nonexistent/x"),
    ("-- no-such-program-here", "“no-such-program-here” was not found in PATH (/usr/bin:/bin)"),
    ("-- /etc/passwd", "/etc/passwd is not executable"),
    ("-- /", "/ is a directory"),
    ("--cwd /nonexistent -- sh", "the working directory /nonexistent cannot be used"),
    ("--cwd /etc/passwd -- sh", "the working directory /etc/passwd is not a directory"),
  ]

  @Test(arguments: unstartable.indices)
  func `a program that cannot be started is told by its reason`(row: Int) async {
    let run = await ShellRun.of(
      "unset HOME XDG_STATE_HOME; PATH=/usr/bin:/bin $alidade list tools \(Self.unstartable[row].words)"
    )
    #expect(run.code == 4)
    #expect(run.errors.contains(Self.unstartable[row].part), "\(run.errors)")
  }

  private static let good =
    #"{"jsonrpc":"2.0","id":2,"result":{"tools":[{"name":"add","inputSchema":{}}]}}"#

  private static let readable: [(answer: String, told: String)] = [
    ("echo 'starting'; echo '\(good)'", ""),
    ("echo 'log: \(good)'", ""),
    ("printf '%s\\r\\n' '\(good)'", ""),
    ("printf '%s' '\(good)'", ""),
    ("echo '\(good.replacing(",", with: ",\n"))'", "a message was written over"),
    ("echo '[\(good)]'", "came as a batch"),
    ("echo '\(good.replacing(":2,", with: ":\"2\","))'", "under the id \"2\""),
  ]

  @Test(arguments: readable.indices)
  func `a message is found in whatever a program writes`(row: Int) async {
    let (answer, told) = Self.readable[row]
    let run = await run(Self.opening + answer)
    #expect(run.code == 0 && run.output.contains("add"), "\(run.errors)")
    #expect(run.errors.contains(told), "\(run.errors)")
  }

  private static let useless: [(answer: String, code: Int32, parts: [String])] = [
    (
      "echo '{\"jsonrpc\":\"2.0\",'; exit 3", 4,
      ["“{\"jsonrpc\":\"2.0\",”", "tools/list: the server process exited with status 3"]
    ),
    (
      "echo '{\"jsonrpc\":'; exec sleep 99", 7,
      ["“{\"jsonrpc\":”", "no answer and no progress for 3 s"]
    ),
    ("exec >&-; exec sleep 99", 4, ["the server closed its side of the connection and lives on"]),
  ]

  @Test(arguments: useless.indices)
  func `what was sent instead of an answer is shown with the failure`(row: Int) async {
    let (answer, code, parts) = Self.useless[row]
    let run = await run(Self.opening + answer, "--timeout \(code == 7 ? 3 : 5)")
    #expect(run.code == code && run.endedInTime, "\(run.errors)")
    for part in parts { #expect(run.errors.contains(part), "\(run.errors)") }
  }

  @Test func `a program that swallows the probe costs no long wait`() async {
    let run = await run(
      """
      while read line; do case $line in
      *initialize\\"*) echo '{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2024-11-05","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}';;
      *tools/list*) echo '\(Self.good)';;
      esac; done
      """, "-v")
    #expect(run.code == 0 && run.output.contains("add"), "\(run.errors)")
    #expect(run.errors.contains("read, and no answer or move for 700 ms → initialize"))
  }
}
