import EventLoop
import HTTPCore
import JSON
import MCPProtocol
import TestSupport
import Testing

@testable import MCPServer

@LoopActor @Suite(.inTurns, .timeLimit(.minutes(15))) struct ResumptionTests {
  private func listen(
    _ wire: Wire, _ session: Wire.Session, after id: String
  ) async throws -> [ServerSentEvent] {
    let fields = session.fields.overlaid(
      with: ["Last-Event-ID": id, "Accept": "text/event-stream"])
    return try await wire.send("GET", fields).events
  }

  @Test func `no two events have one id, and each is followed by what came after it`() async throws
  {
    let wire = try Wire(Catalog(info: Sample.catalog.info, tools: [Sample.away]))
    defer { wire.stop() }
    let session = try await wire.open("2025-11-25")
    let left = try await wire.ask("tools/call", ["name": "away"], session: session).events
    #expect(left.map(\.text.isEmpty) == [true, false, true])
    let open = try #require(wire.endpoint.sessions.values.first)
    while !open.session.exchanges.isEmpty { await wire.clock.advance(by: .seconds(1)) }
    let ids = left.compactMap(\.id)
    let last = try await listen(wire, session, after: ids[2])
    #expect(last.count == 1 && last.first?.text.contains("done") == true)
    let all = ids + last.compactMap(\.id)
    #expect(all.count == 4 && Set(all).count == 4)
    #expect(try await listen(wire, session, after: ids[1]) == last)
    #expect(try await listen(wire, session, after: ids[0]).map(\.id) == [all[1], all[3]])
    #expect(try await listen(wire, session, after: all[3]).isEmpty)
  }
}
