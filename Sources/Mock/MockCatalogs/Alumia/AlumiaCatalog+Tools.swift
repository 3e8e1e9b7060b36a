import EventLoop
import JSON
import JSONSchema
import MCPProtocol
import MCPServer
import MockBackend

extension AlumiaCatalog {
  static func agent(_ presence: SchemaMember.Presence) -> SchemaMember {
    .id("agent_id", presence, "The agent's id", like: "agt_8k2m4n6p8q1r")
  }
  private static func project(_ presence: SchemaMember.Presence) -> SchemaMember {
    .id("project_id", presence, "The project's id", like: "prj_8k2m4n6p8q1r")
  }

  static let hostedTools: [ToolRow] = readingTools + writingTools

  private static let readingTools: [ToolRow] = [
    ToolRow(
      "alumia_get_balance", "Get balance", .reads, "GET /billing/balance",
      "Shows what is left of the prepaid balance and what the last 30 days have cost.",
      returns: .object([
        .string("organization", .required, "Organization"),
        .string("currency", .required, "Currency"), .number("balance", .required, "What is left"),
        .number("used_last_30_days", .required, "Cost of the last 30 days"),
        .string("plan", .required, "Plan"),
      ]), Alumia.getBalance),
    ToolRow(
      "alumia_list_agents", "List agents", .reads, "GET /agents", "Lists agents by name.",
      [
        .choice("status", .optional, "Only in that state", of: ["ready", "paused"]), .limit,
        .offset,
      ], returns: .page("agents", of: Alumia.agent), Alumia.listAgents),
    ToolRow(
      "alumia_list_projects", "List projects", .reads, "GET /projects", "Lists projects by name.",
      [
        .choice("status", .optional, "Only in that state", of: ["active", "archived"]), .limit,
        .offset,
      ], returns: .page("projects", of: Alumia.project), Alumia.listProjects),
    ToolRow(
      "alumia_list_sessions", "List sessions", .reads, "GET /sessions",
      "Lists sessions, the latest first.",
      [
        .choice("status", .optional, "Only in that state", of: Alumia.sessionStates),
        agent(.optional), project(.optional), .limit, .offset,
      ], returns: .page("sessions", of: Alumia.session), Alumia.listSessions),
    ToolRow(
      "alumia_list_files", "List files", .reads, "GET /files", "Lists files of projects by path.",
      [project(.optional), .limit, .offset], returns: .page("files", of: Alumia.file),
      Alumia.listFiles),
    ToolRow(
      "alumia_search_memories", "Search memories", .reads, "GET /memories",
      "Finds memories with all words of the query, the latest first.",
      [
        .words("query", .required, "Words", like: "invoices"),
        .choice("kind", .optional, "Only of that kind", of: Alumia.memoryKinds), .limit, .offset,
      ], returns: .page("memories", of: Alumia.memory), Alumia.searchMemories
    ).talking(searchSlowly),
    ToolRow(
      "alumia_list_connectors", "List connectors", .reads, "GET /connectors",
      "Lists connectors that are set up, with their state.", [.limit, .offset],
      returns: .page("connectors", of: Alumia.connector), Alumia.listConnectors),
    ToolRow(
      "alumia_get_connector_catalog", "Get connector catalog", .reads, "GET /connectors/catalog",
      "Lists every connector there is, by category.",
      [
        .choice(
          "category", .optional, "Only of that category",
          of: ["chat", "code", "data", "documents", "finance", "mail", "planning", "sales"]),
        .limit,
        .offset,
      ], returns: .page("connectors", of: Alumia.connector), Alumia.getConnectorCatalog),
  ]

  private static let writingTools: [ToolRow] = [
    ToolRow(
      "alumia_create_memory", "Create memory", .creates, "POST /memories",
      "Writes something agents shall remember. Memories are deleted in the app.",
      [
        .words(
          "content", .required, "What is remembered", upTo: 4000,
          like: "Reports are due on Fridays."),
        .choice("kind", .optional, "Kind", of: Alumia.memoryKinds, default: "fact"),
        agent(.optional),
        .list("tags", .optional, "Tags", of: .string(maxLength: 40), maxItems: 10, unique: true),
      ], returns: .record(Alumia.memory), Alumia.createMemory),
    ToolRow(
      "alumia_create_session", "Create session", .creates, "POST /sessions",
      "Starts a session with an agent. Asks before it wakes a paused one; goes on as a task where the client follows one.",
      [
        agent(.required), .words("title", .required, "Title", like: "Compare three suppliers"),
        project(.optional),
        .words("message", .optional, "First message", upTo: 20_000, like: "Begin with prices."),
        .boolean("wake", .optional, "Use the agent even if it is paused", default: false),
      ], returns: .record(Alumia.session), Alumia.createSession
    ).talking(task: .optional, startSession),
  ]

  /// Tells how far it is.
  private static let searchSlowly: ToolRow.Talk = { invocation, desk in
    invocation.progress(0, of: 2, "reading the index")
    let found = try await desk.ask(
      "alumia_search_memories", invocation.arguments, invocation.caller)
    invocation.progress(2, of: 2, "\(found["count"]?.int ?? 0) found")
    return .structured(found)
  }

  private static let startSession: ToolRow.Talk = { invocation, desk in
    var arguments = invocation.arguments
    if arguments["wake"] == nil, invocation.abilities.elicitationForm {
      let agents = try await desk.ask(
        "alumia_list_agents", ["status": "paused", "limit": 100], invocation.caller)
      let paused = (agents["agents"]?.array ?? []).first { $0["id"] == arguments["agent_id"] }
      if let paused {
        let form = Schema.object([
          .boolean("wake", .required, "Wake the agent", default: true)
        ])
        let answer = try await invocation.elicit(
          "The agent \"\(paused["name"]?.string ?? "")\" is paused. Wake it?", form.json,
          key: "wake")
        guard answer.action == .accept, answer.content?["wake"] == true else {
          throw ToolFailure("no session was started: the agent stays paused")
        }
        arguments["wake"] = true
      }
    }
    for (place, step) in ["finding a sandbox", "loading the project"].enumerated() {
      invocation.progress(Double(place), of: 2, step)
      invocation.status(step)
      if invocation.isTask { try await invocation.sleep(for: .milliseconds(400)) }
    }
    let made = try await desk.ask("alumia_create_session", arguments, invocation.caller)
    invocation.progress(2, of: 2, "started")
    return .structured(made)
  }

  static let restRows: [ToolRow] = [
    ToolRow(
      "org_snapshot", "Organization", .reads, "GET /org", "Counts of agents, projects, sessions.",
      returns: .any, Alumia.snapshot)
  ]
}
