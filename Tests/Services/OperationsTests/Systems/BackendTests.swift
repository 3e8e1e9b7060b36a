import EventLoop
import HTTPCore
import JSON
import JSONSchema
import Keys
import MCPServer
import MockBackend
import SafeText
import TestSupport
import Testing

@testable import MockCatalogs
@testable import Operations

/// The REST API behind the systems, and servers that ask it.
@LoopActor @Suite(.inTurns, .timeLimit(.minutes(15))) struct BackendTests {
  private let scratch = ScratchFolder()

  private func serving(
    _ faults: Set<String> = [],
    _ work: @LoopActor (_ base: String, _ records: Records) async throws -> Void
  ) async throws {
    let store = RecordStore.folder(DataFolder(scratch.file("data")))
    var wish = BackendWish(records: store)
    wish.address = "127.0.0.1:0"
    wish.faults = faults
    let serving = try await BackendServing.open(wish)
    let began = Latch()
    let run = EventLoop.task {
      do throws(OperationFailure) { try await serving.run { _ in began.set() } } catch {
        Issue.record("\(error)")
        began.set()
      }
    }
    await began.wait()
    try await work("\(serving.addresses.first ?? "")/api/v1", Records(store))
    run.cancel()
    await run.value
  }

  private func key(
    _ records: Records, _ system: String, _ scopes: [String], expires: WallTime? = nil
  ) async throws -> MintedKey {
    let keys = try await records.keys()
    var request = KeyRequest(
      system: try #require(KeySystem.named(system)), name: "bot", scopes: scopes, createdBy: "ann")
    request.expiresAt = expires
    let minted = try await keys.mint(request, at: LoopActor.loop.clock.wallTime)
    await keys.close()
    return minted
  }

  @Test func `C5: auth me and api-keys answer as the guide shows`() async throws {
    try await serving { base, records in
      let first = try await key(records, "alloy-projects", ["read", "write"])
      let me = try await SystemStand.send("GET", "\(base)/auth/me", first.bearer)
      #expect(me.status == 200 && me.json["role"] == "owner")
      for member in ["user_id", "org_id", "email", "role"] {
        #expect(me.json[member]?.string?.isEmpty == false, "\(member)")
      }
      let body = Array(#"{"name": "MCP Server", "scopes": ["read", "write"]}"#.utf8)
      let made = try await SystemStand.send("POST", "\(base)/api-keys", first.bearer, body)
      #expect(made.status == 201)
      #expect(
        made.json.object?.members.map(\.key) == [
          "id", "name", "key", "key_prefix", "scopes", "project_ids", "created_at", "expires_at",
        ])
      let text = try #require(made.json["key"]?.string)
      #expect(text.hasPrefix("alloy_live_") && made.json["expires_at"] == .null)
      let again = try await SystemStand.send(
        "GET", "\(base)/auth/me", ["Authorization": "Bearer \(text)"])
      #expect(again.status == 200)
      let more = Array(#"{"name": "x", "scopes": ["admin"]}"#.utf8)
      let refused = try await SystemStand.send("POST", "\(base)/api-keys", first.bearer, more)
      #expect(refused.status == 422 && refused.json["error"]?["argument"] == "scopes")
    }
  }

  @Test func `C8: what is wrong with a token is told in the words of the guide`() async throws {
    try await serving { base, records in
      let reader = try await key(records, "alloy-projects", ["read"])
      let past = WallTime(microseconds: LoopActor.loop.clock.wallTime.microseconds - 1)
      let old = try await key(records, "alloy-projects", ["read"], expires: past)
      let rows: [(HTTPFields, String, String, Int, String)] = [
        ([:], "GET", "auth/me", 401, "no API token was sent"),
        (["Authorization": "Bearer alloy_live_your_key"], "GET", "ping", 401, "invalid API token"),
        (old.bearer, "GET", "auth/me", 401, "unauthorized"),
        (reader.bearer, "POST", "tickets", 403, "forbidden"),
        (reader.bearer, "GET", "nothing", 404, "/api/v1/nothing"),
        (reader.bearer, "PUT", "auth/me", 405, "takes GET"),
        (reader.bearer, "GET", "tickets?limit=many", 422, "limit"),
      ]
      for (fields, method, path, status, words) in rows {
        let answer = try await SystemStand.send(method, "\(base)/\(path)", fields)
        let told = answer.json["error"]?["message"]?.string ?? ""
        #expect(answer.status == status && told.contains(words), "\(path): \(answer.text)")
      }
    }
  }

  @Test func `S7: a key reaches the API of its own system`() async throws {
    try await serving { base, records in
      let alumia = try await key(records, "alumia", ["models:read"])
      let agents = try await SystemStand.send("GET", "\(base)/agents", alumia.bearer)
      #expect(agents.json["agents"]?[0]?["model"] != nil, "\(agents.text)")
      let minted = try await SystemStand.send(
        "POST", "\(base)/api-keys", alumia.bearer, Array("{}".utf8))
      #expect(minted.status == 403 && minted.text.contains("dashboard"))
      let sessions = try await key(records, "alloy-sessions", ["read"])
      let list = try await SystemStand.send("GET", "\(base)/sessions", sessions.bearer)
      #expect(list.json["sessions"]?[0]?["workspace"] != nil, "\(list.text)")
      let allv = try await key(records, "allv", ["read"])
      let fields = allv.bearer.overlaid(with: ["x-allv-user-email": "nobody@example.com"])
      let stranger = try await SystemStand.send("GET", "\(base)/runs", fields)
      #expect(stranger.status == 200 || stranger.status == 401)
    }
  }

  @Test func `S8: a backend that is down is told of, and comes back`() async throws {
    try await serving(["backend-down"]) { base, records in
      let key = try await key(records, "alloy-projects", ["read"])
      let down = try await SystemStand.send("GET", "\(base)/tickets", key.bearer)
      #expect(down.status == 503 && down.text.contains("connection refused"))
      try FaultFile(DataFolder(scratch.file("data"))).set([], of: BackendWish.name)
      let up = try await SystemStand.send("GET", "\(base)/tickets", key.bearer)
      #expect(up.status == 200)
    }
  }

  /// Moments differ from run to run.
  private static func masked(_ json: JSON) -> String {
    json.compact.replacing(/\d{4}-\d\d-\d\dT[\d:.]+Z/, with: "moment")
  }

  @Test(arguments: ["alloy-projects", "alumia", "alloy-sessions"])
  func `S7: the same script gives the same answers from the data here and over REST`(
    _ system: String
  ) async throws {
    try await serving { base, records in
      let key = try await key(records, system, ["read", "write"])
      let plan = try #require(CatalogRow.named(system)?.plan?())
      let here = try desk(plan, nil)
      let world = try #require(here.world)
      let address = BackendAddress(
        url: String(base.dropLast("/api/v1".count)), token: key.text, variable: "ALLOY_API_URL")
      let there = try desk(plan, address.client())
      for row in plan.tools + plan.localTools + plan.restOnly where row.name != "ping" {
        let good = try plan.example(of: row, in: world)
        var bad = good
        for member in row.input where member.key.hasSuffix("_id") { bad[member.key] = "nothing" }
        for arguments in [good, bad] {
          let one = await answer(row.name, arguments, here)
          let other = await answer(row.name, arguments, there)
          #expect(
            Self.masked(one) == Self.masked(other),
            "\(row.name) \(JSON.object(arguments).compact)\n\(one.compact)\n\(other.compact)")
        }
      }
    }
  }

  private func desk(_ plan: SystemPlan, _ api: RestClient?) throws -> SystemDesk {
    var wish = CatalogWish(clock: LoopActor.loop.clock)
    wish.api = api
    return try SystemDesk(plan, wish)
  }

  private func answer(_ tool: String, _ arguments: JSONObject, _ desk: SystemDesk) async -> JSON {
    do { return try await desk.ask(tool, arguments, .local) } catch { return .string("\(error)") }
  }

  @Test func `C5 A4: the variables of the documents name the API, and a wrong name is told of`()
    throws
  {
    let alloy = try #require(BackendVariables.named("alloy-projects"))
    let found = try alloy.backend(
      nil, ["ALLOY_API_URL": "http://localhost:3000", "ALLOY_API_TOKEN": "t"])
    #expect(found?.url == "http://localhost:3000" && found?.token.reveal() == "t")
    #expect(try alloy.backend(nil, [:]) == nil)
    let alumia = try #require(BackendVariables.named("alumia"))
    #expect(throws: OperationFailure.self) {
      try alumia.backend(nil, ["ALUMIA_API_URL": "https://alumia.com"])
    }
    let both = ["ALUMIA_API_URL": "x", "ALUMIA_BASE_URL": "https://alumia.com"]
    #expect(try alumia.backend(nil, both)?.url == "https://alumia.com")
    #expect(try alloy.backend("http://a", both)?.variable == "--api-url")
  }
}
