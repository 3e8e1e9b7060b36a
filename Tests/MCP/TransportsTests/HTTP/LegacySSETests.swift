import EventLoop
import HTTPCore
import ScriptedServer
import TestSupport
import Testing
import Transports

@LoopActor @Suite(.inTurns, .timeLimit(.minutes(15))) struct LegacySSETests {
  private let inbox = Inbox()

  private func connect(
    to server: ScriptedServer, headers: HTTPFields = [:], limit: Duration = .seconds(30)
  ) async throws -> LegacySSE {
    var settings = HTTPTransportSettings(try WebURL(server.url("/sse")), headers: headers)
    settings.endpointLimit = limit
    let transport = LegacySSE(settings)
    try await transport.start { [inbox] in inbox.take($0) }
    return transport
  }

  /// A stream that opens with these bytes, and posts that are answered with that status.
  private func server(
    _ opening: String, post: String = "202 Accepted",
    then after: @escaping @LoopActor (ScriptedConnection, ScriptedRequest) async -> Void = { _, _ in
    }
  ) throws -> ScriptedServer {
    var stream: ScriptedConnection?
    return try ScriptedServer { connection in
      while let request = await connection.request() {
        if request.method == "GET" {
          stream = connection
          await connection.openStream()
          await connection.write(opening)
          await connection.waitForEnd()
          return
        }
        await connection.answer(post, [], body: "Accepted")
        if let stream { await after(stream, request) }
      }
    }
  }

  @Test func `messages go to the named endpoint and answers come on the stream`() async throws {
    var posted: [ScriptedRequest] = []
    let server = try server("event: endpoint\ndata: /messages/?session_id=1\n\n") {
      stream, request in
      posted.append(request)
      await stream.event(#"{"id":1,"result":{}}"#, type: "message")
    }
    let transport = try await connect(to: server, headers: ["Authorization": "Bearer x"])
    try transport.send(.ping)
    try await inbox.waitForEvents(1)
    let notice = try transport.send(.notice)
    try await inbox.wait { $0.ended.contains { $0.0 == notice } }
    #expect(inbox.transcript.prefix(1) == [#"– {"id":1,"result":{}}"#])
    #expect(inbox.transcript.contains("2 accepted"))
    #expect(posted.map(\.target) == ["/messages/?session_id=1", "/messages/?session_id=1"])
    #expect(posted.allSatisfy { $0.fields["Authorization"] == "Bearer x" })
    await transport.close()
    #expect(inbox.transcript.last == "closed")
    #expect(throws: TransportFailure.notOpen) { try transport.send(.ping) }
  }

  @Test func `an answer on the post instead of the stream counts`() async throws {
    let answer = #"{"jsonrpc":"2.0","id":1,"result":{}}"#
    let server = try ScriptedServer { connection in
      while let request = await connection.request() {
        guard request.method == "GET" else {
          await connection.answer("200 OK", ["Content-Type: application/json"], body: answer)
          continue
        }
        await connection.openStream()
        await connection.event("/m", type: "endpoint")
        await connection.waitForEnd()
      }
    }
    let transport = try await connect(to: server)
    try transport.send(.ping)
    try await inbox.waitForEvents(1)
    #expect(inbox.transcript == ["– \(answer)"])
    await transport.close()
  }

  @Test func `a post that is refused ends its exchange`() async throws {
    let server = try server("event: endpoint\ndata: /m\n\n", post: "404 Not Found")
    let transport = try await connect(to: server)
    try transport.send(.ping)
    try await inbox.waitForEvents(1)
    #expect(inbox.transcript == ["1 refused 404 –"])
    await transport.close()
  }

  @Test func `a lost stream is the end of the connection`() async throws {
    let server = try ScriptedServer { connection in
      guard await connection.request() != nil else { return }
      await connection.openStream()
      await connection.event("/m", type: "endpoint")
      await connection.event(#"{"method":"a"}"#)
    }
    let transport = try await connect(to: server)
    try await inbox.waitForEnd()
    #expect(inbox.transcript == [#"– {"method":"a"}"#, "closed"])
    #expect(inbox.end == .streamEnded)
    #expect(throws: TransportFailure.notOpen) { try transport.send(.ping) }
  }

  @Test func `a stream that cannot serve says why`() async throws {
    let rows: [(String, String)] = [
      ("event: endpoint\ndata: http://other.example/m\n\n", "another origin"),
      ("event: endpoint\ndata: https://127.0.0.1/m\n\n", "another origin"),
      ("event: endpoint\ndata: http://[\n\n", "as its endpoint: The bracket"),
      (": nothing\n\n", "named no endpoint within"),
    ]
    for (opening, words) in rows {
      let server = try server(opening)
      let failure = await #expect(throws: TransportFailure.self) {
        try await connect(
          to: server, limit: words.contains("within") ? .milliseconds(20) : .seconds(30))
      }
      #expect(failure.map { "\($0)".contains(words) } == true, "\(String(describing: failure))")
    }
  }

  @Test func `a server without a stream is told by its answer`() async throws {
    for (status, type) in [
      ("404 Not Found", "text/html"), ("401 Unauthorized", "text/plain"),
    ] {
      let server = try ScriptedServer { connection in
        _ = await connection.request()
        await connection.answer(status, ["Content-Type: \(type)"], body: "{}")
      }
      let failure = await #expect(throws: TransportFailure.self) { try await connect(to: server) }
      guard case .refused(let refusal) = failure else {
        Issue.record("\(String(describing: failure))")
        continue
      }
      #expect("\(refusal.status)" == status.prefix(3))
    }
    let other = try ScriptedServer { connection in
      _ = await connection.request()
      await connection.answer("200 OK", ["Content-Type: application/json"], body: "{}")
    }
    let useless = await #expect(throws: TransportFailure.self) { try await connect(to: other) }
    let words = "the answer is application/json, not an event stream"
    #expect(useless.map { "\($0)".contains(words) } == true)
    let gone = try ScriptedServer { _ in }
    gone.stop()
    let failure = await #expect(throws: TransportFailure.self) { try await connect(to: gone) }
    #expect(failure.map { "\($0)".contains("refused the connection") } == true)
  }
}
