import EventLoop
import JSON
import TestSupport
import Testing

@testable import CommandLineApp

@Suite(.inTurns) struct ConformanceTests {
  private static func run(
    _ scenario: String, _ version: String, _ server: TestServer, context: String? = nil
  ) async -> CommandRun {
    var environment = [
      "MCP_CONFORMANCE_SCENARIO": scenario, "MCP_CONFORMANCE_PROTOCOL_VERSION": version,
    ]
    environment["MCP_CONFORMANCE_CONTEXT"] = context
    return await CommandRun.of(
      ["conformance-client", "http://localhost:1/mcp"], environment: environment, server: server)
  }

  private static let add: JSON = .tool(
    "add", properties: ["a": ["type": "number"], "b": ["type": "number", "default": 7]],
    required: ["a"])

  private static let handlers: [String: TestServer.Handler] = [
    "tools/list": { _, _ in .tools(Self.add) }, "tools/call": { _, _ in .text("ok") },
  ]

  @Test(arguments: ["2025-03-26", "2025-11-25", "2026-07-28"])
  func `the tools that are listed are called in the revision that is asked for`(
    _ version: String
  ) async {
    let server = TestServer(version, Self.handlers)
    let run = await Self.run("tools_call", version, server)
    #expect(run.code == .ok, "\(run.errors)")
    #expect(await server.sent("tools/call").map { $0["arguments"] } == [["a": 1]])
    #expect(await server.sent("initialize").isEmpty == (version == "2026-07-28"))
  }

  @Test func `another revision than the one begun with is taken`() async {
    let server = TestServer("2025-03-26", Self.handlers)
    #expect(await Self.run("tools_call", "2025-11-25", server).code == .ok)
  }

  @Test func `calls that the suite names are made with its arguments unchanged`() async {
    let server = TestServer("2026-07-28", Self.handlers)
    let context = #"{"toolCalls":[{"name":"add","arguments":{"a":null,"b":1.50}}]}"#
    #expect(
      await Self.run("http-custom-headers", "2026-07-28", server, context: context).code == .ok)
    #expect(
      await server.sent("tools/call").map { $0["arguments"]?.compact } == [#"{"a":null,"b":1.50}"#])
  }

  @Test func `a schema is sent back as it was listed`() async {
    let schema: JSON = ["type": "object", "$defs": ["x": ["$anchor": "y"]], "if": [:]]
    let server = TestServer([
      "tools/list": { _, _ in
        .tools(["name": "json_schema_2020_12_tool", "inputSchema": schema], Self.add)
      },
      "tools/call": { _, _ in .text("ok") },
    ])
    _ = await Self.run("json-schema-2020-12-preservation", "2025-11-25", server)
    #expect(await server.sent("tools/call").map { $0["arguments"]?["schema"] } == [schema])
  }

  @Test func `a form is accepted with all of its defaults`() async {
    let form: JSON = [
      "type": "object",
      "properties": [
        "name": ["type": "string", "default": "Ada"], "left": ["type": "string"],
        "pick": ["type": "string", "enum": ["a", "b"]],
      ],
      "required": ["pick"],
    ]
    let server = TestServer([
      "tools/list": { _, _ in .tools(Self.add) },
      "tools/call": { _, server in
        let answer = await server.ask(
          "elicitation/create", ["message": "?", "requestedSchema": form])
        return .text(answer["result"]?.compact ?? "-")
      },
    ])
    let run = await Self.run("elicitation-sep1034-client-defaults", "2025-11-25", server)
    #expect(run.code == .ok)
    let answers = await server.received.compactMap { $0["result"] }
    #expect(answers == [["action": "accept", "content": ["name": "Ada", "pick": "a"]]])
  }

  @Test func `what fails is told by the exit code, after the rest was tried`() async {
    let server = TestServer(["tools/list": { _, _ in .tools(Self.add, Self.add) }])
    #expect(await Self.run("tools_call", "2025-11-25", server).code == .protocolError)
    #expect(await server.sent("tools/call").count == 2)
    #expect(await Self.run("x", "2025-11-25", server, context: "{").code == .usage)
  }
}
