import MCPProtocol
import MockBackend

/// The `alloy-mcp` server: 67 tools, 15 prompts, resources by address.
enum AlloyProjectsCatalog {
  static let plan: SystemPlan = {
    var plan = SystemPlan(
      "alloy-projects",
      Implementation(name: "alloy-mcp", version: "0.9.0", title: "Alloy projects"),
      "Project management: tickets are named by key, as WEB-12, projects by key, people by address. "
        + "Lists come in pages: ask on with next_offset.",
      AlloyProjects.system,
      tools: ticketTools + commentTools + labelTools + projectTools + sprintTools + teamTools
        + workflowTools + timeTools + financeTools + organizationTools)
    plan.prompts = prompts
    plan.resources = resources
    plan.restOnly = restRows
    plan.scopes = .readWrite
    plan.samples = samples
    plan.paths = ["/mcp", "/"]
    plan.mintsKeys = true
    plan.people = { world throws(WorldError) in
      try world.store.records(AlloyProjects.member, Filter("status", "active")).map { member in
        SystemPerson(
          id: member.id, name: member.text("name"), email: member.text("email"),
          roles: [member.text("role")], flags: [])
      }
    }
    plan.iconColor = "#3b5bdb"
    plan.listed = SystemPlan.Listed(
      tool: "list_projects", list: "projects", key: "key", title: "name",
      uri: "alloy://projects/{key}", type: "application/json")
    plan.address = { kind, id in
      ["ticket", "sprint", "project"].contains(kind) ? "alloy://\(kind)s/\(id)" : nil
    }
    return plan
  }()
}
