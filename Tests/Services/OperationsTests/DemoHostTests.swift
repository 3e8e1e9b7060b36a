import EventLoop
import Settings
import TestSupport
import Testing

@testable import Operations

@LoopActor
@Suite(.inTurns) struct DemoHostTests {
  @Test func `what this process serves to itself is on this machine alone, and behind a key`()
    async throws
  {
    let host = DemoHost([:], keepsRecords: false)
    var definition = ServerDefinition(name: "demo", transport: .auto, origin: .commandLine)
    definition.url = "demo:alumia"
    let reached = try await host.reached(definition)
    #expect(reached.url?.hasPrefix("http://127.0.0.1:") == true)
    let keys = reached.headers.filter { $0.name == "Authorization" }.map(\.value)
    #expect(keys.count == 1 && keys[0].hasPrefix("Bearer alm_"))
    let again = try await host.reached(definition)
    #expect(again.url == reached.url, "it is served once")
    await host.close()
  }
}
