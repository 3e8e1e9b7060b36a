import EventLoop
import HTTP
import HTTPCore
import ScriptedServer
import TestSupport
import Testing

@LoopActor @Suite(.inTurns, .timeLimit(.minutes(15))) struct HTTPServerTests {
  private let local = ListenAddress(hosts: [.ipv4(IPv4Address(bits: 0x7F00_0001))], port: 0)

  private func echo(_ request: HTTPServerRequest, _ responder: HTTPResponder) {
    responder.respond(
      status: 200, headers: ["X-Method": request.method],
      body: Array("\(request.target) \(request.body.count)".utf8))
  }

  private func get(_ path: String, _ more: String = "") -> String {
    "GET \(path) HTTP/1.1\r\nHost: a\r\n\(more)\r\n"
  }

  @Test func `the client of this program is served`() async throws {
    let server = try HTTPServer.start(listen: .localhost(port: 0), handler: echo)
    defer { server.stop() }
    let client = HTTPClient()
    for size in [0, 1, 5_000, 1 << 20] {
      let url = try WebURL("http://127.0.0.1:\(server.port)/a?b=\(size)")
      let body = [UInt8](repeating: 7, count: size)
      let answer = try await Exchange.run(HTTPRequest("POST", url, body: body), client)
      #expect(answer.text == "/a?b=\(size) \(size)")
    }
    #expect(server.requests == 4 && server.connectionCount == 1)
    client.close()
  }

  @Test func `requests sent ahead are answered in their order`() async throws {
    let server = try HTTPServer.start(listen: local, handler: echo)
    defer { server.stop() }
    let peer = try ScriptedConnection.open(toPort: Int(server.port))
    await peer.write(get("/1") + get("/2") + get("/3", "Connection: close\r\n") + get("/4"))
    let all = await peer.readAll()
    let bodies = all.split(separator: "\r\n\r\n").dropFirst().map { $0.prefix(4) }
    #expect(bodies == ["/1 0", "/2 0", "/3 0"])
    #expect(all.contains("connection: close") && server.requests == 3)
  }

  @Test func `an answer that comes later keeps the next request waiting`() async throws {
    var waiting: [HTTPResponder] = []
    let server = try HTTPServer.start(listen: local) { request, responder in
      if request.target == "/slow" { waiting.append(responder) } else { echo(request, responder) }
    }
    defer { server.stop() }
    let peer = try ScriptedConnection.open(toPort: Int(server.port))
    await peer.write(get("/slow") + get("/quick"))
    while waiting.isEmpty { await LoopActor.loop.nextTurn() }
    #expect(server.requests == 1)
    waiting[0].respond(status: 202)
    waiting[0].respond(status: 500)
    let all = await peer.read(until: "/quick 0")
    #expect(all.contains("202 Accepted") && !all.contains("500") && server.requests == 2)
  }

  @Test func `HEAD, 204 and the old version have the framing they need`() async throws {
    let server = try HTTPServer.start(listen: local) { request, responder in
      if request.target == "/none" { return responder.respond(status: 204, body: [1, 2]) }
      echo(request, responder)
    }
    defer { server.stop() }
    func answer(_ text: String) async throws -> String {
      let peer = try ScriptedConnection.open(toPort: Int(server.port))
      await peer.write(text)
      return await peer.readAll()
    }
    let head = try await answer("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    #expect(head.contains("content-length: 3") && head.hasSuffix("\r\n\r\n"))
    let none = try await answer(get("/none", "Connection: close\r\n"))
    #expect(!none.contains("content-length") && none.hasSuffix("\r\n\r\n"))
    let old = try await answer("GET / HTTP/1.0\r\n\r\n")
    #expect(old.contains("connection: close") && old.hasSuffix("/ 0"))
  }

  @Test func `a refused request has its reason and ends the connection`() async throws {
    var limits = HTTPServerLimits()
    limits.request.bodyBytes = 100
    let server = try HTTPServer.start(listen: local, limits: limits, handler: echo)
    defer { server.stop() }
    let big = String(repeating: "x", count: 100_000)
    let rows = [
      ("GET / HTTP/1.1\n\n", "400 Bad Request"), ("GET / HTTP/3.0\r\n\r\n", "505"),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" + big, "413"),
      (
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\nExpect: 100-continue\r\n\r\n",
        "413"
      ),
    ]
    for (text, status) in rows {
      let peer = try ScriptedConnection.open(toPort: Int(server.port))
      await peer.write(text)
      let all = await peer.readAll()
      #expect(all.hasPrefix("HTTP/1.1 \(status)") && all.contains("connection: close"), "\(all)")
      peer.close()
    }
    #expect(server.requests == 0)
  }

  @Test func `a client that waits for it is told to go on`() async throws {
    let server = try HTTPServer.start(listen: local, handler: echo)
    defer { server.stop() }
    let peer = try ScriptedConnection.open(toPort: Int(server.port))
    await peer.write(
      "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
    #expect(await peer.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
    await peer.write("ab")
    #expect(await peer.read(until: "/ 2").hasPrefix("HTTP/1.1 200 OK"))
  }

  @Test func `an event stream is chunked, kept alive, and its client's going is told`() async throws
  {
    let clock = VirtualClock()
    var streams: [HTTPResponder] = []
    var isGone = false
    let server = try HTTPServer.start(listen: local, clock: clock) { _, responder in
      responder.begin(status: 200, headers: ["Content-Type": "text/event-stream"])
      responder.onClosed = { isGone = true }
      streams.append(responder)
    }
    defer { server.stop() }
    let peer = try ScriptedConnection.open(toPort: Int(server.port))
    await peer.write(get("/"))
    #expect(await peer.read(until: "\r\n\r\n").contains("transfer-encoding: chunked"))
    streams[0].write(Array("data: 1\n\n".utf8))
    #expect(await peer.read(until: "1\n\n\r\n") == "9\r\ndata: 1\n\n\r\n")
    await clock.advance(by: .seconds(16))
    #expect(await peer.read(until: "\n\n\r\n") == "4\r\n: \n\n\r\n")
    peer.close()
    while !isGone { await LoopActor.loop.nextTurn() }
    #expect(!streams[0].isOpen && server.connectionCount == 0)
    streams[0].write([1])
    streams[0].finish()
  }

  @Test func `a finished stream leaves the connection for the next request`() async throws {
    let server = try HTTPServer.start(listen: local) { request, responder in
      responder.begin(status: 200, headers: [:])
      responder.write(Array(request.target.utf8))
      responder.finish()
    }
    defer { server.stop() }
    let peer = try ScriptedConnection.open(toPort: Int(server.port))
    await peer.write(get("/one") + get("/two"))
    let all = await peer.read(until: "/two\r\n0\r\n\r\n")
    #expect(all.contains("4\r\n/one\r\n0\r\n\r\n"))
    let old = try ScriptedConnection.open(toPort: Int(server.port))
    await old.write("GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    #expect(await old.readAll().hasSuffix("\r\n\r\n/old"))
  }
}
