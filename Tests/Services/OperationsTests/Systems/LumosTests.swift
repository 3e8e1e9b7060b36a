import AuthorizationServer
import EventLoop
import HTTPCore
import JSON
import MCPServer
import MockBackend
import TestSupport
import Testing

@testable import MockCatalogs
@testable import Operations

/// The rows D1 to D6 of what the systems must do.
@LoopActor @Suite(.inTurns) struct LumosTests {
  private let scratch = ScratchFolder()

  private func stand() async throws -> SystemStand {
    try await SystemStand.open("lumos", scratch) { wish in
      wish.needsKey = false
      wish.authorization = AuthorizationWish()
    }
  }

  @Test func `D1, D6: other paths name the right one, and the admin server is not there yet`()
    async throws
  {
    let stand = try await stand()
    #expect(stand.url.hasSuffix("/mcp/user"))
    for path in ["/", "/app", "/mcp"] {
      let told = try await stand.ask("tools/list", [:], [:], at: stand.base + path)
      #expect(told.status == 404 && told.complaint.contains("/mcp/user"), "\(path): \(told.text)")
    }
    let admin = try await stand.ask("tools/list", [:], [:], at: stand.base + "/mcp/admin")
    #expect(admin.complaint.contains("not available yet"))
    await stand.close()
  }

  @Test func `D2: consent names what each scope allows`() async throws {
    let stand = try await stand()
    let rows = stand.serving.records.authorization?.settings.scopes ?? []
    #expect(
      rows.map { "\($0.name): \($0.sentence)" } == [
        "lumos:user:read: View your access requests in the App Store.",
        "lumos:user:write: Submit access requests on your behalf.",
      ])
    await stand.close()
  }

  @Test func `S6: the descriptor says that a token is needed, and with which scopes`()
    async throws
  {
    let stand = try await stand()
    let card = try await SystemStand.send("GET", "\(stand.base)/.well-known/mcp.json")
    #expect(
      card.json["authentication"] == [
        "required": true, "schemes": ["oauth2"], "headers": ["Authorization"],
        "scopes": ["lumos:user:read", "lumos:user:write"],
      ])
    await stand.close()
  }

  @Test func `S3: the transport of the first revision names a resource that there is`()
    async throws
  {
    let stand = try await SystemStand.open("lumos", scratch) { wish in
      wish.needsKey = false
      wish.authorization = AuthorizationWish()
      wish.hasLegacyStream = true
    }
    let document = "\(stand.base)/.well-known/oauth-protected-resource/sse"
    for (method, path) in [("GET", "/sse"), ("POST", "/messages?session_id=1")] {
      let told = try await SystemStand.send(method, stand.base + path)
      let challenge = told.fields["WWW-Authenticate"] ?? ""
      #expect(told.status == 401 && challenge.contains("resource_metadata=\"\(document)\""))
    }
    let found = try await SystemStand.send("GET", document)
    #expect(found.json["resource"]?.string == "\(stand.base)/sse")
    await stand.close()
  }

  @Test func `D3: tokens live for minutes`() async throws {
    let stand = try await stand()
    #expect(stand.serving.records.authorization?.settings.accessLife == .seconds(300))
    await stand.close()
  }

  private static func caller(_ person: SystemPerson) -> Caller {
    Caller(
      principal: person.id, scopes: ["lumos:user:read", "lumos:user:write"],
      claims: [
        "user": person.id, "roles": person.roles.joined(separator: " "),
        "flags": person.flags.joined(separator: " "),
      ])
  }

  private func people() throws -> [SystemPerson] {
    let world = try World(Lumos.system, clock: LoopActor.loop.clock)
    let people = try #require(LumosCatalog.plan.people)
    return try people(world)
  }

  @Test func `D4: what a user sees depends on role and flags`() throws {
    let all: Set = [
      "search_apps", "search_requestable_permissions", "list_requestable_permissions",
      "submit_access_request", "list_access_requests",
    ]
    let people = try people()
    let rows: [(SystemPerson?, Set<String>)] = [
      (people.first { $0.roles == ["employee"] && $0.flags.count == 2 }, []),
      (people.first { $0.roles == ["auditor"] }, []),
      (people.first { $0.flags.count == 1 }, ["search_requestable_permissions"]),
      (
        people.first { $0.roles == ["guest"] },
        ["search_requestable_permissions", "submit_access_request"]
      ),
    ]
    for (person, hidden) in rows {
      let caller = Self.caller(try #require(person))
      let seen = LumosCatalog.plan.tools.filter { $0.isVisible(to: caller, nil) }.map(\.name)
      #expect(Set(seen) == all.subtracting(hidden), "\(caller.claims)")
    }
  }

  @Test func `D5: a write that the role forbids is told apart from a missing scope`() throws {
    let auditor = try #require(try people().first { $0.roles == ["auditor"] })
    let world = try World(Lumos.system, clock: LoopActor.loop.clock)
    let row = try #require(LumosCatalog.plan.tools.first { $0.name == "submit_access_request" })
    let arguments = try LumosCatalog.plan.example(of: row, in: world)
    #expect(throws: WorldError.self) {
      _ = try Lumos.submit(WorldCall(world, Visitor(Self.caller(auditor)), arguments))
    }
    do { _ = try Lumos.submit(WorldCall(world, Visitor(Self.caller(auditor)), arguments)) } catch {
      #expect("\(error)".contains("role auditor") && "\(error)".contains("does not change that"))
    }
  }
}
