import EventLoop
import HTTP
import HTTPCore
import ScriptedServer
import TestSupport
import Testing

@LoopActor @Suite(.inTurns, .timeLimit(.minutes(15))) struct HTTPClientTests {
  @Test func `a request goes out as given and its answer comes back whole`() async throws {
    var seen: ScriptedRequest?
    let server = try ScriptedServer { connection in
      seen = await connection.request()
      await connection.answer("201 Made", ["X-A: 1", "x-a:  2 ", "Empty:"], body: "done")
    }
    let answer = try await Exchange.run(
      HTTPRequest(
        "POST", WebURL(server.url("/mcp?x=1")), fields: ["Content-Type": "text/x", "X-Empty": ""],
        body: Array("hello".utf8)))
    #expect(answer.head.status == 201)
    #expect(answer.head.reason == "Made")
    #expect(answer.head.fields.all("x-a") == ["1", "2"])
    #expect(answer.head.fields["empty"] == "")
    #expect(answer.text == "done")
    #expect(seen?.method == "POST")
    #expect(seen?.target == "/mcp?x=1")
    #expect(seen?.text == "hello")
    #expect(seen?.fields["Content-Type"] == "text/x")
    #expect(seen?.fields["X-Empty"] == "")
    for name in ["Expect", "User-Agent", "Accept", "Authorization"] {
      #expect(seen?.fields.contains(name) == false, "\(name)")
    }
  }

  @Test func `facts tell timings, peer and sizes`() async throws {
    let server = try ScriptedServer { connection in
      while await connection.request() != nil { await connection.answer(body: "12345") }
    }
    let client = HTTPClient()
    let url = try WebURL(server.url())
    let first = try await Exchange.run(HTTPRequest("GET", url), client)
    #expect(first.facts.peer == "127.0.0.1:\(server.port)")
    #expect(first.facts.version == "1.1")
    #expect(first.facts.timings.connected != nil && first.facts.timings.secured == nil)
    #expect(first.facts.timings.firstByte != nil && first.facts.timings.total != nil)
    #expect(first.facts.responseSize > 5 && first.facts.requestSize > 20)
    #expect(!first.facts.isReused)
    let second = try await Exchange.run(HTTPRequest("GET", url), client)
    #expect(second.facts.isReused)
    #expect(server.connections == 1)
  }

  @Test func `a body arrives in pieces as they come`() async throws {
    let (gates, gate) = AsyncStream.makeStream(of: Void.self)
    let server = try ScriptedServer { connection in
      _ = await connection.request()
      await connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n")
      for await _ in gates { await connection.write("3\r\nabc\r\n") }
      await connection.write("0\r\nX-Sum: 9\r\n\r\n")
    }
    let exchange = HTTPClient().send(HTTPRequest("GET", try WebURL(server.url())))
    #expect(try await exchange.head().status == 200)
    for _ in 0..<3 {
      gate.yield()
      #expect(try await exchange.chunk() == Array("abc".utf8))
    }
    gate.finish()
    #expect(try await exchange.chunk() == nil)
    #expect(exchange.trailers["x-sum"] == "9")
  }

  @Test func `what is not read makes the server wait`() async throws {
    var sent = 0
    let block = [UInt8](repeating: 0x61, count: 1 << 20)
    let server = try ScriptedServer { connection in
      _ = await connection.request()
      await connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(40 << 20)\r\n\r\n")
      for _ in 0..<40 {
        await connection.write(block)
        sent += 1
      }
    }
    let exchange = HTTPClient().send(HTTPRequest("GET", try WebURL(server.url())))
    _ = try await exchange.head()
    var before = -1
    while before != sent {
      before = sent
      try await LoopActor.loop.clock.sleep(for: .milliseconds(10))
    }
    #expect(sent < 30)
    #expect(try await exchange.body().count == 40 << 20)
  }

  @Test func `a cancelled exchange closes its connection`() async throws {
    let (steps, step) = AsyncStream.makeStream(of: String.self)
    let server = try ScriptedServer { connection in
      _ = await connection.request()
      step.yield("asked")
      await connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: hi\n\n")
      await connection.waitForEnd()
      step.yield("gone")
    }
    var iterator = steps.makeAsyncIterator()
    let client = HTTPClient()
    let exchange = client.send(HTTPRequest("GET", try WebURL(server.url())))
    _ = try await exchange.chunk()
    exchange.cancel()
    await #expect(throws: HTTPError.self) { try await exchange.chunk() }
    #expect(await iterator.next() == "asked")
    #expect(await iterator.next() == "gone")

    let task = Task {
      let exchange = client.send(HTTPRequest("GET", try WebURL(server.url())))
      _ = try await exchange.body()
    }
    #expect(await iterator.next() == "asked")
    task.cancel()
    await #expect(throws: HTTPError.self) { try await task.value }
    #expect(await iterator.next() == "gone")
  }

  @Test func `credentials in the URL become a header and stay out of the target`() async throws {
    var seen: ScriptedRequest?
    let server = try ScriptedServer { connection in
      seen = await connection.request()
      await connection.answer()
    }
    let url = try WebURL("http://me:p%40ss@127.0.0.1:\(server.port)/x")
    _ = try await Exchange.run(HTTPRequest("GET", url))
    #expect(seen?.target == "/x")
    #expect(seen?.fields["Authorization"] == "Basic bWU6cEBzcw==")
  }

  @Test func `interim answers are passed over`() async throws {
    let server = try ScriptedServer { connection in
      _ = await connection.request()
      await connection.write("HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n")
      await connection.answer("200 OK", ["X: y"], body: "z")
    }
    let answer = try await Exchange.run(HTTPRequest("GET", WebURL(server.url())))
    #expect(answer.head.status == 200)
    #expect(answer.head.fields["Link"] == nil)
    #expect(answer.text == "z")
  }

  @Test func `redirects are left to the caller`() async throws {
    let server = try ScriptedServer { connection in
      while await connection.request() != nil {
        await connection.answer("307 Temporary Redirect", ["Location: /x"])
      }
    }
    let answer = try await Exchange.run(HTTPRequest("GET", WebURL(server.url())))
    #expect(answer.head.status == 307)
    #expect(server.connections == 1)
  }

  @Test func `methods, heads and empty bodies are as named`() async throws {
    var seen: [String] = []
    let server = try ScriptedServer { connection in
      while let request = await connection.request() {
        seen.append(
          "\(request.method) \(request.body.count) \(request.fields["Content-Length"] ?? "–")")
        await connection.write("HTTP/1.1 204 No Content\r\n\r\n")
      }
    }
    let client = HTTPClient()
    for (method, body) in [("DELETE", ""), ("HEAD", ""), ("POST", ""), ("PUT", "x"), ("GET", "")] {
      let request = HTTPRequest(method, try WebURL(server.url()), body: Array(body.utf8))
      #expect(try await Exchange.run(request, client).head.status == 204)
    }
    #expect(seen == ["DELETE 0 –", "HEAD 0 –", "POST 0 0", "PUT 1 1", "GET 0 –"])
  }
}

/// A whole answer.
@LoopActor
struct Exchange {
  let head: HTTPResponseHead
  let body: [UInt8]
  let facts: HTTPFacts

  var text: String { String(decoding: body, as: UTF8.self) }

  static func run(
    _ request: @autoclosure () throws -> HTTPRequest, _ client: HTTPClient? = nil
  ) async throws -> Exchange {
    let exchange = (client ?? HTTPClient()).send(try request())
    let head = try await exchange.head()
    let body = try await exchange.body()
    return Exchange(head: head, body: body, facts: exchange.facts)
  }
}
