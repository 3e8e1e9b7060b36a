import EventLoop
import HTTP
import HTTPCore
import JSON
import ScriptedServer
import TestSupport
import Testing
import Transports

@LoopActor @Suite(.inTurns, .timeLimit(.minutes(15))) struct StreamableHTTPTests {
  @Test func `a frame goes out by POST and its JSON answer comes back on its exchange`()
    async throws
  {
    let harness = try await HTTPHarness { _, connection in
      await connection.answer(
        "200 OK", ["Content-Type: application/json"], body: #"{"id":1,"result":{}}"#)
    }
    #expect(try await harness.run() == [#"1 {"id":1,"result":{}}"#, "1 complete"])
    let request = harness.all[0]
    #expect(request.method == "POST" && request.target == "/mcp" && request.text == "{}")
    #expect(request.fields["Content-Type"] == "application/json")
    #expect(request.fields["Accept"] == "application/json, text/event-stream")
    #expect(!request.fields.contains("Mcp-Session-Id"))
    #expect(!request.fields.contains("MCP-Protocol-Version"))
  }

  @Test func `what is closed leaves requests of others alone, also where they share a client`()
    async throws
  {
    let client = HTTPClient()
    let asked = Latch()
    let (leaves, leave) = AsyncStream.makeStream(of: Void.self)
    let slow = try await HTTPHarness(client: client) { _, connection in
      asked.set()
      for await _ in leaves { break }
      await connection.answer(
        "200 OK", ["Content-Type: application/json"], body: #"{"id":1,"result":{}}"#)
    }
    let other = try await HTTPHarness(client: client) { _, connection in
      await connection.answer("405 Method Not Allowed")
    }
    let exchange = try slow.transport.send(.ping)
    await asked.wait()
    await other.transport.close()
    leave.yield()
    try await slow.inbox.wait { $0.ended.contains { $0.0 == exchange } }
    #expect(slow.inbox.transcript == [#"1 {"id":1,"result":{}}"#, "1 complete"])
  }

  @Test
  func `an event stream's messages come before its end, which does not wait for the stream's`()
    async throws
  {
    let harness = try await HTTPHarness { _, connection in
      await connection.openStream()
      await connection.write(": hi\r\n\r\nevent: message\r\ndata: {\"method\":\"a\"}\r\n\r\n")
      await connection.event(#"{"id":1,"#, id: "7")
      await connection.write("data: {\"id\":1,\ndata: \"result\":{}}\n\n")
      await connection.waitForEnd()
    }
    #expect(
      try await harness.run()
        == [#"1 {"method":"a"}"#, "noise 8", #"1 {"id":1,"result":{}}"#, "1 complete"])
    await harness.transport.close()
  }

  @Test func `a stream reads the same when it drips byte by byte`() async throws {
    let harness = try await HTTPHarness { _, connection in
      await connection.openStream()
      for byte in Array("id: 1\ndata: {\"id\":1,\"result\":\"é世\"}\n\n".utf8) {
        await connection.write([byte])
        await Task.yield()
      }
    }
    #expect(try await harness.run() == [#"1 {"id":1,"result":"é世"}"#, "1 complete"])
  }

  @Test func `a notification is over when it is taken`() async throws {
    for (status, body) in [
      ("202 Accepted", ""), ("200 OK", "Accepted"), ("204 No Content", ""),
      ("200 OK", #"{"jsonrpc":"2.0","result":{}}"#), ("202 Accepted", "null"),
    ] {
      let harness = try await HTTPHarness { _, connection in
        await connection.answer(status, ["Content-Type: application/json"], body: body)
      }
      #expect(try await harness.run(.notice) == ["1 accepted"], "\(status) \(body)")
    }
  }

  @Test func `refusals come with their status and what JSON they hold`() async throws {
    let rows: [(String, [String], String, String)] = [
      (
        "400 Bad Request", ["Content-Type: application/json"], #"{"id":"server-error","error":{}}"#,
        #"1 refused 400 {"id":"server-error","error":{}}"#
      ),
      (
        "400 Bad Request", ["Content-Type: text/plain"], #"{"id":null,"error":{"code":-32022}}"#,
        #"1 refused 400 {"id":null,"error":{"code":-32022}}"#
      ),
      (
        "400 Bad Request", ["Content-Type: text/event-stream"], "data: {\"error\":{}}\n\n",
        #"1 refused 400 {"error":{}}"#
      ),
      ("400 Bad Request", [], "", "1 refused 400 –"),
      ("401 Unauthorized", ["WWW-Authenticate: Bearer"], "", "1 refused 401 –"),
      ("403 Forbidden", [], "no", "1 refused 403 –"),
      (
        "404 Not Found", [], #"{"error":{"code":-32601}}"#,
        #"1 refused 404 {"error":{"code":-32601}}"#
      ),
      ("405 Method Not Allowed", ["Allow: GET"], "", "1 refused 405 –"),
      ("406 Not Acceptable", [], "", "1 refused 406 –"),
      ("413 Too Large", [], "", "1 refused 413 –"),
      ("415 Unsupported", [], "", "1 refused 415 –"),
      ("429 Slow Down", ["Retry-After: 3"], "", "1 refused 429 –"),
      ("500 Oops", ["Content-Type: text/html"], "<h1>", "1 refused 500 –"),
      ("503 Busy", [], "true", "1 refused 503 –"),
      ("304 Not Modified", [], "", "1 refused 304 –"),
    ]
    for (status, headers, body, expected) in rows {
      let harness = try await HTTPHarness { _, connection in
        await connection.answer(status, headers, body: body)
      }
      let told = try await harness.run()
      #expect(told == [expected], "\(status)")
    }
  }

  @Test func `a refusal keeps its headers`() async throws {
    let harness = try await HTTPHarness { _, connection in
      await connection.answer(
        "401 No", ["WWW-Authenticate: A", "www-authenticate: B"], body: "why")
    }
    _ = try await harness.run()
    guard case .refused(let refusal) = harness.inbox.ended.first?.1 else {
      Issue.record("not refused")
      return
    }
    #expect(refusal.headers.all("WWW-Authenticate") == ["A", "B"])
    #expect(String(decoding: refusal.body, as: UTF8.self) == "why")
  }

  @Test func `odd answers are read where they can be, and told where not`() async throws {
    let good = #"{"id":1,"result":{}}"#
    let rows: [(String, [String], String, [String])] = [
      ("200 OK", ["Content-Type: text/plain"], good, ["1 \(good)", "1 complete"]),
      ("200 OK", [], good, ["1 \(good)", "1 complete"]),
      (
        "201 Made", ["Content-Type: application/json; charset=UTF-8"], good,
        ["1 \(good)", "1 complete"]
      ),
      ("200 OK", ["Content-Type: application/json"], "[\(good)]", ["1 [\(good)]", "1 complete"]),
      ("200 OK", [], "data: \(good)\n\n", ["1 \(good)", "1 complete"]),
      (
        "200 OK", ["Content-Type: text/plain"], "event: message\ndata: \(good)",
        ["1 \(good)", "1 complete"]
      ),
      (
        "200 OK", ["Content-Type: text/event-stream"], "data: \(good)", ["1 \(good)", "1 complete"]
      ),
      ("200 OK", ["Content-Type: text/event-stream"], "", ["1 unanswered"]),
      ("200 OK", ["Content-Type: text/event-stream"], good, ["1 \(good)", "1 complete"]),
      (
        "200 OK", ["Content-Type: text/html"], "<html>",
        [
          "noise 6",
          "1 failed: answer: the answer is a web page, not JSON: a wrong path, or a sign-in page in front",
        ]
      ),
      (
        "200 OK", ["Content-Type: text/plain"], "hello",
        ["noise 5", "1 failed: answer: the answer is text/plain, not JSON"]
      ),
      (
        "200 OK", [], "hello",
        ["noise 5", "1 failed: answer: the answer is of no named type, not JSON"]
      ),
      (
        "200 OK", ["Content-Type: application/json"], "7",
        ["noise 1", "1 failed: message: the answer is JSON but no message"]
      ),
      ("200 OK", [], "", ["1 failed: message: the answer is empty (HTTP 200)"]),
      ("202 Accepted", [], "", ["1 accepted"]),
      ("204 No Content", [], "", ["1 failed: message: the answer is empty (HTTP 204)"]),
    ]
    for (status, headers, body, expected) in rows {
      let harness = try await HTTPHarness { _, connection in
        await connection.answer(status, headers, body: body)
        connection.close()
      }
      #expect(try await harness.run() == expected, "\(status) \(headers) \(body)")
    }
    let harness = try await HTTPHarness { _, connection in
      await connection.answer("200 OK", ["Content-Type: application/json"], body: #"{"id":1,"#)
    }
    let told = try await harness.run()
    #expect(
      told[0] == "noise 8" && told[1].hasPrefix("1 failed: message: the answer is broken JSON: "))
  }

  @Test func `a body that something was done to is told by what was done`() async throws {
    let good = #"{"id":1,"result":{}}"#
    let wide: [UInt8] = [0xFF, 0xFE] + good.utf8.flatMap { [$0, 0] }
    let packed = "compressed with gzip, and no Content-Encoding says so"
    let rows: [(String, [UInt8], String)] = [
      ("application/json", wide, "message: the answer is text in UTF-16, and JSON must be UTF-8"),
      (
        "application/json", [0xFE, 0xFF, 0x00, 0x7B],
        "message: the answer is text in UTF-16, and JSON must be UTF-8"
      ),
      ("application/json", [0x1F, 0x8B, 0x08, 0x00], "message: the answer is \(packed)"),
      ("application/x-gzip", [0x1F, 0x8B, 0x08, 0x00], "answer: the answer is \(packed)"),
      (
        "application/json; charset=utf-8", Array(")]}',\n\(good)".utf8),
        "message: the answer is JSON behind )]}', a prefix against scripts that clients of MCP do not expect"
      ),
    ]
    for (type, body, expected) in rows {
      let harness = try await HTTPHarness { _, connection in
        let lines = ["HTTP/1.1 200 OK", "Content-Length: \(body.count)", "Content-Type: \(type)"]
        await connection.write(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
        connection.close()
      }
      #expect(try await harness.run().last == "1 failed: \(expected)")
    }
  }

  @Test func `losses on the way are told by layer`() async throws {
    let rows: [(String, String)] = [
      (
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"id\"",
        "answer"
      ),
      (
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n5\r\ndata:",
        "answer"
      ),
      ("", "request"), ("nonsense\r\n\r\n", "answer"),
    ]
    for (bytes, layer) in rows {
      let harness = try await HTTPHarness { _, connection in
        await connection.write(bytes)
        connection.close()
      }
      let told = try await harness.run()
      #expect(told.count == 1 && told[0].hasPrefix("1 failed: \(layer): "), "\(told)")
    }
    let gone = try await HTTPHarness { _, _ in }
    gone.server.stop()
    #expect(
      try await gone.run()
        == [
          "1 failed: connection: 127.0.0.1:\(gone.server.port) refused the connection: nothing listens there"
        ])
  }

  @Test func `silence ends an exchange at its own limit`() async throws {
    let harness = try await HTTPHarness { _, connection in await connection.waitForEnd() }
    var frame = OutgoingFrame.ping
    frame.idleLimit = .milliseconds(30)
    #expect(
      try await harness.run(frame)
        == ["1 failed: time limit: 127.0.0.1:\(harness.server.port) sent nothing for 30 ms"])
  }

  @Test func `answers come back on their own exchanges whatever their order`() async throws {
    let harness = try await HTTPHarness { request, connection in
      await connection.answer("200 OK", [], body: #"{"result":\#(request.text)}"#)
    }
    for number in 1...20 {
      try harness.transport.send(OutgoingFrame(bytes: Array("\(number)".utf8), purpose: .request))
    }
    try await harness.inbox.wait { $0.ended.count == 20 }
    for number in 1...20 {
      #expect(harness.inbox.transcript.contains(#"\#(number) {"result":\#(number)}"#))
    }
  }

  @Test func `a cancelled exchange closes its stream and is not heard of again`() async throws {
    let (steps, step) = AsyncStream.makeStream(of: String.self)
    let harness = try await HTTPHarness { _, connection in
      await connection.openStream()
      await connection.event(#"{"method":"a"}"#)
      step.yield("open")
      await connection.waitForEnd()
      step.yield("gone")
    }
    var iterator = steps.makeAsyncIterator()
    let exchange = try harness.transport.send(.ping)
    #expect(await iterator.next() == "open")
    try await harness.inbox.waitForEvents(1)
    harness.transport.cancel(exchange)
    #expect(await iterator.next() == "gone")
    await harness.transport.close()
    #expect(harness.inbox.transcript == [#"1 {"method":"a"}"#, "closed"])
  }

  @Test func `a large answer arrives whole`() async throws {
    let text = String(repeating: "x", count: 3 << 20)
    let harness = try await HTTPHarness { _, connection in
      await connection.openStream()
      await connection.event(#"{"id":1,"result":"\#(text)"}"#)
    }
    _ = try await harness.run()
    #expect(harness.inbox.frames[0]["result"]?.string?.utf8.count == 3 << 20)
  }
}
