import EventLoop
import JSON
import TestSupport
import Testing

@testable import CommandLineApp

@Suite(.inTurns) struct EveryListTests {
  private static func server(_ capabilities: JSONObject) -> TestServer {
    TestServer(
      "2025-11-25", capabilities: .object(capabilities),
      [
        "tools/list": { _, _ in
          .tools(["name": "add", "inputSchema": ["type": "object"], "n": 1.50])
        },
        "resources/list": { _, _ in
          .result(["resources": [["uri": "file:///a", "name": "a", "description": " "]]])
        },
        "resources/templates/list": { _, _ in .error(-32601, "Method not found") },
        "prompts/list": { _, _ in .error(-32603, "the shelf is empty") },
      ])
  }

  @Test func `without a kind, every list is shown that the server says it has`() async {
    let run = await CommandRun.of(
      ["list", "--", "server"], server: Self.server(["tools": [:], "resources": [:]]))
    #expect(run.code == .ok, "\(run.errors)")
    #expect(run.output == "tools (1)\n  add  ()\n\nresources (1)\n  file:///a  a\n")
    #expect(run.errors.contains("knows no resources/templates/list"))
  }

  @Test func `as JSON they are members of one object`() async {
    let run = await CommandRun.of(
      ["list", "--json", "--", "server"], server: Self.server(["tools": [:], "resources": [:]]))
    #expect(run.code == .ok)
    #expect(run.output.hasPrefix(#"{"tools":[{"name":"add""#))
    let end = #""resources":[{"uri":"file:///a","name":"a","description":" "}]}"#
    #expect(run.output.hasSuffix(end + "\n"))
    #expect(run.errors == "")
  }

  @Test func `a list that fails takes nothing from the others, and decides the code`() async {
    let run = await CommandRun.of(
      ["list", "--", "server"], server: Self.server(["tools": [:], "prompts": [:]]))
    #expect(run.code == .protocolError)
    #expect(run.output == "tools (1)\n  add  ()\n")
    #expect(run.errors.contains("the shelf is empty"))
  }

  @Test func `a word too many is taken for a kind that there is not`() async {
    let run = await CommandRun.of(["list", "tolls", "https://mcp.example.test/mcp"])
    #expect(run.code == .usage)
    #expect(run.errors.contains("KIND cannot be 'tolls'"))
  }
}
