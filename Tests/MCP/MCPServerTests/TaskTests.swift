import EventLoop
import JSON
import TestSupport
import Testing

@testable import MCPServer

@Suite(.inTurns) struct TaskTests {
  private static let extensionName = "io.modelcontextprotocol/tasks"

  @LoopActor
  private func talk(_ version: String) async -> Talk {
    let talk = Talk(Sample.catalog, version)
    if talk.isStateless {
      talk.capabilities = ["elicitation": [:], "extensions": [Self.extensionName: [:]]]
    }
    await talk.open()
    return talk
  }

  @Test @LoopActor func `a task of the client's choice is waited for by its result`() async {
    let talk = await talk("2025-11-25")
    let created = await talk.ask("tools/call", ["name": "job", "task": ["ttl": 60000]])
    let id = created.result["task"]?["taskId"] ?? .null
    #expect(created.result["task"]?["status"] == "working")
    #expect(created.result["task"]?["ttl"] == 60000)
    await talk.start("tasks/result", ["taskId": id], id: 2)
    #expect(talk.answer(to: 2) == .null)
    await talk.clock.advance(by: .seconds(1))
    #expect(await talk.later(2).text == "job done")
    #expect(
      talk.answer(to: 2).result["_meta"]?["io.modelcontextprotocol/related-task"]?["taskId"] == id)
    #expect(await talk.ask("tasks/get", ["taskId": id], id: 3).result["status"] == "completed")
    #expect(await talk.ask("tasks/list", id: 4).result["tasks"]?.array?.count == 1)
    #expect(await talk.ask("tasks/cancel", ["taskId": id], id: 5).code == -32602)
  }

  @Test @LoopActor func `a tool that runs as no task refuses to`() async {
    let talk = await talk("2025-11-25")
    #expect(await talk.ask("tools/call", ["name": "add", "task": [:]]).code == -32601)
  }

  @Test @LoopActor func `a task of the server's choice carries its result`() async {
    let talk = await talk("2026-07-28")
    let created = await talk.call("job").result
    #expect(created["resultType"] == "task")
    #expect(created["status"] == "working")
    #expect(created["ttlMs"]?.int ?? 0 > 0)
    let id = created["taskId"] ?? .null
    let working = await talk.ask("tasks/get", ["taskId": id], id: 2).result
    #expect(working["status"] == "working" && working["result"] == nil)
    await talk.clock.advance(by: .seconds(1))
    let done = await talk.ask("tasks/get", ["taskId": id], id: 3).result
    #expect(done["status"] == "completed")
    #expect(done["result"]?["content"]?[0]?["text"] == "job done")
    #expect(
      await talk.ask("tasks/cancel", ["taskId": id], id: 4).result["resultType"] == "complete")
    #expect(await talk.ask("tasks/list", id: 5).code == -32601)
    #expect(await talk.ask("tasks/get", ["taskId": "no"], id: 6).code == -32602)
  }

  @Test @LoopActor func `clients without the extension get the result itself`() async {
    let talk = Talk(Sample.catalog, "2026-07-28")
    await talk.start("tools/call", ["name": "job"], id: 1)
    await talk.clock.advance(by: .seconds(1))
    #expect(await talk.later(1).text == "job done")
    #expect(await talk.ask("tasks/get", ["taskId": "x"], id: 2).code == -32021)
  }

  @Test @LoopActor func `a handler asks first and goes on as a task after`() async {
    let talk = await talk("2026-07-28")
    let round = await talk.call("later").result
    #expect(round["resultType"] == "input_required")
    let created = await talk.ask(
      "tools/call",
      [
        "name": "later", "requestState": round["requestState"] ?? .null,
        "inputResponses": ["user": ["action": "accept", "content": ["name": "Ada"]]],
      ], id: 2
    ).result
    #expect(created["resultType"] == "task")
    await talk.clock.advance(by: .seconds(1))
    let id = created["taskId"] ?? .null
    let done = await talk.ask("tasks/get", ["taskId": id], id: 3).result
    #expect(done["result"]?["content"]?[0]?["text"] == "for Ada")
  }

  @Test @LoopActor func `a task that is cancelled ends cancelled`() async {
    for version in ["2025-11-25", "2026-07-28"] {
      let talk = await talk(version)
      var params: JSONObject = ["name": "job"]
      if !talk.isStateless { params["task"] = [:] }
      let created = await talk.ask("tools/call", params).result
      let id = created["taskId"] ?? created["task"]?["taskId"] ?? .null
      _ = await talk.ask("tasks/cancel", ["taskId": id], id: 2)
      let state = await talk.ask("tasks/get", ["taskId": id], id: 3).result
      #expect(state["status"] == "cancelled")
    }
  }

  @Test @LoopActor func `a task's question goes out on the request that waits for it`() async {
    let talk = await talk("2025-11-25")
    let created = await talk.ask("tools/call", ["name": "later", "task": [:]])
    let id = created.result["task"]?["taskId"] ?? .null
    #expect(
      await talk.ask("tasks/get", ["taskId": id], id: 2).result["status"] == "input_required")
    await talk.start("tasks/result", ["taskId": id], id: 3)
    let question = talk.notices("elicitation/create").first ?? .null
    #expect(
      question["params"]?["_meta"]?["io.modelcontextprotocol/related-task"]?["taskId"] == id)
    await talk.send([
      "jsonrpc": "2.0", "id": question["id"] ?? .null,
      "result": ["action": "accept", "content": ["name": "Ada"]],
    ])
    #expect(await talk.later(3).text == "for Ada")
  }
}
