import EventLoop
import HTTPCore
import JSON
import JSONSchema
import MCPProtocol
import TestSupport
import Testing

@testable import MCPServer

@Suite(.inTurns) struct CallTests {
  @Test(arguments: everyVersion)
  @LoopActor func `a tool is called in every revision`(_ version: String) async {
    let talk = Talk(Sample.catalog, version)
    await talk.open()
    let answer = await talk.call("add", ["a": 2, "b": 3])
    #expect(answer.text == #"{"sum":5}"#)
    #expect((answer.result["structuredContent"] != nil) == (version >= "2025-06-18"))
    #expect((answer.result["resultType"] != nil) == talk.isStateless)
  }

  @Test(arguments: everyVersion)
  @LoopActor func `wrong arguments are told where the revision wants it`(_ version: String) async {
    let talk = Talk(Sample.catalog, version)
    await talk.open()
    let answer = await talk.call("add", ["a": "two"])
    if version >= "2025-11-25" {
      #expect(answer.result["isError"] == true)
      #expect(answer.text?.contains("b") == true)
    } else {
      #expect(answer.code == -32602)
    }
    #expect(await talk.call("nothing", id: 2).code == -32602)
    #expect(await talk.call("add", [1], id: 3).code == -32602)
  }

  @Test @LoopActor func `output that its schema forbids does not leave`() async {
    let talk = Talk(Sample.catalog, "2025-06-18")
    await talk.open()
    let answer = await talk.call("broken")
    #expect(answer.result["isError"] == true)
    #expect(answer.result["structuredContent"] == nil)
  }

  @Test(arguments: everyVersion)
  @LoopActor func `progress and log go before the answer`(_ version: String) async {
    let talk = Talk(Sample.catalog, version)
    await talk.open()
    talk.meta = ["progressToken": "t"]
    if talk.isStateless { talk.meta["io.modelcontextprotocol/logLevel"] = "info" }
    await talk.start("tools/call", ["name": "wait"], id: 5)
    #expect(talk.answer(to: 5) == .null)
    let progress = talk.notices("notifications/progress")
    #expect(progress.count == 1)
    #expect(progress.first?["params"]?["progressToken"] == "t")
    #expect((progress.first?["params"]?["message"] != nil) == (version >= "2025-03-26"))
    #expect(talk.notices("notifications/message").count == 1)
    #expect(await talk.later(5).text == "done")
  }

  @Test @LoopActor func `nothing is logged for a request that does not ask for it`() async {
    let talk = Talk(Sample.catalog, "2026-07-28")
    await talk.start("tools/call", ["name": "wait"], id: 5)
    #expect(talk.notices("notifications/message").isEmpty)
    #expect(talk.notices("notifications/progress").isEmpty)
  }

  @Test(arguments: ["2025-06-18", "2026-07-28"])
  @LoopActor func `a cancelled call is never answered`(_ version: String) async {
    let talk = Talk(Sample.catalog, version)
    await talk.open()
    await talk.start("tools/call", ["name": "wait"], id: 5)
    await talk.send([
      "jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": 5],
    ])
    await talk.clock.advance(by: .seconds(2))
    #expect(talk.answer(to: 5) == .null)
    #expect(await talk.call("add", ["a": 1, "b": 1], id: 5).text == #"{"sum":2}"#)
  }

  @Test(arguments: everyVersion)
  @LoopActor func `resources are read by address and by template`(_ version: String) async {
    let talk = Talk(Sample.catalog, version)
    await talk.open()
    let missing = talk.isStateless ? -32602 : -32002
    let note = await talk.ask("resources/read", ["uri": "note://one"])
    #expect(note.result["contents"]?[0]?["text"] == "a note")
    let file = await talk.ask("resources/read", ["uri": "file:///x"], id: 2)
    #expect(file.result["contents"]?[0]?["text"] == "file x")
    for (id, uri) in [(3, "file:///none"), (4, "other://x")] {
      let answer = await talk.ask(
        "resources/read", ["uri": .string(uri)], id: .number(JSONNumber(id)))
      #expect(answer.code == missing)
      #expect(answer["error"]?["data"]?["uri"]?.string == uri)
    }
  }

  @Test @LoopActor func `prompts and completions are answered`() async {
    let talk = Talk(Sample.catalog, "2025-06-18", caller: Caller(principal: "me"))
    await talk.open()
    let prompt = await talk.ask("prompts/get", ["name": "greeting", "arguments": ["who": "you"]])
    #expect(prompt.result["messages"]?[0]?["content"]?["text"] == "Hello you")
    #expect(await talk.ask("prompts/get", ["name": "greeting"], id: 2).code == -32602)
    let values = await talk.ask(
      "completion/complete",
      [
        "ref": ["type": "ref/prompt", "name": "greeting"],
        "argument": ["name": "who", "value": "a"],
      ], id: 3)
    #expect(values.result["completion"]?["values"] == ["a!", "me"])
    let names = await talk.ask(
      "completion/complete",
      [
        "ref": ["type": "ref/resource", "uri": "file:///{name}"],
        "argument": ["name": "name", "value": "AL"],
      ], id: 4)
    #expect(names.result["completion"]?["values"] == ["alpha"])
  }

  @Test @LoopActor
  func `S4: who lacks a scope is refused before the arguments are read, and noted`()
    async
  {
    let log = ListLog()
    let talk = Talk(Sample.catalog, "2025-06-18", gate: ScopeGate(), log: log)
    await talk.open()
    #expect(await talk.call("secret", ["x": 1]).result["isError"] == true)
    _ = await talk.call("add", ["a": 1, "b": 2], id: 2)
    _ = await talk.call("add", ["a": 1], id: 3)
    _ = await talk.call("nothing", id: 4)
    #expect(
      log.events.map(\.outcome.short) == ["denied", "succeeded", "failed", "failed"])
    #expect(log.events.map(\.name) == ["secret", "add", "add", "nothing"])
  }

  @Test @LoopActor func `a message has the rights it came with, not those of the stream`() async {
    let caller = Caller(principal: "ann", scopes: ["write"])
    let talk = Talk(Sample.catalog, "2024-11-05", gate: ScopeGate(), caller: caller)
    await talk.open()
    #expect(await talk.call("secret").result["isError"] != true)
    let call: JSON = [
      "jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": ["name": "secret"],
    ]
    talk.link?.receive(call.compactBytes, from: Caller(principal: "ann"))
    await LoopActor.loop.settle()
    #expect(talk.answer(to: 2).result["isError"] == true)
  }

  @Test @LoopActor func `no answer leaves before its event is kept`() async {
    let log = ListLog()
    log.holds = true
    let talk = Talk(Sample.catalog, "2025-06-18", log: log)
    await talk.open()
    #expect(await talk.call("add", ["a": 1, "b": 2]) == .null)
    log.release(.kept)
    #expect(await talk.later(1).text == #"{"sum":3}"#)
    await talk.start("tools/call", ["name": "secret"], id: 2)
    log.release(.lost("disk full"))
    #expect(await talk.later(2).code == -32603)
  }
}

@LoopActor
final class ListLog: InvocationLog {
  private(set) var events: [InvocationEvent] = []
  var holds = false
  private var waiting: [@LoopActor (Recording) -> Void] = []

  nonisolated init() {}

  func record(_ event: InvocationEvent, then: @escaping @LoopActor (Recording) -> Void) {
    events.append(event)
    if holds { waiting.append(then) } else { then(.kept) }
  }

  func release(_ recording: Recording) {
    let all = waiting
    waiting = []
    for then in all { then(recording) }
  }
}

/// Lets everyone do what needs no scope.
@LoopActor
final class ScopeGate: AccessGate {
  nonisolated init() {}

  func admit(_ credentials: Credentials, then: @escaping @LoopActor (Admission) -> Void) {
    then(.admitted(.local))
  }

  func judge(_ caller: Caller, _ need: AccessNeed) -> AccessVerdict {
    if caller.scopes.isSuperset(of: need.scopes) { return .allowed }
    return .denied(
      AccessRefusal(
        status: 403, text: "The scope write is missing.",
        fields: ["WWW-Authenticate": "Bearer error=\"insufficient_scope\", scope=\"write\""]))
  }
}

extension InvocationOutcome {
  var short: String {
    switch self {
    case .succeeded: "succeeded"
    case .toolFailed: "toolFailed"
    case .failed: "failed"
    case .denied: "denied"
    case .cancelled: "cancelled"
    case .asked: "asked"
    case .task: "task"
    }
  }
}
