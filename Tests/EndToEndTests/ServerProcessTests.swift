import Glibc
import TestSupport
import Testing

/// Servers that die, hang, flood or cling, as shell scripts: each ends with the right code, and nothing of them is left.
@Suite(.inTurns) struct ServerProcessTests {
  private let scratch = ScratchFolder()

  /// Opens and lists like any server; `onCall` is what it does when its tool is called.
  private func server(_ onCall: String, afterList: String = ":") -> String {
    write(
      "server",
      """
      say() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\\n' "$id" "$1"; }
      while read -r line; do
        id=${line#*\\"id\\":}; id=${id%%,*}; id=${id%\\}}
        case $line in
        *'"method":"initialize"'*) say '{"protocolVersion":"2024-11-05","capabilities":{"tools":{}},"serverInfo":{"name":"s","version":"1"}}';;
        *'"method":"tools/list"'*) say '{"tools":[{"name":"work","inputSchema":{"type":"object"}}]}'; \(afterList);;
        *'"method":"tools/call"'*) \(onCall);;
        *'"method":"server/discover"'*) printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"?"}}\\n' "$id";;
        esac
      done
      """)
    return "sh \(scratch.file("server"))"
  }

  private func write(_ name: String, _ text: String) {
    guard let file = fopen(scratch.file(name), "w") else { return }
    fputs(text, file)
    fclose(file)
  }

  /// Runs the line and then waits until no process is left whose words hold this test's own folder.
  private func run(_ line: String) async -> ShellRun {
    await ShellRun.of(
      """
      export XDG_STATE_HOME=\(scratch.path)/state
      \(line); code=$?
      for look in $(seq 100); do
        grep -la '\(hidden(scratch.path))' /proc/[0-9]*/cmdline 2>/dev/null \\
          | grep -qv "^/proc/$$/" || exit $code
        sleep 0.2
      done
      exit 99
      """, seconds: 600)
  }

  /// A pattern that finds the path and not itself.
  private func hidden(_ path: String) -> String { "[\(path.prefix(1))]\(path.dropFirst())" }

  private static let hanging = #"tail -f "$0" > /dev/null"#

  private static let ends: [(name: String, onCall: String, code: Int32, words: String)] = [
    ("killed in mid-call", "kill -9 $$", 4, "killed by SIGKILL"),
    ("leaves in mid-call", "exit 3", 4, "exited with status 3"),
    ("closes its output", "exec 1>&-; \(hanging)", 4, ""),
    ("never answers", hanging, 7, "no answer and no progress"),
    ("starts helpers and never answers", "\(hanging) & \(hanging) & wait", 7, "no answer"),
    ("helpers leave its session", "setsid \(hanging) & setsid \(hanging) & wait", 7, ""),
    (
      "nobody hears a request to end", "trap '' TERM INT HUP; \(hanging) & \(hanging)",
      7, "no answer"
    ),
    ("one endless line", "tr '\\0' x < /dev/zero", 7, "no answer"),
    ("endless noise", "yes $0", 7, "no answer"),
    ("endless standard error", "yes trouble >&2", 7, "trouble"),
  ]

  @Test(arguments: ends.indices)
  func `a server that fails a call is told by exit code and sentence and leaves nothing`(
    row: Int
  ) async {
    let (name, onCall, code, words) = Self.ends[row]
    let run = await run("$alidade call work --timeout 2 -- \(server(onCall))")
    #expect(run.code == code, "\(name): \(run.errors)")
    #expect(run.errors.contains(words), "\(name): \(run.errors)")
    #expect(run.output.isEmpty && run.endedInTime, "\(name)")
  }

  private static let floods: [(name: String, flood: String)] = [
    ("standard error in lines", "yes trouble | head -c 2000000 >&2"),
    ("standard error without lines", "head -c 20000000 /dev/zero | tr '\\0' e >&2"),
    ("noise in lines", "yes noise | head -c 2000000"),
  ]

  @Test(arguments: floods.indices)
  func `a flood before an answer does not drown it`(row: Int) async {
    let (name, flood) = Self.floods[row]
    let server = server("\(flood); say '{\"content\":[{\"type\":\"text\",\"text\":\"dry\"}]}'")
    let run = await run("$alidade call work --timeout 60 --json -- \(server)")
    #expect(run.code == 0, "\(name): \(run.errors)")
    #expect(run.output == #"{"content":[{"type":"text","text":"dry"}]}"# + "\n")
  }

  @Test func `a server that never reads makes a big request time out`() async {
    write("big", #"{"a":""# + String(repeating: "x", count: 3_000_000) + #""}"#)
    let big = scratch.file("big")
    let silent = await run("$alidade list tools --timeout 2 -- sh -c '\(Self.hanging)' \(big)")
    #expect(silent.code == 7, "\(silent.errors)")
    let deaf = server(":", afterList: Self.hanging)
    let run = await run("$alidade call work --timeout 2 --args @\(big) -- \(deaf)")
    #expect(run.code == 7, "\(run.errors)")
  }

  @Test(arguments: ["KILL", "TERM", "INT", "HUP"])
  func `when this program is ended by a signal its servers go too`(signal: String) async {
    let mark = scratch.file("called")
    let server = server("touch \(mark); trap '' TERM; setsid \(Self.hanging) & \(Self.hanging)")
    let run = await run(
      """
      $alidade call work -- \(server) &
      for look in $(seq 300); do test -e \(mark) && break; sleep 0.1; done
      kill -\(signal) $!; wait $!
      """)
    #expect(
      run.code == ["KILL": 137, "TERM": 143, "INT": 130, "HUP": 129][signal], "\(run.errors)")
    #expect(run.endedInTime)
  }
}
