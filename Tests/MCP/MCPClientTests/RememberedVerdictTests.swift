import EventLoop
import JSON
import MCPClient
import MCPProtocol
import TestSupport
import Testing

@Suite(.inTurns) struct RememberedVerdictTests {
  private let then = WallTime(microseconds: 1_000_000_000)

  private func remembered(_ version: ProtocolVersion) -> RememberedVerdict {
    RememberedVerdict(
      NegotiationVerdict(
        era: .handshake, version: version, usesLegacyStream: true, opening: .null, way: .current),
      time: then)
  }

  @Test func `a verdict survives its file`() {
    let verdict = remembered(.v20250326)
    #expect(RememberedVerdict(verdict.json) == verdict)
    #expect(RememberedVerdict(["version": "1999-01-01", "time": 5]) == nil)
    #expect(RememberedVerdict(["version": 5]) == nil)
    #expect(RememberedVerdict(.null) == nil)
  }

  @Test func `a handshake verdict is asked again after a day, a stateless one is not`() {
    func check(_ version: ProtocolVersion, after: Duration, isBelieved: Bool) {
      let verdict = remembered(version).verdict(at: then.advanced(by: after))
      #expect((verdict != nil) == isBelieved)
    }
    check(.v20251125, after: .seconds(3600), isBelieved: true)
    check(.v20251125, after: .seconds(25 * 3600), isBelieved: false)
    check(.v20251125, after: .seconds(-5), isBelieved: false)
    check(.v20260728, after: .seconds(1_000_000), isBelieved: true)
    let extreme = RememberedVerdict([
      "version": "2025-11-25", "time": .number(JSONNumber(Int64.max)),
    ])
    #expect(extreme?.verdict(at: then) == nil)
  }
}
