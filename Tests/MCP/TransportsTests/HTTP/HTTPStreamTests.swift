import EventLoop
import HTTP
import HTTPCore
import ScriptedServer
import TestSupport
import Testing
import Transports

@LoopActor @Suite(.inTurns, .timeLimit(.minutes(15))) struct HTTPStreamTests {
  private static let answer = #"{"id":1,"result":{}}"#

  @Test func `a broken stream is taken up behind its last event after the server's own wait`()
    async throws
  {
    var ended = LoopInstant.monotonicNow
    var waits: [Duration] = []
    let harness = try await HTTPHarness { request, connection in
      if request.method == "POST" {
        await connection.openStream()
        await connection.write("id: e-1\nretry: 120\ndata:\n\n")
      } else {
        waits.append(ended.duration(to: .monotonicNow))
        await connection.openStream()
        if request.fields["Last-Event-ID"] == "e-1" {
          await connection.event(#"{"method":"half"}"#, id: "e-2")
        } else {
          await connection.event(Self.answer, id: "e-3")
        }
      }
      connection.close()
      ended = .monotonicNow
    }
    harness.transport.adopt(.full)
    #expect(
      try await harness.run() == [#"1 {"method":"half"}"#, "1 \(Self.answer)", "1 complete"])
    #expect(harness.all.map(\.method) == ["POST", "GET", "GET"])
    #expect(harness.all.map { $0.fields["Last-Event-ID"] ?? "–" } == ["–", "e-1", "e-2"])
    #expect(harness.all[1].fields["Accept"] == "text/event-stream")
    #expect(harness.all[1].fields["MCP-Protocol-Version"] == "2025-11-25")
    #expect(waits.allSatisfy { $0 >= .milliseconds(115) }, "\(waits)")
  }

  @Test func `a reset stream is taken up too`() async throws {
    let harness = try await HTTPHarness { request, connection in
      await connection.openStream()
      if request.method == "POST" {
        await connection.write("id: 9\nretry: 1\ndata:\n\n")
        connection.reset()
      } else {
        await connection.event(Self.answer)
      }
    }
    harness.transport.adopt(.full)
    #expect(try await harness.run() == ["1 \(Self.answer)", "1 complete"])
  }

  @Test func `what cannot be taken up is told as unanswered`() async throws {
    let rows: [(String, String, String, TransportProfile, Int)] = [
      ("data: {\"method\":\"a\"}\n\n", "", "no id", .full, 1),
      ("id: 1\ndata: {\"method\":\"a\"}\n\n", "", "nothing resumes", .stateless, 1),
      ("id: 1\nretry: 1\ndata: {\"method\":\"a\"}\n\n", "405 Not Allowed", "405", .full, 2),
      ("id: 1\nretry: 1\ndata: {\"method\":\"a\"}\n\n", "200 OK", "no stream", .full, 2),
    ]
    for (stream, status, name, profile, requests) in rows {
      let harness = try await HTTPHarness { request, connection in
        if request.method == "POST" {
          await connection.openStream()
          await connection.write(stream)
        } else {
          await connection.answer(status, ["Content-Type: text/html"], body: "<p>")
        }
        connection.close()
      }
      harness.transport.adopt(profile)
      #expect(try await harness.run() == [#"1 {"method":"a"}"#, "1 unanswered"], "\(name)")
      #expect(harness.all.count == requests, "\(name)")
    }
  }

  @Test func `a server that keeps breaking off is given up`() async throws {
    let harness = try await HTTPHarness { request, connection in
      if request.method == "POST" {
        await connection.openStream()
        await connection.write("id: 1\nretry: 1\ndata:\n\n")
      } else {
        await connection.openStream()
      }
      connection.close()
    }
    harness.transport.adopt(.full)
    #expect(try await harness.run() == ["1 unanswered"])
    #expect(harness.all.count == 4)
  }

  @Test func `the standing stream brings what belongs to no exchange`() async throws {
    let harness = try await HTTPHarness { request, connection in
      guard request.method == "GET" else { return await connection.answer("202 Accepted") }
      await connection.openStream()
      await connection.event(#"{"method":"b"}"#)
      await connection.waitForEnd()
    }
    var profile = TransportProfile.full
    profile.opensPushStream = true
    harness.transport.adopt(profile)
    try await harness.inbox.waitForEvents(2)
    #expect(harness.inbox.transcript == ["push open", #"– {"method":"b"}"#])
    await harness.transport.close()
    #expect(harness.inbox.transcript.last == "closed")
  }

  @Test func `a server without a standing stream is left in peace`() async throws {
    for (status, type) in [
      ("405 Method Not Allowed", "text/plain"), ("404 Not Found", "text/html"), ("400 Bad", "x/y"),
      ("406 No", "x/y"), ("200 OK", "text/html"), ("500 Oops", "x/y"),
    ] {
      let harness = try await HTTPHarness { _, connection in
        await connection.answer(status, ["Content-Type: \(type)"], body: "<p>")
      }
      var profile = TransportProfile.full
      profile.opensPushStream = true
      harness.transport.adopt(profile)
      try await harness.inbox.waitForEvents(1)
      #expect(harness.inbox.transcript == ["push refused \(status.prefix(3))"])
      #expect(harness.all.count == 1)
      await harness.transport.close()
    }
  }

  @Test func `a lost standing stream is opened again where it broke`() async throws {
    let harness = try await HTTPHarness { request, connection in
      await connection.openStream()
      if request.fields["Last-Event-ID"] == nil {
        await connection.write("retry: 5\n")
        await connection.event(#"{"method":"a"}"#, id: "1")
      } else {
        await connection.event(#"{"method":"b"}"#, id: "2")
        await connection.waitForEnd()
      }
    }
    var profile = TransportProfile.full
    profile.opensPushStream = true
    harness.transport.adopt(profile)
    try await harness.inbox.waitForEvents(5)
    #expect(
      harness.inbox.transcript
        == ["push open", #"– {"method":"a"}"#, "push lost", "push open", #"– {"method":"b"}"#])
    profile.opensPushStream = false
    harness.transport.adopt(profile)
    await harness.transport.close()
  }

  @Test func `the tap hears each exchange with its secrets masked`() async throws {
    let tap = TrafficTap()
    var heard: [HTTPExchangeFacts] = []
    let subscription = tap.listen { entry in
      if case .http(let facts) = entry.content { heard.append(facts) }
    }
    let harness = try await HTTPHarness(headers: ["Authorization": "Bearer abc"], tap: tap) {
      _, connection in
      await connection.answer("200 OK", ["Mcp-Session-Id: secret", "X: y"], body: Self.answer)
    }
    _ = try await harness.run()
    harness.server.stop()
    await harness.transport.close()
    _ = subscription
    #expect(heard.count == 1)
    #expect(heard[0].verb == "POST" && heard[0].status == 200)
    #expect(heard[0].url == harness.server.url("/mcp"))
    #expect(heard[0].requestHeaders["Authorization"] == "Bearer ••••")
    #expect(heard[0].responseHeaders["mcp-session-id"] == "••••")
    #expect(heard[0].responseHeaders["X"] == "y")
    #expect(heard[0].requestBytes == 2 && heard[0].facts.responseSize > 20)
    #expect(heard[0].facts.timings.total != nil)
  }
}
