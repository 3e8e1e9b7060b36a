import EventLoop
import JSON
import TestSupport
import Testing

@testable import MCPServer

@Suite(.inTurns) struct ListenTests {
  @Test @LoopActor func `a listener hears what it asked for, tagged with its own id`() async {
    let talk = Talk(Sample.catalog, "2026-07-28")
    await talk.start(
      "subscriptions/listen",
      [
        "notifications": [
          "toolsListChanged": true, "resourceSubscriptions": ["note://one", "other://x"],
        ]
      ], id: "sub")
    #expect(talk.heard.count == 1)
    let first = talk.heard.first?["params"] ?? .null
    #expect(talk.heard.first?["method"] == "notifications/subscriptions/acknowledged")
    #expect(
      first["notifications"] == ["toolsListChanged": true, "resourceSubscriptions": ["note://one"]])
    #expect(first["_meta"]?["io.modelcontextprotocol/subscriptionId"] == "sub")
    let registry = talk.server.registry
    registry.announce(.tools)
    registry.announce(.prompts)
    registry.announce(.resource(uri: "note://one"))
    registry.announce(.resource(uri: "note://two"))
    #expect(
      talk.heard.dropFirst().map { $0["method"]?.string } == [
        "notifications/tools/list_changed", "notifications/resources/updated",
      ])
    await talk.send([
      "jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": "sub"],
    ])
    talk.forget()
    registry.announce(.tools)
    #expect(talk.heard.isEmpty)
  }

  @Test(arguments: ["2024-11-05", "2025-11-25"])
  @LoopActor func `a session hears of lists, and of resources it has subscribed to`(
    _ version: String
  ) async {
    let talk = Talk(Sample.catalog, version)
    await talk.open()
    let registry = talk.server.registry
    registry.announce(.tools)
    registry.announce(.resource(uri: "note://one"))
    #expect(talk.notices("notifications/tools/list_changed").count == 1)
    #expect(talk.notices("notifications/resources/updated").isEmpty)
    #expect(await talk.ask("resources/subscribe", ["uri": "note://one"]).result == [:])
    registry.announce(.resource(uri: "note://one"))
    #expect(talk.notices("notifications/resources/updated").count == 1)
    #expect(await talk.ask("resources/unsubscribe", ["uri": "note://one"], id: 2).result == [:])
    registry.announce(.resource(uri: "note://one"))
    #expect(talk.notices("notifications/resources/updated").count == 1)
  }

  @Test @LoopActor func `a session's log level decides what it hears`() async {
    let talk = Talk(Sample.catalog, "2025-06-18")
    await talk.open()
    #expect(await talk.ask("logging/setLevel", ["level": "loud"]).code == -32602)
    #expect(await talk.ask("logging/setLevel", ["level": "debug"], id: 2).result == [:])
    await talk.start("tools/call", ["name": "wait"], id: 3)
    #expect(talk.notices("notifications/message").count == 2)
  }

  @Test @LoopActor func `a stream that ends has its listeners answered`() async {
    let talk = Talk(Sample.catalog, "2026-07-28")
    await talk.start(
      "subscriptions/listen", ["notifications": ["toolsListChanged": true]], id: "sub")
    await talk.link?.finish(within: .seconds(1))
    let answer = talk.answer(to: "sub").result
    #expect(answer["resultType"] == "complete")
    #expect(answer["_meta"]?["io.modelcontextprotocol/subscriptionId"] == "sub")
  }
}
