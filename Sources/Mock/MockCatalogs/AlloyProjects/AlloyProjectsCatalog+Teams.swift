import JSON
import JSONSchema
import MockBackend

extension AlloyProjectsCatalog {
  static let teamTools: [ToolRow] = [
    ToolRow(
      "create_team", "Create team", .creates, "POST /teams", "Creates a team; for admins.",
      [
        .words("name", .required, "Name", upTo: 100, like: "Payments"),
        .prose("description", "What the team does", upTo: 500, like: "Money in and out"),
        .person("lead_id", .optional, "Who leads it"),
      ], returns: .team, AlloyProjects.createTeam),
    ToolRow(
      "list_teams", "List teams", .reads, "GET /teams", "Lists teams with their members.",
      [.limit, .offset], returns: .page("teams", of: .team), AlloyProjects.listTeams),
    ToolRow(
      "get_team", "Get team", .reads, "GET /teams/{team_id}", "Shows one team with its members.",
      [.team()], returns: .team, AlloyProjects.getTeam),
    ToolRow(
      "add_team_member", "Add team member", .changes, "POST /teams/{team_id}/members",
      "Adds a member to a team; for admins.",
      [
        .team(), .person("user_id", .required, "Who joins"),
        .choice(
          "role", .optional, "Role in the team", of: AlloyProjects.teamRoles, default: "member"),
      ], returns: .team, AlloyProjects.addTeamMember),
    ToolRow(
      "remove_team_member", "Remove team member", .changes,
      "DELETE /teams/{team_id}/members/{user_id}", "Takes a member out of a team; for admins.",
      [.team(), .person("user_id", .required, "Who leaves")], returns: .team,
      AlloyProjects.removeTeamMember),
    ToolRow(
      "get_team_workload", "Get team workload", .reads, "GET /teams/{team_id}/workload",
      "Open work of each member beside the hours a week has.", [.team()],
      returns: .object([
        .string("team_id", .required, "Team"), .string("name", .required, "Its name"),
        .list("members", .required, "A row a member", of: workload),
      ]), AlloyProjects.getTeamWorkload),
  ]

  private static let workload = Schema.object([
    .string("user_id", .required, "User id"), .string("name", .required, "Name"),
    .integer("open_tickets", .required, "Open tickets"),
    .integer("open_points", .required, "Story points of them"),
    .number("hours_last_week", .required, "Hours logged in the last seven days"),
    .integer("capacity_hours", .required, "Working hours a week"),
    .integer("load_percent", .required, "The first of the second, in percent"),
  ])

  private static let workflowID = SchemaMember.id(
    "workflow_id", .required, "The workflow's id", like: "770e8400-e29b-41d4-a716-446655440000")

  static let workflowTools: [ToolRow] = [
    ToolRow(
      "list_workflows", "List workflows", .reads, "GET /workflows",
      "Lists workflows with their states and steps.", [.limit, .offset],
      returns: .page("workflows", of: AlloyProjects.workflow), AlloyProjects.listWorkflows),
    ToolRow(
      "get_workflow", "Get workflow", .reads, "GET /workflows/{workflow_id}",
      "Shows one workflow.", [workflowID], returns: .record(AlloyProjects.workflow),
      AlloyProjects.getWorkflow),
    ToolRow(
      "create_workflow", "Create workflow", .creates, "POST /workflows",
      "Creates a workflow; for admins.",
      [
        .words("name", .required, "Name", upTo: 100, like: "Support"),
        .prose("description", "What it is for", upTo: 500, like: "Tickets of customers"), .states,
        .transitions,
      ], returns: .record(AlloyProjects.workflow), AlloyProjects.createWorkflow),
    ToolRow(
      "update_workflow", "Update workflow", .changes, "PATCH /workflows/{workflow_id}",
      "Changes a workflow; a state with tickets in it stays. For admins.",
      [
        workflowID, .words("name", .optional, "New name", upTo: 100, like: "Support"),
        .prose("description", "What it is for", upTo: 500, like: "Tickets of customers"),
        .list(
          "states", .optional, "All states anew",
          of: .object([
            .words("name", .required, "Name", upTo: 60, like: "In review"),
            .choice("category", .required, "What it means", of: AlloyProjects.categories),
          ]), minItems: 2, maxItems: 30), .transitions,
      ], returns: .record(AlloyProjects.workflow), AlloyProjects.updateWorkflow),
  ]
}
