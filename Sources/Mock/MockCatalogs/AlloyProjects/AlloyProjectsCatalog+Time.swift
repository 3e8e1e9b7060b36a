import JSON
import JSONSchema
import MCPServer
import MockBackend

extension AlloyProjectsCatalog {
  private static let entryID = SchemaMember.id(
    "entry_id", .required, "The time entry's id", like: "770e8400-e29b-41d4-a716-446655440000")
  private static let work = SchemaMember.prose(
    "description", "What was done", upTo: 2000, like: "Review")
  private static let entry = Schema.record(AlloyProjects.timeEntry)

  static let timeTools: [ToolRow] = [
    ToolRow(
      "log_time", "Log time", .creates, "POST /time-entries",
      "Logs one's own work on a ticket; a day has 24 hours.",
      [
        .ticket(), .amount("minutes", .required, "Minutes", 1...1440, like: 90),
        .day("date", .optional, "Day; today without it", like: "2026-07-28"), work,
        .boolean("billable", .optional, "Whether it counts against the budget", default: true),
      ], returns: entry, AlloyProjects.logTime),
    ToolRow(
      "list_time_entries", "List time entries", .reads, "GET /time-entries",
      "Lists logged work, the latest day first, with its sum.",
      [
        .ticket("ticket_id", .optional), .project(.optional),
        .person("user_id", .optional, "Who worked"),
        .day("from", .optional, "First day", like: "2026-07-01"),
        .day("to", .optional, "Last day", like: "2026-07-31"), .limit, .offset,
      ],
      returns: .page(
        "entries", of: entry,
        adding: [.integer("total_minutes", .required, "Minutes of all that fit")]),
      AlloyProjects.listTimeEntries),
    ToolRow(
      "update_time_entry", "Update time entry", .changes, "PATCH /time-entries/{entry_id}",
      "Changes logged work; one's own, or any for admins.",
      [
        entryID, .amount("minutes", .optional, "Minutes", 1...1440, like: 90),
        .day("date", .optional, "Day", like: "2026-07-28"), work,
        .boolean("billable", .optional, "Whether it counts against the budget"),
      ], returns: entry, AlloyProjects.updateTimeEntry),
    ToolRow(
      "delete_time_entry", "Delete time entry", .deletes, "DELETE /time-entries/{entry_id}",
      "Deletes logged work; one's own, or any for admins.", [entryID], returns: .deletion,
      AlloyProjects.deleteTimeEntry),
    ToolRow(
      "start_timer", "Start timer", .creates, "POST /timer",
      "Starts to measure work on a ticket; one timer runs at a time.", [.ticket(), work],
      returns: .record(AlloyProjects.timer), AlloyProjects.startTimer),
    ToolRow(
      "stop_timer", "Stop timer", .changes, "POST /timer/stop",
      "Stops the running timer and logs what it measured.",
      [
        work,
        .boolean("billable", .optional, "Whether it counts against the budget", default: true),
      ],
      returns: entry, AlloyProjects.stopTimer),
  ]

  static let financeTools: [ToolRow] = [
    ToolRow(
      "get_project_budget", "Get project budget", .reads, "GET /projects/{project_id}/budget",
      "Shows a project's budget and what is spent of it.", [.project()], returns: .projectBudget,
      AlloyProjects.getProjectBudget),
    ToolRow(
      "set_project_budget", "Set project budget", .changes, "PUT /projects/{project_id}/budget",
      "Sets a project's budget; its parts add up to its amount. For admins.",
      [
        .project(),
        .member(
          "amount", .required, "Amount in the organization's currency",
          Schema.number(0...1_000_000_000).exemplified(by: [50000])),
        .choice(
          "period", .optional, "What the amount is for", of: AlloyProjects.budgetPeriods,
          default: "total"),
        .list(
          "allocations", .optional, "Parts of the amount",
          of: .object([
            .words("category", .required, "What for", upTo: 60, like: "design"),
            .number("amount", .required, "How much", 0...1_000_000_000),
          ]), maxItems: 50),
        .integer("alert_percent", .optional, "Warn when that much is spent", 1...100, default: 80),
      ], returns: .projectBudget, AlloyProjects.setProjectBudget),
    ToolRow(
      "get_cost_report", "Get cost report", .reads, "GET /finance/costs",
      "Adds up billable work by project, member or month. Goes on as a task where the client follows one.",
      [
        .day(
          "from", .optional, "First day; 30 days before the last without it", like: "2026-07-01"),
        .day("to", .optional, "Last day; today without it", like: "2026-07-31"),
        .project(.optional),
        .choice(
          "group_by", .optional, "A row for each", of: ["project", "member", "month"],
          default: "project"),
      ],
      returns: .object([
        .string("from", .required, "First day", format: "date"),
        .string("to", .required, "Last day", format: "date"),
        .string("currency", .required, "Currency"),
        .list(
          "rows", .required, "The dearest first",
          of: .object([
            .string("name", .required, "Project, member or month"),
            .integer("minutes", .required, "Billable minutes"),
            .number("cost", .required, "What they cost"),
          ])), .number("total", .required, "Sum of the rows"),
      ]), AlloyProjects.getCostReport
    ).talking(task: .optional, reportCosts),
  ]

  static let organizationTools: [ToolRow] = [
    ToolRow(
      "get_organization", "Get organization", .reads, "GET /organization",
      "Shows the organization and how large it is.",
      returns: .record(
        AlloyProjects.organization,
        adding: [
          .integer("members", .required, "Members"), .integer("projects", .required, "Projects"),
          .integer("teams", .required, "Teams"),
        ]), AlloyProjects.getOrganization),
    ToolRow(
      "list_members", "List members", .reads, "GET /members", "Lists members by name.",
      [
        .words("query", .optional, "Part of name or address", like: "ada"),
        .choice("role", .optional, "Only with that role", of: AlloyProjects.roles), .limit, .offset,
      ], returns: .page("members", of: AlloyProjects.member), AlloyProjects.listMembers),
    ToolRow(
      "invite_member", "Invite member", .creates, "POST /members",
      "Invites somebody by address; for admins.",
      [
        .member(
          "email", .required, "Address",
          Schema.string(format: "email", minLength: 3, maxLength: 254)
            .exemplified(by: ["grace.hopper@example.com"])),
        .words("name", .optional, "Name", upTo: 100, like: "Grace Hopper"),
        .choice(
          "role", .optional, "What the member may do", of: ["admin", "member", "viewer"],
          default: "member"),
      ], returns: .record(AlloyProjects.member), AlloyProjects.inviteMember),
    ToolRow(
      "list_audit_events", "List audit events", .reads, "GET /audit-events",
      "Lists what was done in the organization, the latest first; for admins.",
      [
        .words("action", .optional, "Only that action", upTo: 60, like: "ticket.created"),
        .person("actor_id", .optional, "Who did it"),
        .day("from", .optional, "First day", like: "2026-07-01"),
        .day("to", .optional, "Last day", like: "2026-07-31"), .limit, .offset,
      ], returns: .page("events", of: AlloyProjects.event), AlloyProjects.listAuditEvents),
    ToolRow(
      "ping", "Ping", .reads, "GET /ping", "Checks the connection to Alloy and names the user.",
      returns: .object([
        .string("status", .required, "Always ok"),
        .string("organization", .required, "The organization's name"),
        .string("user", .required, "The user's address", format: "email"),
        .string("time", .required, "The server's time", format: "date-time"),
      ]), AlloyProjects.ping),
  ]

  /// What REST answers and no tool does.
  static let restRows: [ToolRow] = [
    ToolRow(
      "auth_me", "Who am I", .reads, "GET /auth/me", "Who the credential belongs to.",
      returns: .any, AlloyProjects.me)
  ]
}
