import AuthorizationServer
import EventLoop
import HTTPCore
import JSON
import Keys
import MCPProtocol
import MCPServer
import MockBackend
import SafeText
import Settings
import TestSupport
import Testing

@testable import MockCatalogs
@testable import Operations

/// The rows B1 to B7 and C1 to C7 of what the systems must do.
@LoopActor @Suite(.inTurns) struct AlloyTests {
  private let scratch = ScratchFolder()

  // MARK: - Sessions

  @Test(
    arguments: [
      ("alloy-sessions", TransportKind.auto), ("lumos", .auto), ("lumos", .sse), ("allv", .sse),
    ])
  func `B1, D1: a client signs in with no key and no client id`(
    _ system: String, _ transport: TransportKind
  ) async throws {
    let stand = try await SystemStand.open(system, scratch) { wish in
      wish.needsKey = false
      wish.hasLegacyStream = transport == .sse
      var own = AuthorizationWish()
      own.consent = .auto
      wish.authorization = own
    }
    let bare = try await stand.ask("tools/list", [:], [:])
    #expect(bare.status == 401)
    #expect(bare.fields["WWW-Authenticate"]?.contains("resource_metadata=") == true)
    let folder = scratch.file("state")
    let station = Station(
      .init(
        client: .init(name: "t", version: "1"), environment: [:], directory: "/",
        stateFolder: folder),
      loop: LoopActor.loop)
    var definition = ServerDefinition(name: "s", transport: transport, origin: .commandLine)
    definition.url = transport == .sse ? "\(stand.base)/sse" : stand.url
    var order = SignInOrder()
    order.agreesByItself = true
    _ = try await station.signIn(
      to: definition, order, SignInScene(show: { _ in }, step: { _ in }))
    let connection = try await station.connect(to: definition) { _ in }
    #expect(try await connection.list(.tools).items.count >= 5)
    await connection.close()
    await station.close()
    await stand.close()
  }

  @Test func `B2, B7: a workspace key reaches its own sessions and no other`() async throws {
    let stand = try await SystemStand.open("alloy-sessions", scratch)
    let key = try await stand.key(["read"])
    let fields: HTTPFields = ["X-MCP-API-Key": key.text.reveal()]
    let list = try await stand.call("list_sessions", ["limit": 100], fields)
    #expect(list.result["sessions"]?.array?.isEmpty == false, "\(list.text)")
    let world = try #require(stand.serving.served.desk?.world)
    let foreign = try #require(
      try world.store.records(AlloySessions.session, Filter()).first { session in
        list.result["sessions"]?.array?.allSatisfy { $0["id"]?.string != session.id } ?? false
      })
    for (tool, arguments) in [
      ("get_session", ["session_id": .string(foreign.id)]),
      ("resolve_session_link", ["url": .string(foreign.text("url"))]),
    ] as [(String, JSONObject)] {
      let told = try await stand.call(tool, arguments, fields)
      #expect(told.complaint.contains("belongs to the workspace you authorized"), "\(told.text)")
    }
    try await stand.revoke(key)
    let gone = try await stand.call("list_sessions", [:], fields)
    #expect(gone.status == 401 && gone.complaint.contains("revoked"), "\(gone.text)")
    await stand.close()
  }

  @Test func `B4, B5: every form of a link leads to the session, its chat, files and diffs`()
    async throws
  {
    let stand = try await SystemStand.open("alloy-sessions", scratch)
    let fields = try await stand.key(["read"]).bearer
    for type in ["prototype", "dev"] {
      let list = try await stand.call("list_sessions", ["type": .string(type)], fields)
      let session = try #require(list.result["sessions"]?[0])
      let url = try #require(session["url"]?.string)
      for link in [url, url + "?tab=chat", String(url.dropFirst("https://".count))] {
        let found = try await stand.call("resolve_session_link", ["url": .string(link)], fields)
        #expect(found.result["id"] == session["id"], "\(link): \(found.text)")
      }
      let one: JSONObject = ["session_id": session["id"] ?? ""]
      let chat = try await stand.call("get_chat_messages", one, fields)
      let moments = chat.result["messages"]?.array?.compactMap { $0["created_at"]?.string } ?? []
      #expect(moments.count > 1 && moments == moments.sorted())
      let files = try await stand.call("list_session_files", one, fields)
      var file = one
      file["path"] = files.result["files"]?[0]?["path"] ?? ""
      let tool = type == "dev" ? "get_file_diff" : "get_file_content"
      let text = try await stand.call(tool, file, fields)
      #expect(text.result[type == "dev" ? "diff" : "content"]?.string?.isEmpty == false)
    }
    await stand.close()
  }

  // MARK: - Projects

  @Test(arguments: ["/", "/mcp"])
  func `C1: each request shows its token, at the address itself or at mcp`(
    _ path: String
  ) async throws {
    let stand = try await SystemStand.open("alloy-projects", scratch)
    let key = try await stand.key(["read"])
    let url = stand.base + path
    #expect(try await stand.call("ping", [:], key.bearer, at: url).result["status"] == "ok")
    #expect(try await stand.call("ping", [:], [:], at: url).status == 401)
    await stand.close()
  }

  private static let tools =
    """
    create_ticket get_ticket update_ticket delete_ticket search_tickets list_tickets assign_ticket
    unassign_ticket transition_ticket move_ticket link_tickets unlink_tickets list_ticket_links get_ticket_history
    add_comment list_comments update_comment delete_comment create_label list_labels update_label delete_label
    add_ticket_label remove_ticket_label list_tags create_tag tag_ticket untag_ticket create_project
    list_projects get_project update_project archive_project get_project_stats create_sprint list_sprints get_sprint
    update_sprint start_sprint complete_sprint add_ticket_to_sprint remove_ticket_from_sprint get_sprint_burndown create_team
    list_teams get_team add_team_member remove_team_member get_team_workload list_workflows get_workflow create_workflow
    update_workflow log_time list_time_entries update_time_entry delete_time_entry start_timer stop_timer
    get_project_budget set_project_budget get_cost_report get_organization list_members invite_member
    list_audit_events ping
    """
  private static let prompts =
    """
    triage_backlog plan_sprint sprint_review sprint_retro daily_standup write_ticket refine_ticket estimate_ticket
    bug_report release_notes time_report budget_review team_workload project_status onboard_member
    """
  private static let resources =
    """
    alloy://projects alloy://projects/{project_id} alloy://projects/{project_id}/tickets
    alloy://projects/{project_id}/sprints alloy://tickets/{ticket_id} alloy://sprints/{sprint_id}
    alloy://users/{user_id}/assignments
    """

  private static func words(_ text: String) -> Set<String> {
    Set(text.split { $0.isWhitespace }.map(String.init))
  }

  @Test func `C2, C3, C4: tools, prompts and resources are those of the document`() {
    let plan = AlloyProjectsCatalog.plan
    #expect(plan.tools.count == 67 && Set(plan.tools.map(\.name)) == Self.words(Self.tools))
    #expect(plan.prompts.count == 15 && Set(plan.prompts.map(\.name)) == Self.words(Self.prompts))
    #expect(Set(plan.resources.map(\.uri)) == Self.words(Self.resources))
  }

  @Test func `C3: a prompt is made of live data, and its arguments are completed`() async throws {
    let stand = try await SystemStand.open("alloy-projects", scratch)
    let fields = try await stand.key(["read", "write"]).bearer
    let asked = try await stand.ask(
      "completion/complete",
      [
        "ref": ["type": "ref/prompt", "name": "plan_sprint"],
        "argument": ["name": "project", "value": "w"],
      ], fields)
    #expect(asked.json["result"]?["completion"]?["values"]?[0] == "WEB", "\(asked.text)")
    let title = "A ticket of just now"
    let made = try await stand.call(
      "create_ticket", ["project_id": "WEB", "title": .string(title), "type": "bug"], fields)
    #expect(made.result["key"]?.string?.hasPrefix("WEB-") == true, "\(made.text)")
    let prompt = try await stand.ask(
      "prompts/get", ["name": "triage_backlog", "arguments": ["project": "WEB"]], fields,
      named: "triage_backlog")
    #expect(prompt.text.contains(title))
    await stand.close()
  }

  @Test func `C4: every resource address answers`() async throws {
    let stand = try await SystemStand.open("alloy-projects", scratch)
    let fields = try await stand.key(["read"]).bearer
    let sprint = try await stand.call("list_sprints", ["project_id": "WEB"], fields)
    let member = try await stand.call("list_members", ["limit": 1], fields)
    let values = [
      "project_id": "WEB", "ticket_id": "WEB-3",
      "sprint_id": sprint.result["sprints"]?[0]?["id"]?.string ?? "",
      "user_id": member.result["members"]?[0]?["id"]?.string ?? "",
    ]
    for row in AlloyProjectsCatalog.plan.resources {
      var uri = row.uri
      for (name, value) in values { uri = uri.replacing("{\(name)}", with: value) }
      let read = try await stand.ask("resources/read", ["uri": .string(uri)], fields, named: uri)
      #expect(read.json["result"]?["contents"]?[0]?["text"] != nil, "\(uri): \(read.text)")
    }
    await stand.close()
  }

  @Test func `C6: the authorization server tells of itself`() async throws {
    let stand = try await SystemStand.open("alloy-projects", scratch) {
      $0.authorization = AuthorizationWish()
    }
    let url = "\(stand.base)/.well-known/oauth-authorization-server"
    let document = try await SystemStand.send("GET", url)
    #expect(document.status == 200 && document.json["issuer"]?.string == stand.base)
    await stand.close()
  }
}
