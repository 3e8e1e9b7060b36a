import EventLoop
import JSON
import MCPProtocol
import TestSupport
import Testing

@testable import MCPServer

@Suite(.inTurns) struct AskingTests {
  private let accepted: JSON = ["action": "accept", "content": ["name": "Ada"]]

  @Test(arguments: ["2025-06-18", "2025-11-25"])
  @LoopActor func `a handler's question is a request where servers send requests`(
    _ version: String
  ) async {
    let talk = Talk(Sample.catalog, version)
    await talk.open()
    await talk.start("tools/call", ["name": "name"], id: 7)
    let question = talk.notices("elicitation/create").first ?? .null
    #expect(question["params"]?["message"] == "Your name?")
    await talk.send(["jsonrpc": "2.0", "id": question["id"] ?? .null, "result": accepted])
    #expect(await talk.later(7).text == "accept Ada")
  }

  @Test @LoopActor func `the same question is a result where they do not`() async {
    let talk = Talk(Sample.catalog, "2026-07-28")
    let round = await talk.call("name").result
    #expect(round["resultType"] == "input_required")
    #expect(round["inputRequests"]?["user"]?["method"] == "elicitation/create")
    let answer = await talk.ask(
      "tools/call",
      [
        "name": "name", "inputResponses": ["user": accepted],
        "requestState": round["requestState"] ?? .null,
      ], id: 2)
    #expect(answer.text == "accept Ada")
    #expect(answer.result["resultType"] == "complete")
  }

  @Test @LoopActor func `two rounds keep what was answered in the first`() async {
    let talk = Talk(Sample.catalog, "2026-07-28")
    var state: JSON = .null
    var states: [JSON] = []
    for (key, word) in [("elicitation-1", "one"), ("elicitation-2", "two")] {
      let round = await talk.ask(
        "tools/call",
        [
          "name": "two", "requestState": state,
          "inputResponses": states.isEmpty
            ? [:] : ["elicitation-1": ["action": "accept", "content": ["it": "one"]]],
        ]
      ).result
      #expect(round["inputRequests"]?[key] != nil, "\(word)")
      state = round["requestState"] ?? .null
      states.append(state)
    }
    #expect(states[0] != states[1])
    let answer = await talk.ask(
      "tools/call",
      [
        "name": "two", "requestState": state,
        "inputResponses": ["elicitation-2": ["action": "accept", "content": ["it": "two"]]],
      ], id: 2)
    #expect(answer.text == "one two")
  }

  struct BadAnswer: Sendable {
    var answers: JSON
    var asksAgain = true
  }

  @Test(arguments: [
    BadAnswer(answers: ["other": ["action": "accept", "content": ["name": "Ada"]]]),
    BadAnswer(answers: ["user": 12345]), BadAnswer(answers: .null),
    BadAnswer(answers: ["user": ["action": "accept", "content": ["name": 5]]]),
    BadAnswer(answers: ["user": ["action": "decline"], "more": 1], asksAgain: false),
  ])
  @LoopActor func `an answer that cannot be used is asked for again`(_ bad: BadAnswer) async {
    let talk = Talk(Sample.catalog, "2026-07-28")
    let state = await talk.call("name").result["requestState"] ?? .null
    let answer = await talk.ask(
      "tools/call", ["name": "name", "inputResponses": bad.answers, "requestState": state], id: 2)
    #expect((answer.result["resultType"] == "input_required") == bad.asksAgain)
  }

  @Test @LoopActor func `a state that was changed, moved or kept too long is refused`() async {
    let talk = Talk(Sample.catalog, "2026-07-28")
    let state = await talk.call("name").result["requestState"]?.string ?? ""
    let rows: [(String, String)] = [("name", state + "-TAMPERED"), ("two", state), ("name", "7")]
    for (tool, state) in rows {
      let answer = await talk.ask(
        "tools/call", ["name": .string(tool), "requestState": .string(state)], id: 2)
      #expect(answer.code == -32602)
    }
    await talk.clock.advance(by: .seconds(7200))
    let late = await talk.ask(
      "tools/call", ["name": "name", "requestState": .string(state)], id: 3)
    #expect(late.code == -32602)
  }

  @Test(arguments: ["2024-11-05", "2025-06-18", "2026-07-28"])
  @LoopActor func `a client that cannot answer is told so`(_ version: String) async {
    let talk = Talk(Sample.catalog, version)
    talk.capabilities = [:]
    await talk.open()
    let answer = await talk.call("name")
    if talk.isStateless {
      #expect(answer.code == -32021)
      #expect(answer["error"]?["data"]?["requiredCapabilities"] == ["elicitation": [:]])
    } else {
      #expect(answer.result["isError"] == true)
    }
  }

  @Test @LoopActor func `a question is withdrawn with the call that asked it`() async {
    let talk = Talk(Sample.catalog, "2025-06-18")
    await talk.open()
    await talk.start("tools/call", ["name": "name"], id: 7)
    await talk.send([
      "jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": 7],
    ])
    let question = talk.notices("elicitation/create").first?["id"]
    #expect(talk.notices("notifications/cancelled").first?["params"]?["requestId"] == question)
    #expect(talk.answer(to: 7) == .null)
  }
}
