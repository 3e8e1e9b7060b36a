import JSON
import MCPProtocol
import MCPServer
import MockBackend

/// The hosted Alumia server with ten tools, and what the command line program adds on standard input and output.
enum AlumiaCatalog {
  static let plan: SystemPlan = {
    var plan = SystemPlan(
      "alumia", Implementation(name: "alumia", version: "1.4.0", title: "Alumia"),
      "Operate on agents, projects, sessions and memories of your Alumia organization. "
        + "Workspace changes, project sharing, org settings and memory deletes are done in the app.",
      Alumia.system, tools: hostedTools)
    plan.localTools = localTools
    plan.prompts = [summary]
    plan.resources = [
      ResourceRow(
        "alumia://org", "alumia_org_snapshot", "Organization",
        "Counts of agents, projects, and sessions in the calling org.", of: "org_snapshot")
    ]
    plan.restOnly = restRows
    plan.scopes = .readWrite
    plan.restScopes = ScopeRule.none
    plan.iconColor = "#0b7285"
    plan.iconLetter = "U"
    plan.samples = samples
    plan.admission = SystemPlan.workspaceOfKey
    plan.scopeWords = scopeWords
    plan.address = { kind, _ in kind == "organization" ? "alumia://org" : nil }
    return plan
  }()

  /// A key that holds none of the MCP pair is told the way that works for it.
  private static let scopeWords: CredentialGate.ScopeWords = { caller, need, missing in
    guard caller.scopes.isDisjoint(with: ["read", "write"]) else {
      return CredentialGate.plainWords(caller, need, missing)
    }
    return
      "\(need.name) needs the MCP scope \(missing.joined(separator: ", ")); this key has org API scopes alone "
      + "(\(caller.scopes.sorted().joined(separator: ", "))) and none of the MCP pair read, write: "
      + "use stdio (alumia mcp --stdio, here alidade serve alumia --stdio), where the same key works without MCP scopes"
  }

  private static let summary = PromptRow(
    "alumia_summarize_org", "Summarize the organization",
    "Starter prompt for summarizing org activity.",
    [
      .optional(
        "focus", "What matters most", .fixed(["activity", "cost", "agents", "projects"])),
      .optional("audience", "Who reads it", .fixed(["team", "management", "customers"])),
    ],
    data: [
      .init("Organization", "org_snapshot"), .init("Balance", "alumia_get_balance"),
      .init("Latest sessions", "alumia_list_sessions", ["limit": 10]),
    ],
    "Summarize what happens in this organization for the {audience|team}, with a focus on {focus|activity}. Five sentences, then what to look at next."
  )

  private static let samples: [String: Sample] = [
    "agent_id": .id(Alumia.agent), "project_id": .id(Alumia.project),
    "task_id": .id(Alumia.task, Filter("status", "queued")),
    "schedule_id": .id(Alumia.schedule), "webhook_id": .id(Alumia.webhook),
    "alumia_list_sessions.status": .value("active"),
  ]
}
