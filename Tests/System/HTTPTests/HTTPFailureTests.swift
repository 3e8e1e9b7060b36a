import EventLoop
import HTTP
import HTTPCore
import ScriptedServer
import TestSupport
import Testing

@LoopActor @Suite(.inTurns, .timeLimit(.minutes(15))) struct HTTPFailureTests {
  /// What a POST to a server that answers with these bytes ends in.
  private func failure(
    of script: @escaping ScriptedServer.Script, _ limits: HTTPLimits = HTTPLimits()
  ) async throws -> HTTPError? {
    let server = try ScriptedServer(script)
    var options = HTTPRequestOptions()
    options.limits = limits
    return try await failure(
      of: HTTPRequest("POST", WebURL(server.url("/mcp")), body: [1], options: options))
  }

  private func failure(of request: HTTPRequest) async throws -> HTTPError? {
    do {
      _ = try await Exchange.run(request)
      return nil
    } catch let error as HTTPError {
      return error
    }
  }

  private func answering(_ bytes: String) -> ScriptedServer.Script {
    { connection in
      _ = await connection.request()
      await connection.write(bytes)
    }
  }

  @Test func `broken answers name the fault`() async throws {
    let rows: [(String, HTTPFailure?)] = [
      ("", .lostBeforeResponse),
      ("HTTP/1.1 200 OK\r\n", .lostInResponse),
      ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", .lostInResponse),
      ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", .lostInResponse),
      ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n", .lostInResponse),
      ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", .notHTTP),
      ("SSH-2.0-OpenSSH_9\r\n", .notHTTP),
      (
        "HTTP/1.1 200 OK\r\nX: " + String(repeating: "y", count: 400_000) + "\r\n\r\n",
        .headTooLarge
      ),
      (
        "HTTP/1.1 200 OK\r\n"
          + String(repeating: "X: \(String(repeating: "y", count: 900))\r\n", count: 400)
          + "\r\n", .headTooLarge
      ),
      ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", .notHTTP),
      ("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nab", .notHTTP),
      ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope", .undecodable),
      ("HTTP/1.1 200 OK\r\n\r\nuntil the end", nil),
      ("HTTP/1.0 200\r\n\r\n", nil),
    ]
    for (bytes, expected) in rows {
      let error = try await failure(of: answering(bytes))
      #expect(
        error?.failure == expected, "\(bytes.prefix(60).debugDescription): \(error?.detail ?? "")")
    }
  }

  @Test func `a reset is told by when it came`() async throws {
    let before = try await failure { connection in
      _ = await connection.request()
      connection.reset()
    }
    #expect(before?.failure == .lostBeforeResponse)
    let within = try await failure { connection in
      _ = await connection.request()
      await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
      connection.reset()
    }
    #expect(within?.failure == .lostInResponse)
  }

  @Test func `what came before a loss is still delivered`() async throws {
    let server = try ScriptedServer(
      answering("HTTP/1.1 500 Oops\r\nContent-Length: 90\r\n\r\nthe reason"))
    let exchange = HTTPClient().send(HTTPRequest("GET", try WebURL(server.url())))
    #expect(try await exchange.head().status == 500)
    #expect(try await exchange.chunk() == Array("the reason".utf8))
    await #expect(throws: HTTPError.self) { try await exchange.chunk() }
  }

  @Test func `an unreachable server is told by layer`() async throws {
    let server = try ScriptedServer { _ in }
    server.stop()
    let refused = try await failure(of: HTTPRequest("GET", WebURL(server.url("/mcp"))))
    #expect(refused?.failure == .refused)
    #expect(refused?.failure.layer == .tcp)
    #expect(
      refused?.sentence
        == "\(server.url("/mcp")) failed: 127.0.0.1:\(server.port) refused the connection: nothing listens there."
    )
    let unknown = try await failure(of: HTTPRequest("GET", WebURL("http://no-such-host.invalid/x")))
    #expect(unknown?.failure == .nameNotFound)
    #expect(
      unknown?.sentence
        == "http://no-such-host.invalid/x failed: the host name “no-such-host.invalid” was not found."
    )
  }

  @Test func `requests that cannot be sent never leave`() async throws {
    let rows: [(String, String, HTTPFields)] = [
      ("GET", "ftp://a/", [:]), ("GE T", "http://a/", [:]),
      ("GET", "http://a/", ["X": "a\r\nB: c"]),
      ("GET", "http://a/", ["X Y": "a"]),
    ]
    for (method, url, fields) in rows {
      let error = try await failure(of: HTTPRequest(method, WebURL(url), fields: fields))
      guard case .badRequest = error?.failure else {
        Issue.record("\(method) \(url): \(String(describing: error))")
        continue
      }
    }
  }

  @Test func `limits end what takes too long or too much`() async throws {
    let silence: ScriptedServer.Script = { connection in
      _ = await connection.request()
      await connection.waitForEnd()
    }
    let idle = try await failure(of: silence, HTTPLimits(idle: .milliseconds(30)))
    #expect(idle?.failure == .idleTimeout(.milliseconds(30)))
    #expect(idle?.sentence.contains("sent nothing for 30 ms") == true)
    let total = try await failure(of: silence, HTTPLimits(total: .milliseconds(30)))
    #expect(total?.failure == .totalTimeout(.milliseconds(30)))
    let body = String(repeating: "x", count: 5000)
    let large = try await failure(
      of: { connection in
        _ = await connection.request()
        await connection.answer(body: body)
      }, HTTPLimits(bodySize: 4999))
    #expect(large?.failure == .bodyTooLarge(limit: 4999))
  }

  @Test func `a stream that keeps dripping is not idle, and one that stops is`() async throws {
    let (drips, drip) = AsyncStream.makeStream(of: Void.self)
    let server = try ScriptedServer { connection in
      _ = await connection.request()
      await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
      for await _ in drips { await connection.write("x") }
    }
    let clock = VirtualClock()
    var options = HTTPRequestOptions()
    options.limits.idle = .milliseconds(150)
    let exchange = HTTPClient(clock: clock).send(
      HTTPRequest("GET", try WebURL(server.url()), options: options))
    _ = try await exchange.head()
    for _ in 0..<5 {
      await clock.advance(by: .milliseconds(100))
      drip.yield()
      #expect(try await exchange.chunk() == Array("x".utf8))
    }
    await clock.advance(by: .milliseconds(200))
    let error = await #expect(throws: HTTPError.self) { try await exchange.chunk() }
    #expect(error?.failure == .idleTimeout(.milliseconds(150)))
  }

  @Test func `a compressed bomb stops at the limit`() async throws {
    // 1 MiB of zeros in deflate's shortest form: a stored gzip of runs would not fit here, so it is built of blocks.
    let bomb = Gzip.zeros(blocks: 4096)
    var options = HTTPRequestOptions()
    options.limits.bodySize = 100_000
    let server = try ScriptedServer { connection in
      _ = await connection.request()
      let head =
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n"
      await connection.write(Array(head.utf8) + bomb)
    }
    let error = try await failure(of: HTTPRequest("GET", WebURL(server.url()), options: options))
    #expect(error?.failure == .bodyTooLarge(limit: 100_000))
  }

  @Test func `private addresses are refused where that is asked`() async throws {
    var asked = 0
    let server = try ScriptedServer { connection in
      if await connection.request() != nil { asked += 1 }
    }
    var options = HTTPRequestOptions()
    options.refusesPrivateAddresses = true
    for host in ["127.0.0.1", "localhost"] {
      let url = try WebURL("http://\(host):\(server.port)/")
      let error = try await failure(of: HTTPRequest("GET", url, options: options))
      #expect(error?.failure == .privateAddress("127.0.0.1"))
    }
    #expect(asked == 0)
  }
}
