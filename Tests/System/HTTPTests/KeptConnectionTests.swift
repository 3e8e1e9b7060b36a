import EventLoop
import HTTP
import HTTPCore
import ScriptedServer
import TestSupport
import Testing

@LoopActor @Suite(.inTurns, .timeLimit(.minutes(15))) struct KeptConnectionTests {
  /// Answers the first request of the first connection and drops its second without a word.
  private func flaky(_ count: @escaping @LoopActor () -> Void) throws -> ScriptedServer {
    try ScriptedServer { connection in
      while await connection.request() != nil {
        count()
        if connection.number == 1 {
          await connection.answer(body: "first")
          _ = await connection.request()
          count()
          return
        }
        await connection.answer(body: "later")
      }
    }
  }

  @Test func `a request lost with a kept connection is not sent again`() async throws {
    var received = 0
    let server = try flaky { received += 1 }
    let client = HTTPClient()
    let request = HTTPRequest("POST", try WebURL(server.url()), body: [1])
    #expect(try await Exchange.run(request, client).text == "first")
    let error = await #expect(throws: HTTPError.self) { try await Exchange.run(request, client) }
    #expect(error?.failure == .lostBeforeResponse)
    #expect(error?.failure.wasNeverSent == false)
    #expect(received == 2)
  }

  @Test func `one that may be repeated is`() async throws {
    var received = 0
    let server = try flaky { received += 1 }
    let client = HTTPClient()
    var options = HTTPRequestOptions()
    options.isRepeatable = true
    let request = HTTPRequest("POST", try WebURL(server.url()), body: [1], options: options)
    #expect(try await Exchange.run(request, client).text == "first")
    #expect(try await Exchange.run(request, client).text == "later")
    #expect(received == 3)
  }

  @Test func `a connection the server has closed is not used again`() async throws {
    let (ends, end) = AsyncStream.makeStream(of: Void.self)
    let server = try ScriptedServer { connection in
      guard await connection.request() != nil else { return }
      await connection.answer(body: "\(connection.number)")
      connection.close()
      end.yield()
    }
    let client = HTTPClient()
    // The server's FIN may still be on its way when the next request starts: then it is the repetition that counts.
    var options = HTTPRequestOptions()
    options.isRepeatable = true
    let request = HTTPRequest("POST", try WebURL(server.url()), body: [1], options: options)
    var iterator = ends.makeAsyncIterator()
    #expect(try await Exchange.run(request, client).text == "1")
    await iterator.next()
    #expect(try await Exchange.run(request, client).text == "2")
  }

  @Test func `requests at the same time each have a connection`() async throws {
    let server = try ScriptedServer { connection in
      while let request = await connection.request() {
        await connection.answer(body: request.target)
      }
    }
    let client = HTTPClient()
    let exchanges = try (0..<20).map {
      client.send(HTTPRequest("GET", try WebURL(server.url("/\($0)"))))
    }
    for (index, exchange) in exchanges.enumerated() {
      #expect(try await exchange.body() == Array("/\(index)".utf8))
    }
  }

  @Test func `a client that is closed cancels what is under way`() async throws {
    let server = try ScriptedServer { await $0.waitForEnd() }
    let client = HTTPClient()
    let exchange = client.send(HTTPRequest("GET", try WebURL(server.url())))
    client.close()
    let error = await #expect(throws: HTTPError.self) { try await exchange.head() }
    #expect(error?.failure == .cancelled)
  }
}
