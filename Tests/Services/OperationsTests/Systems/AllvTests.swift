import Audit
import EventLoop
import Faults
import HTTPCore
import JSON
import Keys
import MCPServer
import MockBackend
import SafeText
import TestSupport
import Testing

@testable import MockCatalogs
@testable import Operations

/// The rows E1 to E6 of what the systems must do.
@LoopActor @Suite(.inTurns) struct AllvTests {
  private let scratch = ScratchFolder()

  private func fields(
    _ stand: SystemStand, _ member: HTTPFields? = nil
  ) async throws -> HTTPFields {
    let key = try await stand.key(["read", "write"])
    return key.bearer.overlaid(
      with: member ?? ["x-allv-user-email": stand.serving.served.firstMember])
  }

  @Test func `E1: both paths take POST, and GET gets 405`() async throws {
    let stand = try await SystemStand.open("allv", scratch)
    let fields = try await fields(stand)
    for path in ["/workspaces/northwind/mcp", "/api/workspaces/northwind/mcp"] {
      let url = stand.base + path
      #expect(try await stand.call("agent.list", [:], fields, at: url).result["count"] != nil)
      #expect(try await SystemStand.send("GET", url, fields).status == 405)
    }
    await stand.close()
  }

  @Test func `E2: a key of either header and a member of the workspace`() async throws {
    let stand = try await SystemStand.open("allv", scratch)
    let key = try await stand.key(["read", "write"])
    let email = stand.serving.served.firstMember
    let world = try #require(stand.serving.served.desk?.world)
    let id = try world.store.first(Allv.member, Filter("email", email))?.id ?? ""
    let plain: HTTPFields = ["x-api-key": key.text.reveal()]
    for member in [["x-allv-user-email": email], ["x-allv-user-id": id]] as [HTTPFields] {
      for way in [plain, key.bearer] {
        let answer = try await stand.call("run.list", [:], way.overlaid(with: member))
        #expect(answer.result["runs"] != nil, "\(answer.text)")
      }
    }
    let missing = try await stand.call("run.list", [:], plain)
    #expect(missing.complaint.contains("x-allv-user-id or x-allv-user-email"))
    let unknown = try await stand.call(
      "run.list", [:], plain.overlaid(with: ["x-allv-user-email": "nobody@example.com"]))
    #expect(unknown.status == 403 && unknown.complaint.contains("is no member of this workspace"))
    await stand.close()
  }

  @Test func `E3: without its flag the server is closed, and says which`() async throws {
    let stand = try await SystemStand.open("allv", scratch)
    let fields = try await fields(stand)
    let other = stand.base + "/workspaces/contoso/mcp"
    let off = try await stand.call("agent.list", [:], fields, at: other)
    #expect(off.status == 403 && off.complaint.contains("mcp_server_v1 is off"), "\(off.text)")
    try stand.serving.faults.set("flag-off", to: true)
    #expect(try await stand.call("agent.list", [:], fields).status == 403)
    await stand.close()
  }

  @Test func `E4: memory is read as resources and written by its tool`() async throws {
    let stand = try await SystemStand.open("allv", scratch)
    let fields = try await fields(stand)
    _ = try await stand.call(
      "agent.update_memory", ["key": "new-note", "content": "Ship on Mondays."], fields)
    let uri = "allv://memory/new-note"
    let read = try await stand.ask("resources/read", ["uri": .string(uri)], fields, named: uri)
    #expect(read.text.contains("Ship on Mondays."), "\(read.text)")
    await stand.close()
  }

  @Test(arguments: [Approval.State.approved, .rejected])
  func `E5, E6: a call waits for a person's word, and goes on with it`(
    _ state: Approval.State
  ) async throws {
    let stand = try await SystemStand.open("allv", scratch)
    let fields = try await fields(stand)
    let mail: JSONObject = ["to": "grace@example.com", "subject": "Hello", "body": "It is ready."]
    let call = EventLoop.task { try? await stand.call("email.send", mail, fields) }
    // As another program sees it: a connection of its own to the same folder.
    let desk = try ApprovalStore(folder: stand.folder)
    var waiting: Approval?
    while waiting == nil {
      waiting = try desk.all(state: .pending).first
      await LoopActor.loop.nextTurn()
    }
    let id = try #require(waiting?.id)
    #expect(waiting?.tool == "email.send" && waiting?.arguments["to"] == "grace@example.com")
    _ = try desk.decide(id, state, by: "ann", note: "as agreed")
    let answer = try #require(await call.value)
    if state == .approved {
      #expect(answer.text.contains("done") && answer.text.contains(id), "\(answer.text)")
    } else {
      #expect(answer.text.contains("ann rejected \(id): as agreed"), "\(answer.text)")
    }
    #expect(throws: WorldError.self) { _ = try desk.decide(id, .approved, by: "ben") }
    let runs = try await stand.call("run.list", ["limit": 1], fields)
    let run = runs.result["runs"]?[0]
    #expect(run?["approval_id"]?.string == id)
    #expect(run?["status"] == (state == .approved ? "succeeded" : "rejected"), "\(runs.text)")
    desk.close()
    await stand.close()
  }
}
