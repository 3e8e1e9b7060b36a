import EventLoop
import JSON
import TestSupport
import Testing
import Transports

@LoopActor @Suite(.inTurns) struct MemoryTransportTests {
  @Test func `the peer's answers arrive in order, and the last event is the end`() async throws {
    let transport = MemoryTransport { frame, peer in
      peer.deliver(["echo": .string(frame.method ?? "")], bytes: Array("{}".utf8))
      peer.end(.byPeer)
    }
    let inbox = Inbox()
    try await transport.start { inbox.take($0) }
    #expect(try transport.send(.ping) == ExchangeID(1))
    await LoopActor.loop.settle()
    #expect(inbox.frames == [["echo": "ping"]])
    #expect(inbox.end == .byPeer)
    #expect(throws: TransportFailure.notOpen) { try transport.send(.ping) }
  }

  @Test func `the tap hears both directions while somebody listens`() async throws {
    let tap = TrafficTap()
    var heard: [TrafficEntry.Direction] = []
    var subscription: TrafficSubscription? = tap.listen { entry in
      if case .frame(let direction, _, _) = entry.content { heard.append(direction) }
    }
    let transport = MemoryTransport(tap: tap) { _, peer in peer.deliver(.null, bytes: []) }
    try await transport.start { _ in }
    try transport.send(.ping)
    await LoopActor.loop.settle()
    #expect(heard == [.sent, .received])
    subscription = nil
    #expect(!tap.isHeard && subscription == nil)
    await transport.close()
  }
}
