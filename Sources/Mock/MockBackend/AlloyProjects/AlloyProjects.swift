/// Projects, tickets, sprints, teams, time and money of one organization, as Alloy keeps them.
package enum AlloyProjects {
  package static let system = WorldSystem(
    "alloy-projects",
    [
      organization, member, team, teamMember, workflow, project, sprint, ticket, link, history,
      comment, label, ticketLabel, tag, ticketTag, timeEntry, timer, budget, event,
    ],
    extras: searchTables, seed: AlloyProjectsSeed.plant)

  // MARK: - Words

  package static let ticketTypes = ["bug", "story", "task", "epic", "spike"]
  package static let priorities = ["critical", "high", "medium", "low"]
  package static let categories = ["todo", "in_progress", "done"]
  package static let linkKinds = ["blocks", "relates_to", "duplicates", "parent_of"]
  package static let roles = ["owner", "admin", "member", "viewer"]
  package static let sprintStates = ["planned", "active", "completed"]
  package static let projectStates = ["active", "archived"]
  package static let teamRoles = ["lead", "member"]
  package static let budgetPeriods = ["total", "monthly", "quarterly"]

  // MARK: - Records

  package static let organization = Entity(
    "organization",
    [
      .id, .text("name", "Name"), .text("slug", "Name in addresses"),
      .choice("plan", ["free", "team", "business", "enterprise"], "Plan"),
      .text("timezone", "Time zone"), .text("currency", "Currency of budgets and costs"),
      .time("created_at", "When it was made"),
    ])

  package static let member = Entity(
    "member",
    [
      .id, .org, .text("name", "Name"), .text("email", "Address"),
      .choice("role", roles, "What the member may do"), .text("title", "Job title").optional,
      .integer("capacity_hours", "Working hours a week"),
      .integer("hourly_rate", "Cost of an hour in the organization's currency"),
      .choice("status", ["active", "invited"], "Whether the invitation was accepted"),
      .time("joined_at", "When the member joined or was invited"),
    ], indexes: ["org_id, email"])

  package static let team = Entity(
    "team",
    [
      .id, .org, .text("name", "Name"), .text("description", "What the team does").optional,
      .text("lead_id", "The lead's user id").optional, .time("created_at", "When it was made"),
    ], indexes: ["org_id"])

  static let teamMember = Entity(
    "team_member",
    [
      .id, .org, .text("team_id", "Team"), .text("user_id", "Member"),
      .choice("role", teamRoles, "Role in the team"),
    ], indexes: ["team_id, user_id", "user_id"])

  package static let workflow = Entity(
    "workflow",
    [
      .id, .org, .text("name", "Name"), .text("description", "What it is for").optional,
      .document("states", "States with name and category (todo, in_progress, done), in order"),
      .document("transitions", "Allowed steps as {from, to}; empty allows every step"),
      .flag("is_default", "Whether new projects take it"), .time("created_at", "When it was made"),
    ], indexes: ["org_id"])

  package static let project = Entity(
    "project",
    [
      .id, .org, .text("key", "Short name that ticket keys begin with").like("WEB"),
      .text("name", "Name"), .text("description", "What it is about").optional,
      .choice("status", projectStates, "Whether work goes on in it"),
      .text("lead_id", "The lead's user id").optional, .text("team_id", "Its team").optional,
      .text("workflow_id", "Its workflow"), .date("start_date", "First day").optional,
      .date("target_date", "Day it is to be done").optional,
      .integer("last_number", "Number of the newest ticket").hidden,
      .time("created_at", "When it was made"), .time("updated_at", "When it last changed"),
    ], indexes: ["org_id, status", "org_id, key"])

  package static let sprint = Entity(
    "sprint",
    [
      .id, .org, .text("project_id", "Project"), .text("name", "Name"),
      .text("goal", "What it is to reach").optional, .choice("status", sprintStates, "State"),
      .date("start_date", "First day"), .date("end_date", "Last day"),
      .integer("capacity_points", "Story points it has room for").optional,
      .integer("committed_points", "Story points in it when it began").optional,
      .time("created_at", "When it was made"),
      .time("completed_at", "When it was completed").optional,
    ], indexes: ["project_id, status"])

  package static let ticket = Entity(
    "ticket",
    [
      .id, .org, .text("key", "Key, as WEB-42").like("WEB-42"), .text("project_id", "Project"),
      .text("title", "Title"), .text("description", "Description in Markdown").optional,
      .choice("type", ticketTypes, "Kind of work"), .text("status", "State of the workflow"),
      .choice("category", categories, "What the state means"),
      .choice("priority", priorities, "Priority"),
      .text("assignee_id", "Who works on it").optional, .text("reporter_id", "Who wrote it"),
      .text("sprint_id", "Its sprint").optional,
      .integer("story_points", "Estimate in story points").optional,
      .integer("estimate_minutes", "Estimate in minutes").optional,
      .date("due_date", "Day it is due").optional, .time("created_at", "When it was made"),
      .time("updated_at", "When it last changed"), .time("closed_at", "When it was done").optional,
    ],
    indexes: [
      "project_id, category", "sprint_id", "org_id, key", "assignee_id, category",
      "org_id, updated_at", "org_id, status, updated_at", "org_id, type, updated_at",
      "org_id, priority, updated_at", "org_id, due_date",
    ])

  package static let link = Entity(
    "ticket_link", called: "link",
    [
      .id, .org, .text("source_id", "Ticket it starts from"),
      .text("target_id", "Ticket it leads to"),
      .choice("kind", linkKinds, "What the first is to the second"),
      .time("created_at", "When it was made"),
    ], indexes: ["source_id", "target_id"])

  package static let history = Entity(
    "ticket_history", called: "change",
    [
      .id, .org, .text("ticket_id", "Ticket"), .text("user_id", "Who changed it"),
      .text("field", "What changed"), .text("old_value", "Value before").optional,
      .text("new_value", "Value after").optional, .time("at", "When"),
    ], indexes: ["ticket_id"])

  package static let comment = Entity(
    "comment",
    [
      .id, .org, .text("ticket_id", "Ticket"), .text("author_id", "Who wrote it"),
      .text("body", "Text in Markdown"), .time("created_at", "When it was written"),
      .time("updated_at", "When it last changed"),
    ], indexes: ["ticket_id"])

  package static let label = Entity(
    "label",
    [
      .id, .org, .text("project_id", "Project it belongs to; null for all").optional,
      .text("name", "Name"), .text("color", "Colour as #rrggbb").like("#d73a4a"),
      .text("description", "When to use it").optional,
    ], indexes: ["org_id"])

  static let ticketLabel = Entity(
    "ticket_label", [.text("ticket_id", "Ticket"), .text("label_id", "Label")],
    indexes: ["ticket_id, label_id", "label_id"])

  package static let tag = Entity(
    "tag", [.id, .org, .text("name", "Name"), .time("created_at", "When it was made")],
    indexes: ["org_id, name"])

  static let ticketTag = Entity(
    "ticket_tag", [.text("ticket_id", "Ticket"), .text("tag_id", "Tag")],
    indexes: ["ticket_id, tag_id", "tag_id"])

  package static let timeEntry = Entity(
    "time_entry",
    [
      .id, .org, .text("ticket_id", "Ticket"), .text("project_id", "Project"),
      .text("user_id", "Who worked"), .date("date", "Day"), .integer("minutes", "Minutes"),
      .text("description", "What was done").optional,
      .flag("billable", "Whether it counts against the budget"),
      .time("created_at", "When it was logged"),
    ], indexes: ["ticket_id", "project_id, date", "user_id, date"])

  package static let timer = Entity(
    "timer",
    [
      .id, .org, .text("ticket_id", "Ticket"), .text("user_id", "Whose it is"),
      .text("description", "What is done").optional, .time("started_at", "Since when it runs"),
    ], indexes: ["user_id"])

  package static let budget = Entity(
    "budget",
    [
      .id, .org, .text("project_id", "Project"), .number("amount", "Amount"),
      .choice("period", budgetPeriods, "What the amount is for"),
      .document("allocations", "Parts of the amount by category"),
      .integer("alert_percent", "Warn when that much is spent"),
      .time("updated_at", "When it last changed"),
    ], indexes: ["project_id"])

  package static let event = Entity(
    "audit_event",
    [
      .id, .org, .text("actor_id", "Who did it"),
      .text("action", "What was done").like("ticket.created"),
      .text("target_type", "Kind of what it was done to"), .text("target_id", "Its id"),
      .text("summary", "In words"), .time("at", "When"),
    ], indexes: ["org_id, at"])

  /// Words of titles and descriptions, kept up to date by the store itself.
  static let ticketAdded =
    """
    CREATE TRIGGER ticket_added AFTER INSERT ON ticket BEGIN
      INSERT INTO ticket_text (rowid, title, description)
      VALUES (new.rowid, new.title, new.description); END
    """

  /// One letter is the beginning of most words: without an index of its own each of them would be looked up.
  private static let searchTables = [
    """
    CREATE VIRTUAL TABLE ticket_text USING fts5(title, description, content='ticket',
      content_rowid='rowid', prefix='1 2')
    """,
    ticketAdded,
    """
    CREATE TRIGGER ticket_gone AFTER DELETE ON ticket BEGIN
      INSERT INTO ticket_text (ticket_text, rowid, title, description)
      VALUES ('delete', old.rowid, old.title, old.description); END
    """,
    """
    CREATE TRIGGER ticket_changed AFTER UPDATE OF title, description ON ticket BEGIN
      INSERT INTO ticket_text (ticket_text, rowid, title, description)
      VALUES ('delete', old.rowid, old.title, old.description);
      INSERT INTO ticket_text (rowid, title, description)
      VALUES (new.rowid, new.title, new.description); END
    """,
  ]
}
