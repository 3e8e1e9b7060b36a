import EventLoop
import JSON
import MCPClient
import MCPProtocol
import Operations
import TestSupport
import Testing

@Suite(.inTurns) struct VerdictMemoryTests {
  private let noon = WallTime(microseconds: 1_000_000_000_000)

  private func verdict(_ era: Era, _ version: ProtocolVersion, sse: Bool = false)
    -> NegotiationVerdict
  {
    NegotiationVerdict(
      era: era, version: version, usesLegacyStream: sse, opening: ["big": true], way: .freshProcess)
  }

  @Test func `a stateless verdict holds, a handshake verdict for a day`() {
    var memory = VerdictMemory()
    _ = memory.remember(verdict(.stateless, .v20260728), for: "new", at: noon)
    _ = memory.remember(verdict(.handshake, .v20250326, sse: true), for: "old", at: noon)
    let tomorrow = noon.advanced(by: .seconds(86_401))
    #expect(memory.verdict(for: "new", at: tomorrow)?.version == .v20260728)
    #expect(memory.verdict(for: "old", at: noon)?.usesLegacyStream == true)
    #expect(memory.verdict(for: "old", at: tomorrow) == nil)
    #expect(memory.verdict(for: "other", at: noon) == nil)
  }

  @Test func `what is known already is no news`() {
    var memory = VerdictMemory()
    let told = [ProtocolVersion.v20250326, .v20250326, .v20250618].map { version in
      memory.remember(verdict(.handshake, version), for: "t", at: noon)
    }
    #expect(told == [true, false, true])
  }

  @Test func `a file brings everything back, and a broken one brings nothing`() throws {
    var memory = VerdictMemory()
    _ = memory.remember(verdict(.handshake, .v20241105, sse: true), for: "t", at: noon)
    #expect(VerdictMemory(reading: try JSON.parse(memory.json.pretty)) == memory)
    for broken in [#"{"targets":[]}"#, #"{"targets":{"t":{"era":"x"}}}"#, "7"] {
      #expect(VerdictMemory(reading: try JSON.parse(broken)) == VerdictMemory())
    }
  }
}
