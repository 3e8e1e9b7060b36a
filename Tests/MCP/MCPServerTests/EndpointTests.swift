import EventLoop
import HTTP
import HTTPCore
import JSON
import TestSupport
import Testing

@testable import MCPServer

@LoopActor @Suite(.inTurns, .timeLimit(.minutes(15))) struct EndpointTests {
  @Test(arguments: ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])
  func `a session is opened, used and ended`(_ version: String) async throws {
    let wire = try Wire()
    defer { wire.stop() }
    let session = try await wire.open(version)
    let listed = try await wire.ask("tools/list", session: session)
    #expect(listed.json["result"]?["tools"]?.array?.count == 8)
    let ended = try await wire.send("DELETE", session.fields)
    #expect(ended.status == 200)
    #expect(try await wire.ask("tools/list", session: session).status == 404)
  }

  @Test func `a request that stands alone needs no session, and none is made for it`() async throws
  {
    let wire = try Wire()
    defer { wire.stop() }
    let answer = try await wire.alone(
      "tools/call", ["name": "add", "arguments": ["a": 1, "b": 2]])
    #expect(answer.status == 200)
    #expect(answer.fields["Content-Type"] == "application/json")
    #expect(answer.fields["Mcp-Session-Id"] == nil)
    #expect(answer.json["result"]?["structuredContent"] == ["sum": 3])
    #expect(wire.endpoint.sessions.isEmpty)
  }

  struct Refusal: Sendable {
    var what: String
    var fields: HTTPFields = [:]
    var body = #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#
    var method = "POST"
    var status: Int
    var code: Int? = -32600
  }

  private nonisolated static let refusals: [Refusal] = [
    Refusal(what: "no session", status: 400),
    Refusal(what: "unknown session", fields: ["Mcp-Session-Id": "x"], status: 404),
    Refusal(what: "no JSON", body: "{", status: 400, code: -32700),
    Refusal(
      what: "another version of JSON-RPC",
      body: #"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, status: 400),
    Refusal(what: "no version of JSON-RPC", body: #"{"id":1,"method":"ping"}"#, status: 400),
    Refusal(what: "no message", body: "7", status: 400),
    Refusal(
      what: "an id that no answer can carry",
      body: #"{"jsonrpc":"2.0","id":{},"method":"tools/list"}"#, status: 400),
    Refusal(what: "other content", fields: ["Content-Type": "text/plain"], status: 415),
    Refusal(what: "JSON only", fields: ["Accept": "application/json"], status: 406),
    Refusal(
      what: "no stream", fields: ["Accept": "application/json, text/event-stream;q=0"], status: 406),
    Refusal(
      what: "all but a stream", fields: ["Accept": "*/*, text/event-stream; q=0.0"], status: 406),
    Refusal(
      what: "UTF-16", fields: ["Content-Type": "application/json; charset=utf-16"], status: 415),
    Refusal(what: "a packed body", fields: ["Content-Encoding": "gzip"], status: 415),
    Refusal(what: "foreign host", fields: ["Host": "evil.example.com"], status: 403),
    Refusal(what: "foreign page", fields: ["Origin": "https://evil.example.com"], status: 403),
    Refusal(what: "sandboxed page", fields: ["Origin": "null"], status: 403),
    Refusal(what: "PUT", method: "PUT", status: 405),
    Refusal(what: "GET without a session", method: "GET", status: 405),
    Refusal(what: "DELETE without a session", method: "DELETE", status: 405),
    Refusal(
      what: "unknown version", fields: ["MCP-Protocol-Version": "1999-01-01"], status: 400,
      code: -32022),
    Refusal(
      what: "no envelope",
      fields: ["MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/list"],
      status: 400, code: -32602),
  ]

  @Test(arguments: refusals)
  func `what cannot be served is refused by status and code`(_ refusal: Refusal) async throws {
    let wire = try Wire()
    defer { wire.stop() }
    let answer = try await wire.send(
      refusal.method, refusal.fields, refusal.method == "POST" ? refusal.body : "")
    #expect(answer.status == refusal.status, "\(refusal.what)")
    #expect(answer.json.code == refusal.code, "\(refusal.what)")
  }

  @Test(
    arguments: [
      ["Accept": "*/*"], ["Accept": "text/*;q=0.1, application/json ; Q=1, image/png;q=0"],
      ["Accept": "*/*;q=0, application/json, text/event-stream"],
      ["Content-Type": "application/json; charset=\"UTF-8\""], ["Content-Encoding": "identity"],
    ] as [HTTPFields])
  func `what can be served is not refused for how it is written`(_ fields: HTTPFields) async throws
  {
    let wire = try Wire()
    defer { wire.stop() }
    #expect(try await wire.alone("tools/list", fields: fields).status == 200)
  }

  @Test(arguments: ["localhost", "127.0.0.1:80", "[::1]:9"])
  func `every name of this machine is one of a loopback server's`(_ host: String) async throws {
    var rule = OriginRule()
    #expect(rule.refusal(of: ["Host": host, "Origin": "http://\(host)"]) == nil)
    #expect(rule.refusal(of: ["Host": "files.example.com"]) != nil)
    rule.hosts = ["files.example.com"]
    #expect(rule.refusal(of: ["Host": "files.example.com:80"]) == nil)
    rule.isLoopback = false
    #expect(rule.refusal(of: ["Host": "any.example.com"]) == nil)
    #expect(rule.refusal(of: ["Host": "a.example.com", "Origin": "https://b.example.com"]) != nil)
  }

  struct HeaderRow: Sendable {
    var fields: HTTPFields
    var isFine = false
  }

  @Test(arguments: [
    HeaderRow(fields: [:], isFine: true),
    HeaderRow(fields: ["Mcp-Method": "TOOLS/CALL"]), HeaderRow(fields: ["Mcp-Name": "other"]),
    HeaderRow(fields: ["Mcp-Name": "=?base64?YWRk?="], isFine: true),
    HeaderRow(fields: ["Mcp-Name": "=?base64?YWR?="]),
    HeaderRow(fields: ["MCP-Protocol-Version": "2025-11-25"]),
  ])
  func `headers that disagree with the message are refused`(_ row: HeaderRow) async throws {
    let wire = try Wire()
    defer { wire.stop() }
    let answer = try await wire.alone(
      "tools/call", ["name": "add", "arguments": ["a": 1, "b": 2]], fields: row.fields)
    #expect(answer.status == (row.isFine ? 200 : 400))
    #expect(answer.json.code == (row.isFine ? nil : -32020))
  }

  @Test func `a session belongs to who opened it`() async throws {
    let wire = try Wire(gate: NamedGate())
    defer { wire.stop() }
    let session = try await wire.open("2025-06-18", ["Authorization": "ada"])
    #expect(
      try await wire.ask("ping", session: session, ["Authorization": "ada"]).status == 200)
    #expect(
      try await wire.ask("ping", session: session, ["Authorization": "eve"]).status == 404)
    let nobody = try await wire.ask("ping", session: session)
    #expect(nobody.status == 401)
    #expect(nobody.fields["WWW-Authenticate"] == "Bearer")
  }

  @Test func `a denied call has the status and the challenge of its refusal`() async throws {
    let wire = try Wire(gate: ScopeGate())
    defer { wire.stop() }
    let answer = try await wire.alone("tools/call", ["name": "secret"])
    #expect(answer.status == 403)
    #expect(answer.fields["WWW-Authenticate"]?.contains("insufficient_scope") == true)
    #expect(answer.json["id"] == 1)
  }

  @Test func `a call that was tried is noted, however early it is refused`() async throws {
    let log = ListLog()
    let wire = try Wire(log: log)
    defer { wire.stop() }
    let none = Wire.Session(fields: [:])
    let foreign = Wire.Session(fields: ["MCP-Protocol-Version": "1999-01-01"])
    for session in [none, foreign] {
      _ = try await wire.ask("tools/call", ["name": "add"], session: session)
    }
    _ = try await wire.alone("tools/call", ["name": "add"], fields: ["Mcp-Name": "other"])
    _ = try await wire.alone("tools/call", [:])
    _ = try await wire.alone("tools/list", [:], fields: ["Mcp-Method": "other"])
    #expect(log.events.map(\.name) == ["add", "add", "add", ""])
    #expect(log.events.map(\.outcome.short) == ["failed", "failed", "failed", "failed"])
  }

  @Test func `a call that tells something before its answer is a stream`() async throws {
    let wire = try Wire()
    defer { wire.stop() }
    let session = try await wire.open("2025-11-25")
    let call: JSON = ["name": "wait", "_meta": ["progressToken": 7]]
    let started = EventLoop.task {
      try? await wire.ask("tools/call", call.object!, session: session)
    }
    while wire.clock.pendingTimers < 2 { await LoopActor.loop.nextTurn() }
    await wire.clock.advance(by: .seconds(1))
    let answer = try #require(await started.value)
    #expect(answer.fields["Content-Type"] == "text/event-stream")
    let events = answer.events
    #expect(events.first?.data.isEmpty == true && events.first?.id == "1-0")
    #expect(events.map(\.id) == ["1-0", "1-1", "1-2", "1-3"])
    #expect(events.last?.text.contains("done") == true)
    let again = try await wire.send(
      "GET", session.fields.overlaid(with: ["Last-Event-ID": "1-1", "Accept": "text/event-stream"]))
    #expect(again.events.map(\.id) == ["1-2", "1-3"])
  }
}
