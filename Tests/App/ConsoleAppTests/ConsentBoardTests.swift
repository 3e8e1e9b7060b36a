import AuthorizationServer
import EventLoop
import JSON
import MCPProtocol
import Operations
import Settings
import TestSupport
import Testing

@testable import ConsoleApp

/// What an operator takes away under an open connection.
@LoopActor @Suite(.inTurns) struct ConsentBoardTests {
  @Test func `a consent that is taken back in the demo is given anew by the next call`()
    async throws
  {
    let bench = try DemoBench()
    let servers = await bench.station.demoServers().servers
    let lumos = try #require(servers.first { $0.name == "lumos" })
    let connection = try await bench.station.connect(to: lumos, ConnectionOptions()) { _ in }
    let before = try await Self.consents(on: bench)
    #expect(before.count == 1)
    _ = try await bench.records.meet(.revokeConsent(id: before.first ?? ""))
    #expect(try await Self.consents(on: bench) == [])
    #expect(try await connection.callTool("search_apps", [:]).isError == false)
    let after = try await Self.consents(on: bench)
    #expect(after.count == 1 && after != before)
    await connection.close()
    bench.records.close()
    await bench.station.close()
    bench.remove()
  }

  private static func consents(on bench: DemoBench) async throws -> [String] {
    guard case .consents(let all) = try await bench.records.meet(.consents) else { return [] }
    return all.map(\.id)
  }
}
