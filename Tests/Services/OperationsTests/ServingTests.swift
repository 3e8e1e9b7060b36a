import Audit
import EventLoop
import HTTP
import HTTPCore
import JSON
import Keys
import SafeText
import TestSupport
import Testing

@testable import Operations

@LoopActor @Suite(.inTurns) struct ServingTests {
  private let scratch = ScratchFolder()

  private struct Answer {
    let status: Int
    let fields: HTTPFields
    let json: JSON?
    let text: String
  }

  /// Serves the conformance catalog to holders of a key while `work` runs.
  private func serving(
    _ work: @LoopActor (_ url: String, _ records: Records) async throws -> Void
  ) async throws {
    let store = RecordStore.folder(DataFolder(scratch.file("data")))
    var wish = ServeWish(system: "conformance", way: .http("127.0.0.1:0"))
    wish.records = store
    wish.needsKey = true
    wish.program = "1.2.3"
    let began = Latch()
    var address = ""
    let serving = try await Serving.open(wish)
    let run = EventLoop.task {
      do throws(OperationFailure) {
        try await serving.run {
          address = $0.addresses.first ?? ""
          began.set()
        }
      } catch {
        Issue.record("\(error)")
        began.set()
      }
    }
    await began.wait()
    try await work(address, Records(store))
    run.cancel()
    await run.value
  }

  private func send(
    _ method: String, _ url: String, _ headers: HTTPFields = [:], _ body: String = ""
  ) async throws -> Answer {
    let client = HTTPClient()
    defer { client.close() }
    var request = HTTPRequest(method, try WebURL(url), body: Array(body.utf8))
    request.fields = headers
    let exchange = client.send(request)
    let head = try await exchange.head()
    let text = String(decoding: try await exchange.body(), as: UTF8.self)
    return Answer(
      status: head.status, fields: head.fields, json: try? JSON.parse(text), text: text)
  }

  private func call(
    _ url: String, _ tool: String, key: String?, id: Int = 1
  ) async throws -> Answer {
    let body =
      #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"\#(tool)","arguments":{"password":"hidden"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}}}"#
    var headers: HTTPFields = [
      "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
      "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": tool,
    ]
    if let key { headers["x-api-key"] = key }
    return try await send("POST", url, headers, body)
  }

  @Test func `S5: only holders of a key come in, and every call is on the audit`() async throws {
    try await serving { url, records in
      let keys = try await records.keys()
      let system = try #require(KeySystem.named("conformance"))
      let now = LoopActor.loop.clock.wallTime
      let key = try await keys.mint(
        KeyRequest(system: system, name: "bot", scopes: ["read"], createdBy: "ann"), at: now)
      await keys.close()
      let nobody = try await call(url, "test_simple_text", key: nil)
      #expect(nobody.status == 401)
      #expect(nobody.fields["WWW-Authenticate"] == #"Bearer realm="alidade""#)
      let wrong = try await call(
        url, "test_simple_text", key: "cnf_live_" + String(repeating: "0", count: 42))
      #expect(wrong.fields["WWW-Authenticate"]?.contains("invalid_token") == true)
      let good = try await call(url, "test_simple_text", key: key.text.reveal())
      #expect(good.status == 200 && good.json?["result"] != nil, "\(good.text)")
      let audit = try await records.audit()
      let events = try await audit.newest(10)
      #expect(events.map(\.event.kind) == [.accessRefused, .accessRefused, .invoked])
      let last = try #require(events.last?.event)
      #expect(last.principal == "bot" && last.credential == key.key.prefix && last.outcome == .ok)
      #expect(last.tool == "test_simple_text" && last.request == "1")
      #expect(events.last?.arguments == #"{"password":"••••"}"#)
      #expect(try await audit.verify() == .intact(try await audit.head()))
      await audit.close()
    }
  }

  @Test func `a session is its key's, and no other's of the same name`() async throws {
    try await serving { url, records in
      let keys = try await records.keys()
      let system = try #require(KeySystem.named("conformance"))
      let now = LoopActor.loop.clock.wallTime
      let wish = KeyRequest(system: system, name: "bot", scopes: ["read"], createdBy: "ann")
      let own = try await keys.mint(wish, at: now)
      let namesake = try await keys.mint(wish, at: now)
      let next = try await keys.rotate(
        own.key, system: system, grace: .seconds(60), by: "ann", at: now)
      await keys.close()
      var headers: HTTPFields = [
        "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
        "x-api-key": own.text.reveal(),
      ]
      let opened = try await send(
        "POST", url, headers,
        #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}"#
      )
      headers["Mcp-Session-Id"] = opened.fields["Mcp-Session-Id"]
      let ping = #"{"jsonrpc":"2.0","id":2,"method":"ping"}"#
      for (key, status) in [(namesake, 404), (next, 200), (own, 200)] {
        headers["x-api-key"] = key.text.reveal()
        #expect(try await send("POST", url, headers, ping).status == status)
      }
      headers["x-api-key"] = namesake.text.reveal()
      #expect(try await send("DELETE", url, headers).status == 404)
    }
  }

  @Test func `the pages beside the endpoint tell how it is and how to come in`() async throws {
    try await serving { url, _ in
      let base = url.dropLast("/mcp".count)
      let health = try await send("GET", "\(base)/healthz")
      #expect(health.status == 200 && health.json?["status"] == "ok")
      let version = try await send("GET", "\(base)/version")
      #expect(version.json?["version"] == "1.2.3" && version.json?["system"] == "conformance")
      _ = try await call(url, "test_simple_text", key: nil)
      let metrics = try await send("GET", "\(base)/metrics")
      #expect(
        metrics.text.contains(#"alidade_refusals_total{system="conformance",reason="missing"} 1"#))
      let card = try await send("GET", "\(base)/.well-known/mcp.json")
      #expect(card.json?["endpoints"]?[0]?["url"]?.string == url)
      #expect(card.json?["authentication"]?["required"] == true)
      #expect(card.json?["tools"]?.array?.isEmpty == false)
      #expect(try await send("POST", "\(base)/healthz").status == 405)
      #expect(try await send("GET", "\(base)/nothing").status == 404)
    }
  }

  @Test func `a flood of strangers is told of in one event and counted`() {
    var limit = RefusalLimit()
    let second = LoopInstant(nanoseconds: 1_000_000_000)
    let told = (0..<100).compactMap { _ in limit.take(at: second) }
    #expect(told == Array(repeating: 0, count: 20))
    #expect(limit.take(at: LoopInstant(nanoseconds: 2_000_000_000)) == 80)
    #expect(limit.take(at: LoopInstant(nanoseconds: 2_000_000_001)) == 0)
  }

  @Test func `metrics are written as Prometheus reads them`() {
    var out = MetricsText()
    out.family("a_total", .counter, "An a.", [([("x", "q\"\\\n")], 1), ([], 0.5)])
    out.histogram("h", "An h.", bounds: [0.1, 1], counts: [2, 1], sum: 1.5, count: 4)
    #expect(
      out.text == #"""
        # HELP a_total An a.
        # TYPE a_total counter
        a_total{x="q\"\\\n"} 1
        a_total 0.5
        # HELP h An h.
        # TYPE h histogram
        h_bucket{le="0.1"} 2
        h_bucket{le="1"} 3
        h_bucket{le="+Inf"} 4
        h_sum 1.5
        h_count 4

        """#)
  }
}
