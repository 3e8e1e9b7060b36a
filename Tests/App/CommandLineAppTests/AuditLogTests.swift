import EventLoop
import JSON
import Testing

@testable import CommandLineApp

private let log = """
  {"time":"2026-07-28T09:05:00Z","tool":"go","user":"ann","status":"ok","args":{"n":1}}
  {"time":"2026-07-28T10:05:00Z","tool":"go","user":"bo","status":"denied","args":{"n":"x"}}
  {"time":"2026-07-28T10:06:00Z","tool":"gone","user":"bo","status":"ok"}
  not json
  """

private func run(
  _ line: String, server: TestServer? = nil, input: String = "", typed: [String]? = nil
) async -> CommandRun {
  await CommandRun.of(
    line.split(separator: " ").map(String.init), input: input, files: ["a.log": log],
    isTerminal: typed != nil, server: server, typed: typed)
}

@Suite struct AuditLogTests {
  @Test func `any log is searched, counted and exported by the words of the store`() async {
    let found = await run("audit search --file a.log --principal bo")
    #expect(found.output.split(separator: "\n").count == 2 && found.output.contains("#2"))
    let tail = await run("audit tail -n 2 --file a.log --json")
    #expect(tail.output.split(separator: "\n").count == 2 && tail.output.contains("no JSON"))
    let denied = await run("audit search --file - --outcome denied --json --profile json")
    #expect(denied.code == .ok)
    let counts = await run("audit count --by actor,outcome --file a.log --json")
    #expect(
      counts.output.contains(#"{"actor":"ann","outcome":"ok","count":1,"bad":0}"#), "\(counts)")
    let hours = await run("audit histogram --file a.log --json")
    #expect(hours.output.contains(#""count":2,"bad":1"#))
    let csv = await run("audit export --format csv --file a.log")
    #expect(csv.output.hasPrefix("number,time,actor"))
    let floor = await run("audit search --level warn --file a.log")
    #expect(floor.output.split(separator: "\n").count == 2)
    #expect((await run("audit search --file a.log --data x")).code == .usage)
    #expect((await run("audit search --profile json")).code == .usage)
    #expect((await run("audit search --file missing.log")).code == .usage)
    #expect((await run("audit count --by nothing --file a.log")).code == .usage)
    let verdict = await run("audit verify --file a.log")
    #expect(verdict.code == .usage && verdict.errors.contains("no row of the log has a hash"))
  }

  @Test func `calls are made again where their tool is still there and takes them`() async {
    let server = TestServer([
      "tools/list": { _, _ in
        .tools(.tool("go", properties: ["n": ["type": "integer"]], annotations: [:]))
      },
      "tools/call": { _, _ in .text("done") },
    ])
    let unattended = await run("audit replay 1 --file a.log -- server", server: server)
    #expect(unattended.code == .inputRequired)
    let all = await run("audit replay 1..4 --yes --file a.log -- server", server: server)
    #expect(all.code == .failedAnswer)
    let lines = all.output.split(separator: "\n").map(String.init)
    #expect(lines.count == 4, "\(all)")
    #expect(lines.first == "#1 go: ok, as before")
    #expect(lines.dropFirst().first?.contains("the tool has changed") == true)
    #expect(lines.dropFirst(2).first == "#3 gone: not sent: the tool is gone")
    #expect(
      (await run("audit replay 9 --yes --file a.log -- server", server: server)).code == .usage)
    #expect(
      (await run("audit replay x --yes --file a.log -- server", server: server)).code == .usage)
  }
}
