import Database
import EventLoop
import JSON
import MCPProtocol
import MCPServer
import MockBackend
import Testing

@testable import MockCatalogs

/// A system served in memory, asked as a client of the newest revision asks.
@LoopActor
final class SystemBench {
  let plan: SystemPlan
  let clock = VirtualClock()
  let world: World
  let server: Server
  private var link: ServerLink?
  private var answer = JSON.null

  init(
    _ name: String, local: Bool = false, caller: Caller = .local, options: WorldOptions = .init()
  ) throws {
    plan = try #require(CatalogRow.named(name)?.plan?())
    var wish = CatalogWish(clock: clock)
    wish.isLocal = local
    wish.world = options
    var desk: SystemDesk?
    wish.opened = { desk = $0 }
    let catalog = try plan.catalog(wish)
    world = try #require(desk?.world)
    server = Server(
      catalog, surroundings: ServerSurroundings(clock: clock, seal: StateSeal { _ in [1] }))
    link = ServerLink(server, caller: caller) { [weak self] bytes in
      do { self?.answer = try JSON.parse(bytes) } catch { Issue.record("\(error)") }
    }
  }

  func ask(_ method: String, _ params: JSONObject = [:], abilities: JSON = [:]) async -> JSON {
    var params = params
    params["_meta"] = [
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientCapabilities": abilities,
    ]
    answer = .null
    await LoopActor.loop.nextTurn()
    link?.receive([
      "jsonrpc": "2.0", "id": 1, "method": .string(method), "params": .object(params),
    ])
    var turns = 0
    while answer.isNull, turns < 50 {
      await clock.advance(by: .milliseconds(100))
      turns += 1
    }
    return answer["result"] ?? answer
  }

  func call(_ tool: String, _ arguments: JSONObject = [:]) async -> JSON {
    await ask("tools/call", ["name": .string(tool), "arguments": .object(arguments)])
  }

  /// What a failed call says; nil where it worked.
  func complaint(_ tool: String, _ arguments: JSONObject) async -> String? {
    let result = await call(tool, arguments)
    guard result["isError"] == true || result["error"] != nil else { return nil }
    return result["content"]?[0]?["text"]?.string ?? result["error"]?["message"]?.string
  }

  /// All that is in the world, put together by the store: the loop is everybody's.
  func state() throws -> [String] {
    try plan.world.entities.map { entity in
      let columns = entity.columns.map { "quote(\($0.name))" }.joined(separator: "||','||")
      return try world.store.rows("SELECT group_concat(\(columns), ';') FROM \(entity.name)")
        .first?[0].text ?? ""
    }
  }

  /// Whatever the work does to the world is taken back.
  func undoing(_ work: () async throws -> Void) async throws {
    try world.store.execute("SAVEPOINT bench")
    try await work()
    try world.store.execute("ROLLBACK TO bench")
    try world.store.execute("RELEASE bench")
  }
}
