import EventLoop
import HTTP
import HTTPCore
import ScriptedServer
import TestSupport
import Testing

@LoopActor @Suite(.inTurns, .timeLimit(.minutes(15))) struct HTTPServerLimitTests {
  private let local = ListenAddress(hosts: [.ipv4(IPv4Address(bits: 0x7F00_0001))], port: 0)

  private func ok(_ request: HTTPServerRequest, _ responder: HTTPResponder) {
    responder.respond(status: 200, body: Array("ok".utf8))
  }

  /// What a client gets that sends this and then waits for that long.
  private func answer(
    to text: String, after wait: Duration, limits: HTTPServerLimits = HTTPServerLimits()
  ) async throws -> String {
    let clock = VirtualClock()
    let server = try HTTPServer.start(listen: local, limits: limits, clock: clock, handler: ok)
    defer { server.stop() }
    let peer = try ScriptedConnection.open(toPort: Int(server.port))
    await peer.write(text)
    while server.connectionCount == 0 { await LoopActor.loop.nextTurn() }
    for _ in 0..<8 { await LoopActor.loop.nextTurn() }
    await clock.advance(by: wait)
    return await peer.readAll()
  }

  @Test func `slow clients are let go, each by its own limit`() async throws {
    let start = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
    #expect(try await answer(to: "", after: .seconds(11)) == "")
    #expect(try await answer(to: start, after: .seconds(13)).hasPrefix("HTTP/1.1 408"))
    #expect(try await answer(to: start + "\r\na", after: .seconds(63)).hasPrefix("HTTP/1.1 408"))
    let idle = try await answer(to: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", after: .seconds(76))
    #expect(idle.hasPrefix("HTTP/1.1 200") && idle.hasSuffix("ok"))
  }

  @Test func `a reader that takes nothing is dropped, by size or by time`() async throws {
    let clock = VirtualClock()
    var limits = HTTPServerLimits()
    limits.pendingBytes = 32 << 20
    var gone = 0
    let server = try HTTPServer.start(listen: local, limits: limits, clock: clock) { _, responder in
      responder.onClosed = { gone += 1 }
      responder.begin(status: 200, headers: [:])
      let piece = [UInt8](repeating: 1, count: 1 << 20)
      for _ in 0..<24 where responder.isOpen { responder.write(piece) }
      #expect(responder.pendingBytes > 1 << 20)
    }
    defer { server.stop() }
    let peer = try ScriptedConnection.open(toPort: Int(server.port))
    await peer.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    while server.requests == 0 { await LoopActor.loop.nextTurn() }
    await clock.advance(by: .seconds(31))
    #expect(gone == 1 && server.connectionCount == 0)
    peer.close()
  }

  @Test func `a client too many is told to come again`() async throws {
    var limits = HTTPServerLimits()
    limits.connections = 1
    let server = try HTTPServer.start(listen: local, limits: limits, handler: ok)
    defer { server.stop() }
    let first = try ScriptedConnection.open(toPort: Int(server.port))
    while server.connectionCount == 0 { await LoopActor.loop.nextTurn() }
    let second = try ScriptedConnection.open(toPort: Int(server.port))
    #expect(await second.readAll().hasPrefix("HTTP/1.1 503"))
    first.close()
  }

  @Test func `one address cannot have all connections, and gets back what it lets go`()
    async throws
  {
    var limits = HTTPServerLimits()
    limits.connectionsPerPeer = 1
    let server = try HTTPServer.start(
      listen: ListenAddress("0.0.0.0:0"), limits: limits, handler: ok)
    defer { server.stop() }
    let port = Int(server.port)
    let first = try ScriptedConnection.open(toPort: port)
    while server.connectionCount == 0 { await LoopActor.loop.nextTurn() }
    let second = try ScriptedConnection.open(toPort: port)
    #expect(await second.readAll().hasPrefix("HTTP/1.1 503"))
    first.close()
    while server.connectionCount > 0 { await LoopActor.loop.nextTurn() }
    let third = try ScriptedConnection.open(toPort: port)
    await third.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    #expect(await third.readAll().hasPrefix("HTTP/1.1 200"))
  }

  @Test func `a server that drains lets requests end and starts no others`() async throws {
    var waiting: [HTTPResponder] = []
    let server = try HTTPServer.start(listen: local) { _, responder in waiting.append(responder) }
    let idle = try ScriptedConnection.open(toPort: Int(server.port))
    let busy = try ScriptedConnection.open(toPort: Int(server.port))
    await busy.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    while waiting.isEmpty || server.connectionCount < 2 { await LoopActor.loop.nextTurn() }
    let drained = EventLoop.task { await server.drain(deadline: .seconds(30)) }
    #expect(await idle.readAll() == "")
    #expect(throws: (any Error).self) {
      _ = try ScriptedConnection.open(toPort: Int(server.port))
    }
    waiting[0].respond(status: 200, body: Array("done".utf8))
    let last = await busy.readAll()
    #expect(last.contains("connection: close") && last.hasSuffix("done"))
    busy.close()
    await drained.value
    #expect(server.connectionCount == 0)
  }

  @Test func `what does not end by the deadline is cut`() async throws {
    let clock = VirtualClock()
    var gone = false
    let server = try HTTPServer.start(listen: local, clock: clock) { _, responder in
      responder.begin(status: 200, headers: ["content-type": "text/event-stream"])
      responder.onClosed = { gone = true }
    }
    let peer = try ScriptedConnection.open(toPort: Int(server.port))
    await peer.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    while server.requests == 0 { await LoopActor.loop.nextTurn() }
    let drained = EventLoop.task { await server.drain(deadline: .seconds(5)) }
    await clock.advance(by: .seconds(4))
    #expect(!gone)
    await clock.advance(by: .seconds(2))
    await drained.value
    #expect(gone)
  }

  @Test func `addresses are read strictly`() throws {
    let rows: [(String, String?, Bool)] = [
      ("3000", "3000", true), (":0", "0", true), ("127.0.0.1:3000", "3000", true),
      ("localhost:65535", "65535", true), ("[::1]:1", "1", true), ("0.0.0.0:80", "80", false),
      ("*:80", "80", false), ("[::]:80", "80", false), ("10.1.2.3:80", "80", false),
      ("", nil, true), ("65536", nil, true), ("-1", nil, true), ("+1", nil, true),
      ("example.org:80", nil, true), ("127.1:80", nil, true), ("::1:80", nil, true),
      ("[::1]", nil, true), ("1.2.3.256:80", nil, true), ("localhost:", nil, true),
    ]
    for (text, port, isLoopback) in rows {
      do throws(HTTPServerError) {
        let address = try ListenAddress(text)
        #expect(String(address.port) == port, "\(text)")
        #expect(address.isLoopback == isLoopback, "\(text)")
      } catch {
        #expect(port == nil && error == .malformedAddress(text), "\(text)")
      }
    }
  }

  @Test func `a port that is taken is an error with a sentence`() throws {
    let first = try HTTPServer.start(listen: local, handler: ok)
    defer { first.stop() }
    let error = #expect(throws: HTTPServerError.self) {
      try HTTPServer.start(listen: ListenAddress("127.0.0.1:\(first.port)"), handler: ok)
    }
    #expect(error == .inUse("127.0.0.1:\(first.port)"))
    #expect(
      error?.description
        == "cannot listen on 127.0.0.1:\(first.port): another program is listening there")
    #expect(throws: HTTPServerError.notHere("192.0.2.1:0")) {
      try HTTPServer.start(listen: ListenAddress("192.0.2.1:0"), handler: ok)
    }
  }
}
