import EventLoop
import JSON
import MCPProtocol
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

  @Test func `a demo has the same keys, calendar and records in every run`() async throws {
    let first = try await Self.traces(), second = try await Self.traces()
    #expect(first == second)
    #expect(first.last?.contains("2026-07-28T09:00") == true, "\(first.last ?? "")")
  }

  /// What a run shows of its keys, and what it makes.
  private static func traces() async throws -> [String] {
    let settings = Station.Settings(
      client: .init(name: "alidade", version: "0"), environment: [:], directory: "/",
      stateFolder: nil)
    let station = Station(settings, loop: LoopActor.loop)
    var definition = ServerDefinition(name: "demo", transport: .auto, origin: .commandLine)
    definition.url = "demo:alumia"
    let connection = try await station.connect(to: definition, ConnectionOptions()) { _ in }
    var made = try await connection.list(.tools).items.compactMap { $0["name"]?.string }
    for words in ["one", "two"] {
      let report = try await connection.callTool(
        "alumia_create_memory", ["content": .string(words)])
      made.append(report.result["structuredContent"]?.compact ?? "")
    }
    await connection.close()
    await station.close()
    return made
  }
}
