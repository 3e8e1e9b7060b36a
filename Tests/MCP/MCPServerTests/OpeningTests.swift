import EventLoop
import JSON
import TestSupport
import Testing

@testable import MCPServer

@Suite(.inTurns) struct OpeningTests {
  @Test(arguments: everyVersion)
  @LoopActor func `every revision opens in its own way`(_ version: String) async {
    let talk = Talk(Sample.catalog, version)
    if talk.isStateless {
      let answer = await talk.ask("server/discover")
      #expect(answer.result["supportedVersions"]?.array?.contains(.string(version)) == true)
      #expect(answer.result["resultType"] == "complete")
      #expect(answer.result["ttlMs"]?.int != nil)
      #expect(
        answer.result["_meta"]?["io.modelcontextprotocol/serverInfo"]?["name"] == "sample")
    } else {
      await talk.open()
      let answer = talk.answer(to: "open")
      #expect(answer.result["protocolVersion"] == .string(version))
      #expect(answer.result["serverInfo"]?["name"] == "sample")
      #expect(answer.result["resultType"] == nil)
      #expect(answer.result["instructions"] == "Be kind.")
    }
  }

  @Test(arguments: [
    ("2026-07-28", "2025-11-25"), ("1999-01-01", "2025-11-25"), ("2025-06-18", "2025-06-18"),
  ])
  @LoopActor func `a version that no session has is answered by the newest that has`(
    _ asked: String, _ given: String
  ) async {
    let talk = Talk(Sample.catalog, "")
    let answer = await talk.ask(
      "initialize", ["protocolVersion": .string(asked), "capabilities": [:]])
    #expect(answer.result["protocolVersion"] == .string(given))
  }

  struct Refusal: Sendable {
    var method: String
    var meta: JSONObject
    var code: Int
  }

  @Test(arguments: [
    Refusal(method: "tools/list", meta: JSONObject(), code: -32600),
    Refusal(
      method: "tools/list", meta: ["io.modelcontextprotocol/protocolVersion": "v9"], code: -32022),
    Refusal(
      method: "tools/list", meta: ["io.modelcontextprotocol/protocolVersion": "2026-07-28"],
      code: -32602),
    Refusal(
      method: "ping",
      meta: [
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": [:],
      ], code: -32601),
  ])
  @LoopActor func `what fits no era is refused by the code that says why`(
    _ refusal: Refusal
  ) async {
    let talk = Talk(Sample.catalog, "")
    talk.meta = refusal.meta
    #expect(await talk.ask(refusal.method).code == refusal.code)
  }

  @Test @LoopActor func `both eras share one stream`() async {
    let talk = Talk(Sample.catalog, "2025-06-18")
    await talk.open()
    talk.meta = [
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientCapabilities": [:],
    ]
    #expect(await talk.ask("tools/list", id: 2).result["resultType"] == "complete")
    talk.meta = JSONObject()
    #expect(await talk.ask("tools/list", id: 3).result["resultType"] == nil)
  }

  @Test(arguments: everyVersion)
  @LoopActor func `lists say what the revision knows of an item`(_ version: String) async {
    let talk = Talk(Sample.catalog, version)
    await talk.open()
    let tools = await talk.ask("tools/list").result["tools"]?.array ?? []
    #expect(tools.count == 8)
    #expect((tools[0]["outputSchema"] != nil) == (version >= "2025-06-18"))
    #expect((tools[0]["annotations"] != nil) == (version >= "2025-03-26"))
    #expect((tools[6]["execution"] != nil) == (version == "2025-11-25"))
    let templates = await talk.ask("resources/templates/list", id: 2)
    #expect(templates.result["resourceTemplates"]?[0]?["uriTemplate"] == "file:///{name}")
    #expect(await talk.ask("resources/list", id: 3).result["resources"]?.array?.count == 1)
    #expect(await talk.ask("prompts/list", id: 4).result["prompts"]?.array?.count == 1)
  }

  @Test @LoopActor func `pages follow each other, and a cursor from before a change is refused`()
    async
  {
    var settings = ServerSettings()
    settings.pageSize = 3
    let talk = Talk(Sample.catalog, "2025-06-18", settings: settings)
    await talk.open()
    var names: [String] = []
    var cursor: JSON?
    repeat {
      var params = JSONObject()
      params["cursor"] = cursor
      let page = await talk.ask("tools/list", params).result
      names += page["tools"]?.array?.compactMap { $0["name"]?.string } ?? []
      cursor = page["nextCursor"]
    } while cursor != nil
    #expect(names.count == 8 && Set(names).count == 8)
    cursor = await talk.ask("tools/list").result["nextCursor"]
    talk.server.registry.announce(.tools)
    #expect(await talk.ask("tools/list", ["cursor": cursor ?? .null], id: 2).code == -32602)
    #expect(await talk.ask("tools/list", ["cursor": "x"], id: 3).code == -32602)
  }

  @Test @LoopActor func `a cursor is good for the list that gave it, to the letter`() async {
    var settings = ServerSettings()
    settings.pageSize = 3
    let talk = Talk(Sample.catalog, "2025-11-25", settings: settings)
    await talk.open()
    let cursor = await talk.ask("tools/list").result["nextCursor"]?.string ?? ""
    #expect(cursor.hasSuffix("3"))
    #expect(await talk.ask("tools/list", ["cursor": .string(cursor)]).code == nil)
    let beyond = cursor.dropLast() + "9999"
    let end = cursor.dropLast() + "8"
    let signed = cursor.dropLast() + "+3"
    for wrong in [String(beyond), String(end), String(signed), " " + cursor, ""] {
      let answer = await talk.ask("tools/list", ["cursor": .string(wrong)])
      #expect(answer.code == -32602, "\(wrong)")
    }
    for list in ["prompts/list", "resources/list", "resources/templates/list", "tasks/list"] {
      #expect(await talk.ask(list, ["cursor": .string(cursor)]).code == -32602, "\(list)")
    }
  }

  @Test @LoopActor func `a batch is answered by one array, where its revision has batches`() async {
    for (version, isTaken) in [("2025-03-26", true), ("2025-06-18", false)] {
      let talk = Talk(Sample.catalog, version)
      await talk.open()
      talk.forget()
      await talk.send([
        ["jsonrpc": "2.0", "id": 1, "method": "ping"],
        ["jsonrpc": "2.0", "method": "notifications/initialized"],
        ["jsonrpc": "2.0", "id": 2, "method": "tools/list"],
      ])
      #expect(talk.heard.count == 1)
      #expect(talk.heard.first?.array?.count == (isTaken ? 2 : nil))
    }
  }

  @Test @LoopActor func `what is no message is answered by an error without an id`() async {
    let talk = Talk(Sample.catalog, "")
    for (bytes, code) in [
      ("{", -32700), ("[]", -32600), ("7", -32600), ("{\"id\":null}", -32600),
      (#"{"id":[],"method":"ping"}"#, -32600), (#"{"id":null,"method":"ping"}"#, -32600),
      (#"{"jsonrpc":"1.0","method":"ping"}"#, -32600),
    ] {
      talk.forget()
      talk.link?.receive(Array(bytes.utf8))
      #expect(talk.heard.first?.code == code, "\(bytes)")
      #expect(talk.heard.first?["id"] == .null)
    }
  }
}
