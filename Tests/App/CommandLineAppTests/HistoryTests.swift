import EventLoop
import JSON
import TestSupport
import Testing

@testable import CommandLineApp

@Suite(.inTurns) struct HistoryTests {
  private static func server(readOnly: Bool = false, answer: String = "done") -> TestServer {
    TestServer(handlers(readOnly, answer))
  }

  private static func handlers(_ readOnly: Bool, _ answer: String) -> [String: TestServer.Handler] {
    [
      "tools/list": { _, _ in
        .tools(
          .tool(
            "go", properties: ["n": ["type": "integer"]],
            annotations: ["readOnlyHint": .bool(readOnly)]))
      },
      "tools/call": { _, _ in .text(answer) },
    ]
  }

  /// Runs commands one after another on the same state folder.
  private static func runs(
    _ lines: [[String]], _ server: TestServer, typed: [String]? = nil
  ) async throws -> [CommandRun] {
    let folder = ScratchFolder()
    var runs: [CommandRun] = []
    for words in lines {
      runs.append(
        await CommandRun.of(
          words, isTerminal: typed != nil, environment: ["XDG_STATE_HOME": folder.path],
          server: server, typed: typed))
    }
    return runs
  }

  private static let call = ["call", "go", "n=1", "--", "server"]

  @Test func `a list that was asked for is kept and can be asked for again`() async throws {
    let runs = try await Self.runs(
      [
        ["list", "tools", "--", "server"], ["history", "list", "--json"],
        ["history", "show", "1", "--json"], ["history", "replay", "1", "-v"],
        ["list", "prompts", "--", "server"],
        ["history", "list", "--json", "--outcome", "failed"],
      ], Self.server())
    #expect(runs.map(\.code) == [.ok, .ok, .ok, .ok, .protocolError, .ok], "\(runs.map(\.errors))")
    #expect(try JSON.parse(runs[1].output)["calls"]?[0]?["method"] == "tools/list")
    #expect(try JSON.parse(runs[2].output)["answer"]?["tools"]?[0]?["name"] == "go")
    #expect(runs[3].output == runs[0].output)
    #expect(runs[3].errors.contains("the same answer as #1"), "\(runs[3].errors)")
    #expect(try JSON.parse(runs[5].output)["calls"]?[0]?["method"] == "prompts/list")
  }

  @Test func `a call is listed, shown with its frames, and found by its facts`() async throws {
    let runs = try await Self.runs(
      [
        Self.call, ["history", "list", "--json"], ["history", "show", "1", "--json"],
        ["history", "list", "--outcome", "failed"], ["history", "list", "--tool", "go"],
        ["history", "show", "#1"], ["history", "show", "2"],
      ], Self.server())
    #expect(runs.map(\.code) == [.ok, .ok, .ok, .ok, .ok, .ok, .usage], "\(runs.map(\.errors))")
    let listed = try JSON.parse(runs[1].output)["calls"]?[0]
    #expect(listed?["method"] == "tools/call")
    #expect(listed?["name"] == "go")
    #expect(listed?["outcome"] == "ok")
    let shown = try JSON.parse(runs[2].output)
    #expect(shown["params"] == ["name": "go", "arguments": ["n": 1]])
    #expect(shown["answer"]?["content"]?[0]?["text"] == "done")
    #expect(shown["words"] == ["--", "server"])
    let frames = shown["frames"]?.array ?? []
    #expect(
      frames.contains { $0["direction"] == "sent" && $0["message"]?["method"] == "tools/call" })
    // The size of the answer's own frame, not of all that came on the connection.
    let answer = frames.first { $0["message"]?["result"]?["content"] != nil }
    #expect(shown["bytes"] == answer?["bytes"])
    #expect(runs[3].output == "no calls\n")
    #expect(runs[4].output.contains("#1"))
    #expect(runs[5].output.contains("target   -- server"))
    #expect(runs[6].errors.contains("no call #2"))
  }

  @Test func `a tool that may change something is replayed only on somebody's word`() async throws {
    let server = Self.server()
    let runs = try await Self.runs(
      [Self.call, ["history", "replay", "1"], ["history", "replay", "1", "--yes"]], server)
    #expect(runs.map(\.code) == [.ok, .inputRequired, .ok], "\(runs.map(\.errors))")
    #expect(runs[1].errors.contains("--yes"))
    #expect(await server.sent("tools/call").count == 2)
    #expect(await server.sent("tools/call").last?["arguments"] == ["n": 1])
    #expect(runs[2].errors.contains("the same answer as #1"))
  }

  @Test func `at a terminal the replay asks, and no is an answer`() async throws {
    for (word, code, count) in [("y", ExitCode.ok, 2), ("", .interrupted, 1)] {
      let server = Self.server()
      let runs = try await Self.runs(
        [Self.call, ["history", "replay", "1"]], server, typed: [word])
      #expect(runs[1].code == code)
      #expect(await server.sent("tools/call").count == count)
    }
  }

  @Test func `a read-only tool is replayed at once`() async throws {
    let runs = try await Self.runs(
      [Self.call, ["history", "replay", "1", "--json"]], Self.server(readOnly: true))
    #expect(runs[1].code == .ok)
    #expect(try JSON.parse(runs[1].output)["content"]?[0]?["text"] == "done")
  }

  @Test func `secrets are not kept, and asked for again`() async throws {
    let runs = try await Self.runs(
      [
        ["call", "go", "-e", "API_KEY=hush", "--", "server"], ["history", "show", "1", "--json"],
        ["history", "replay", "1", "--yes"],
        ["history", "replay", "1", "--yes", "-e", "API_KEY=hush"],
      ], Self.server())
    #expect(!runs[1].output.contains("hush"))
    #expect(runs.map(\.code) == [.ok, .ok, .usage, .ok], "\(runs.map(\.errors))")
    #expect(runs[2].errors.contains("secrets"))
  }

  @Test func `moments are read as people write them`() {
    let now = WallTime(microseconds: 1_785_229_500_000_000)
    let rows: [(String, Double?)] = [
      ("90s", 1_785_229_410), ("15m", 1_785_228_600), ("2h", 1_785_222_300),
      ("1970-01-02T00:00Z", 86_400), ("1970-01-01T00:01:05.5Z", 65.5), ("1970-01-02Z", 86_400),
      ("yesterday", nil), ("5", nil), ("2026-13-01", nil), ("-5m", nil), ("1970-01-01T25:00", nil),
      ("1970-01-01T1:2:3:4", nil), ("", nil), ("99999999999999999999d", nil),
      ("1970-01-01T00:00:00.398Z", 0.398), ("1970-01-01T00:00:00.0000019Z", 0.000_001),
      ("1970-01-01T00:00:01.Z", nil), ("1970-01-01T00:00:01.2.3Z", nil),
      ("1970-01-01T00:00:01.xZ", nil), ("1970-01-01T00:01.5Z", nil), ("2026-02-30", nil),
      ("2026-02-30Z", nil), ("2027-02-29T12:00Z", nil), ("2026-04-31T12:00", nil),
      ("1972-02-29Z", 68_169_600), ("1970-01-01T23:59:60Z", 86_400),
    ]
    for (text, seconds) in rows {
      let read = LocalTime.moment(reading: text, now: now)
      #expect(read?.microseconds == seconds.map { Int64($0 * 1_000_000) }, "\(text)")
    }
  }
}
