import EventLoop
import JSON
import TestSupport
import Testing

@testable import CommandLineApp

@Suite(.inTurns) struct TaskCallTests {
  private static let tool: JSON = [
    "name": "slow", "inputSchema": ["type": "object"], "execution": ["taskSupport": "required"],
  ]
  private static let answer: JSON = ["content": [["type": "text", "text": "done"]]]

  private static func state(_ status: String, _ more: JSONObject = [:]) -> JSON {
    var object: JSONObject = [
      "taskId": "t1", "status": .string(status), "createdAt": "2026-07-28T09:00:00Z",
      "lastUpdatedAt": "2026-07-28T09:00:00Z", "ttl": .null, "pollInterval": 1, "ttlMs": .null,
      "pollIntervalMs": 1,
    ]
    for member in more.members { object[member.key] = member.value }
    return .object(object)
  }

  /// Tasks that the client asks for.
  private static func core(_ status: String = "completed") -> TestServer {
    TestServer(
      "2025-11-25",
      capabilities: [
        "tools": [:], "tasks": ["requests": ["tools": ["call": [:]]], "cancel": [:]],
      ],
      [
        "tools/list": { _, _ in .tools(Self.tool) },
        "tools/call": { params, _ in
          params["task"] == nil
            ? .error(-32601, "a task is required") : .result(["task": Self.state("working")])
        },
        "tasks/get": { _, _ in .result(Self.state(status)) },
        "tasks/cancel": { _, _ in .result(Self.state("cancelled")) },
        "tasks/result": { _, _ in .result(Self.answer) },
      ])
  }

  /// Tasks that the server decides on.
  private static func flat(_ status: String = "completed") -> TestServer {
    TestServer(
      "2026-07-28",
      capabilities: ["tools": [:], "extensions": ["io.modelcontextprotocol/tasks": [:]]],
      [
        "tools/list": { _, _ in .tools(Self.tool) },
        "tools/call": { params, _ in
          let declared = params["_meta"]?["io.modelcontextprotocol/clientCapabilities"]
          guard declared?["extensions"]?["io.modelcontextprotocol/tasks"] != nil else {
            return .error(-32021, "no tasks")
          }
          return .result(Self.state("working", ["resultType": "task"]))
        },
        "tasks/get": { _, _ in
          .result(Self.state(status, ["resultType": "complete", "result": Self.answer]))
        },
        "tasks/cancel": { _, _ in .result(["resultType": "complete"]) },
      ])
  }

  @Test func `a call that becomes a task is followed to its end, in either shape`() async {
    for server in [Self.core(), Self.flat()] {
      let run = await CommandRun.of(["call", "slow", "--", "server"], server: server)
      #expect(run.code == .ok, "\(run.errors)")
      #expect(run.output == "done\n")
    }
  }

  @Test func `a task with nothing new for as long as one waits is stopped`() async {
    for server in [Self.core("working"), Self.flat("working")] {
      let run = await CommandRun.of(
        ["call", "slow", "--timeout", "0.2", "--", "server"], server: server)
      #expect(run.code == .timedOut, "\(run.errors)")
      #expect(run.errors.contains("the task goes on with nothing new for"))
      #expect(await server.sent("tasks/cancel").count == 1)
    }
  }

  @Test func `a task can be left to itself`() async throws {
    for server in [Self.core(), Self.flat()] {
      let run = await CommandRun.of(
        ["call", "slow", "--detach", "--json", "--", "server"], server: server)
      #expect(run.code == .ok, "\(run.errors)")
      #expect(run.output.contains(#""taskId":"t1""#))
      #expect(await server.sent("tasks/get").isEmpty)
    }
  }
}
