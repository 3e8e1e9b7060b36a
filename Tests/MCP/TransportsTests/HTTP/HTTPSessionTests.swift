import EventLoop
import HTTPCore
import ScriptedServer
import TestSupport
import Testing
import Transports

@LoopActor @Suite(.inTurns, .timeLimit(.minutes(15))) struct HTTPSessionTests {
  private static let result = #"{"id":0,"result":{"protocolVersion":"2025-11-25"}}"#

  @Test func `a session id is taken from the answer to the opening frame and repeated`()
    async throws
  {
    for stream in [false, true] {
      let harness = try await HTTPHarness { request, connection in
        if request.text.contains("initialize"), stream {
          await connection.openStream(["Mcp-Session-Id: s-1"])
          await connection.event(Self.result)
          connection.close()
        } else if request.text.contains("initialize") {
          await connection.answer("200 OK", ["mcp-session-id: s-1"], body: Self.result)
        } else {
          await connection.answer("202 Accepted")
        }
      }
      #expect(
        try await harness.run(.opening) == ["session assigned", "1 \(Self.result)", "1 complete"])
      harness.transport.adopt(.full)
      _ = try await harness.run(.notice)
      await harness.transport.close()
      #expect(harness.all.map(\.method) == ["POST", "POST", "DELETE"])
      #expect(harness.all.map { $0.fields["Mcp-Session-Id"] ?? "–" } == ["–", "s-1", "s-1"])
      #expect(
        harness.all.map { $0.fields["MCP-Protocol-Version"] ?? "–" } == [
          "–", "2025-11-25", "2025-11-25",
        ])
      #expect(harness.inbox.transcript.last == "closed")
    }
  }

  @Test func `no id is taken from anything else`() async throws {
    let rows: [(OutgoingFrame, String, String)] = [
      (.opening, "400 Bad Request", Self.result), (.opening, "200 OK", #"{"id":0,"error":{}}"#),
      (.ping, "200 OK", Self.result), (.notice, "202 Accepted", ""),
    ]
    for (frame, status, body) in rows {
      let harness = try await HTTPHarness { _, connection in
        await connection.answer(status, ["Mcp-Session-Id: stray"], body: body)
      }
      _ = try await harness.run(frame)
      harness.transport.adopt(.full)
      _ = try await harness.run(.notice)
      #expect(!harness.inbox.transcript.contains("session assigned"), "\(status) \(body)")
      #expect(!harness.all[1].fields.contains("Mcp-Session-Id"), "\(status) \(body)")
    }
  }

  @Test func `a new opening frame starts without the old id`() async throws {
    var number = 0
    let harness = try await HTTPHarness { _, connection in
      number += 1
      await connection.answer("200 OK", ["Mcp-Session-Id: s-\(number)"], body: Self.result)
    }
    for _ in 0..<2 {
      _ = try await harness.run(.opening)
      harness.transport.adopt(.full)
    }
    _ = try await harness.run(.notice)
    #expect(harness.all.map { $0.fields["Mcp-Session-Id"] ?? "–" } == ["–", "–", "s-2"])
  }

  @Test func `closing does not wait for a server that will not end the session`() async throws {
    let harness = try await HTTPHarness { request, connection in
      if request.method == "DELETE" {
        await connection.answer("405 Method Not Allowed")
      } else {
        await connection.answer("200 OK", ["Mcp-Session-Id: s"], body: Self.result)
      }
    }
    _ = try await harness.run(.opening)
    harness.transport.adopt(.full)
    await harness.transport.close()
    await harness.transport.close()
    #expect(harness.inbox.transcript.suffix(1) == ["closed"])
    #expect(throws: TransportFailure.notOpen) { try harness.transport.send(.ping) }
  }

  @Test func `a frame's own headers go with it alone`() async throws {
    let harness = try await HTTPHarness(headers: ["X-Mine": "1", "Accept": "mine"]) {
      _, connection in
      await connection.answer("202 Accepted")
    }
    harness.transport.credentials = { verb, url in
      ["Authorization": "Bearer \(verb)", "X-Mine": "no"]
    }
    var frame = OutgoingFrame.ping
    frame.headers = ["Mcp-Method": "tools/call", "Mcp-Name": "x"]
    _ = try await harness.run(frame)
    _ = try await harness.run(.notice)
    #expect(harness.all.map { $0.fields["Mcp-Name"] ?? "–" } == ["x", "–"])
    #expect(
      harness.all.map { $0.fields["Authorization"] ?? "–" } == ["Bearer POST", "Bearer POST"])
    #expect(harness.all.map { $0.fields.all("x-mine") } == [["1"], ["1"]])
    #expect(harness.all.map { $0.fields.all("accept") } == [["mine"], ["mine"]])
  }

  @Test func `redirects within the origin are followed once and remembered`() async throws {
    let harness = try await HTTPHarness(headers: ["Authorization": "Bearer x"]) {
      request, connection in
      if request.target == "/mcp" {
        await connection.answer("307 Temporary Redirect", ["Location: /mcp/"])
      } else {
        await connection.answer("200 OK", [], body: #"{"id":1,"result":\#(request.body.count)}"#)
      }
    }
    #expect(try await harness.run() == [#"1 {"id":1,"result":2}"#, "1 complete"])
    _ = try await harness.run()
    #expect(harness.all.map(\.target) == ["/mcp", "/mcp/", "/mcp/"])
    #expect(
      harness.all.allSatisfy { $0.fields["Authorization"] == "Bearer x" && $0.method == "POST" })
  }

  @Test func `credentials do not follow a redirect to another origin`() async throws {
    var asked = false
    let other = try ScriptedServer { connection in asked = await connection.request() != nil }
    let harness = try await HTTPHarness(headers: ["Authorization": "Bearer x"]) { _, connection in
      await connection.answer("308 Permanent Redirect", ["Location: \(other.url("/mcp"))"])
    }
    let told = try await harness.run()
    #expect(
      told.count == 1 && told[0].hasPrefix("1 failed: redirect: the server redirects from"),
      "\(told)")
    #expect(!asked && other.connections == 0)
    let circle = try await HTTPHarness { _, connection in
      await connection.answer("307 Temporary Redirect", ["Location: /mcp"])
    }
    #expect(try await circle.run()[0].contains("in a circle"))
  }
}
