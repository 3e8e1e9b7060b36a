import Audit
import EventLoop
import HTTPCore
import JSON
import Keys
import MCPServer
import MockBackend
import TestSupport
import Testing

@testable import MockCatalogs
@testable import Operations

/// The rows A1 to A9 of what the systems must do.
@LoopActor @Suite(.inTurns) struct AlumiaTests {
  private let scratch = ScratchFolder()

  @Test func `A1: live and test keys open the hosted endpoint at mcp`() async throws {
    let stand = try await SystemStand.open("alumia", scratch)
    #expect(stand.url.hasSuffix("/mcp"))
    for isTest in [false, true] {
      let key = try await stand.key(["read"], test: isTest)
      #expect(key.key.prefix.hasPrefix(isTest ? "alm_test_" : "alm_live_"))
      let answer = try await stand.call("alumia_get_balance", [:], key.bearer)
      #expect(answer.result["currency"] == "USD", "\(answer.text)")
    }
    #expect(try await stand.call("alumia_get_balance", [:], [:]).status == 401)
    await stand.close()
  }

  @Test func `A2: the ten hosted tools have the scopes of the document`() async throws {
    let stand = try await SystemStand.open("alumia", scratch)
    let key = try await stand.key(["read", "write"])
    let list = try await stand.ask("tools/list", [:], key.bearer)
    let tools = list.json["result"]?["tools"]?.array ?? []
    let rows = tools.map {
      "\($0["name"]?.string ?? "") \($0["_meta"]?["alidade/scopes"]?[0]?.string ?? "")"
    }
    #expect(
      rows == [
        "alumia_get_balance read", "alumia_list_agents read", "alumia_list_projects read",
        "alumia_list_sessions read", "alumia_list_files read", "alumia_search_memories read",
        "alumia_list_connectors read", "alumia_get_connector_catalog read",
        "alumia_create_memory write", "alumia_create_session write",
      ])
    await stand.close()
  }

  @Test func `A3: writing fails closed, and a key of org scopes is sent to stdio`() async throws {
    let stand = try await SystemStand.open("alumia", scratch)
    let reader = try await stand.key(["read"])
    let memory: JSONObject = ["content": "Reports are due on Fridays."]
    let denied = try await stand.call("alumia_create_memory", memory, reader.bearer)
    #expect(denied.status == 403 && denied.complaint.contains("write"))
    #expect(denied.fields["WWW-Authenticate"]?.contains("insufficient_scope") == true)
    let org = try await stand.key(["models:read"])
    let told = try await stand.call("alumia_get_balance", [:], org.bearer)
    #expect(told.status == 403)
    #expect(told.complaint.contains("none of the MCP pair") && told.complaint.contains("--stdio"))
    await stand.close()
  }

  @Test func `A4: on standard input and output there are 24 tools and no scopes`() async throws {
    let serving = try await Serving.open(ServeWish(system: "alumia", way: .stdio))
    let tools = serving.served.catalog.tools
    #expect(tools.count == 24 && tools.allSatisfy(\.scopes.isEmpty))
    for word in ["exec", "usage", "task", "schedule", "webhook", "knowledge"] {
      #expect(tools.contains { $0.name.contains(word) }, "\(word)")
    }
  }

  @Test func `A5: the organization is a resource and a prompt`() async throws {
    let stand = try await SystemStand.open("alumia", scratch)
    let key = try await stand.key(["read"])
    let read = try await stand.ask(
      "resources/read", ["uri": "alumia://org"], key.bearer, named: "alumia://org")
    let text = read.json["result"]?["contents"]?[0]?["text"]?.string ?? ""
    for word in ["agents", "projects", "sessions"] { #expect(text.contains(word), "\(text)") }
    let prompt = try await stand.ask(
      "prompts/get", ["name": "alumia_summarize_org"], key.bearer, named: "alumia_summarize_org")
    #expect(prompt.text.contains("Balance"))
    await stand.close()
  }

  @Test func `A6: what the app alone may do is refused with the place to do it`() throws {
    let plan = AlumiaCatalog.plan
    #expect(!plan.tools.contains { $0.name.contains("key") } && !plan.mintsKeys)
    #expect(!(plan.tools + plan.localTools).contains { $0.name.contains("delete_memory") })
  }

  @Test func `A7: the audit tells reading from writing, and who was denied`() async throws {
    let stand = try await SystemStand.open("alumia", scratch)
    let key = try await stand.key(["read", "write"])
    _ = try await stand.call("alumia_get_balance", [:], key.bearer)
    _ = try await stand.call("alumia_create_memory", ["content": "Ship on Mondays."], key.bearer)
    let audit = try await Records(stand.store).audit()
    let events = try await audit.newest(10)
    #expect(
      events.suffix(2).map(\.event.kind.rawValue) == [
        "mcp.tool.invoked", "mcp.tool.invoked.mutating",
      ])
    #expect(try await audit.verify() == .intact(try await audit.head()))
    await audit.close()
    await stand.close()
  }

  @Test(arguments: ["alumia", "alloy-projects"])
  func `A9, S6: the descriptor tells a client where and how`(_ name: String) async throws {
    let stand = try await SystemStand.open(name, scratch)
    let card = try await SystemStand.send("GET", "\(stand.base)/.well-known/mcp.json")
    #expect(card.json["endpoints"]?[0]?["url"]?.string == stand.url)
    #expect(card.json["authentication"]?["scopes"] == ["read", "write"])
    await stand.close()
  }

  @Test func `S9: the same seed makes the same data, and another seed other data`() async throws {
    var answers: [JSON] = []
    for seed in [1, 1, 2] as [UInt64] {
      let stand = try await SystemStand.open("alloy-projects", scratch) { $0.world.seed = seed }
      let key = try await stand.key(["read"])
      answers.append(try await stand.call("list_members", ["limit": 50], key.bearer).result)
      await stand.close()
    }
    let people = answers.map { $0["members"]?.array?.compactMap { $0["id"]?.string } ?? [] }
    #expect(people[0].count >= 24 && people[0] == people[1] && people[0] != people[2])
  }
}
