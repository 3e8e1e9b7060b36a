import JSON
import JSONSchema
import MockBackend

extension AlloyProjectsCatalog {
  private static let projectDetails: [SchemaMember] = [
    .prose("description", "What it is about", like: "A faster website"),
    .person("lead_id", .optional, "Who leads it"), .team(.optional),
    .day("start_date", .optional, "First day", like: "2026-07-28"),
    .day("target_date", .optional, "Day it is to be done", like: "2026-12-31"),
  ]

  static let projectTools: [ToolRow] = [
    ToolRow(
      "create_project", "Create project", .creates, "POST /projects", "Creates a project.",
      [
        .member(
          "key", .required, "Short name that ticket keys begin with",
          Schema.string(pattern: "^[A-Za-z][A-Za-z0-9]{1,9}$").exemplified(by: ["SHOP"])),
        .words("name", .required, "Name", like: "Shop"),
        .id(
          "workflow_id", .optional, "Its workflow; the usual one without it",
          like: "770e8400-e29b-41d4-a716-446655440000"),
      ] + projectDetails, returns: .record(AlloyProjects.project), AlloyProjects.createProject),
    ToolRow(
      "list_projects", "List projects", .reads, "GET /projects", "Lists projects by key.",
      [
        .choice("status", .optional, "Only in that state", of: AlloyProjects.projectStates), .limit,
        .offset,
      ], returns: .page("projects", of: AlloyProjects.project), AlloyProjects.listProjects),
    ToolRow(
      "get_project", "Get project", .reads, "GET /projects/{project_id}", "Shows one project.",
      [.project()], returns: .record(AlloyProjects.project), AlloyProjects.getProject),
    ToolRow(
      "update_project", "Update project", .changes, "PATCH /projects/{project_id}",
      "Changes fields of a project; what is not given stays.",
      [.project(), .words("name", .optional, "New name", like: "Shop")] + projectDetails,
      returns: .record(AlloyProjects.project), AlloyProjects.updateProject),
    ToolRow(
      "archive_project", "Archive project", .deletes, "POST /projects/{project_id}/archive",
      "Closes a project for good: it can be read and takes no more tickets.", [.project()],
      returns: .record(AlloyProjects.project), AlloyProjects.archiveProject),
    ToolRow(
      "get_project_stats", "Get project stats", .reads, "GET /projects/{project_id}/stats",
      "Counts a project's tickets by state, type and priority, and the time spent on it.",
      [.project()], returns: stats, AlloyProjects.getProjectStats),
  ]

  private static let counts = Schema.map(of: .integer)
  private static let stats = Schema.object([
    .string("project_id", .required, "Project"), .string("key", .required, "Its key"),
    .integer("tickets", .required, "All tickets"),
    .member("by_category", .required, "Tickets by state of work", counts),
    .member("by_type", .required, "Tickets by type", counts),
    .member("by_priority", .required, "Open tickets by priority", counts),
    .integer("unassigned", .required, "Tickets nobody works on"),
    .integer("overdue", .required, "Open tickets past their day"),
    .integer("points_done", .required, "Story points done"),
    .number("hours_logged", .required, "Hours of work logged"),
  ])

  private static let sprintDates: [SchemaMember] = [
    .prose("goal", "What it is to reach", upTo: 500, like: "Checkout without an account"),
    .amount("capacity_points", .optional, "Story points it has room for", 0...1000, like: 30),
  ]

  static let sprintTools: [ToolRow] = [
    ToolRow(
      "create_sprint", "Create sprint", .creates, "POST /sprints", "Plans a sprint of a project.",
      [
        .project(), .words("name", .required, "Name", like: "Sprint 20"),
        .day("start_date", .required, "First day", like: "2026-09-01"),
        .day("end_date", .required, "Last day", like: "2026-09-14"),
      ] + sprintDates, returns: .sprint, AlloyProjects.createSprint),
    ToolRow(
      "list_sprints", "List sprints", .reads, "GET /sprints", "Lists sprints, the newest first.",
      [
        .project(.optional),
        .choice("status", .optional, "Only in that state", of: AlloyProjects.sprintStates), .limit,
        .offset,
      ], returns: .page("sprints", of: .sprint), AlloyProjects.listSprints),
    ToolRow(
      "get_sprint", "Get sprint", .reads, "GET /sprints/{sprint_id}",
      "Shows one sprint with what is in it and done.", [.sprint()], returns: .sprint,
      AlloyProjects.getSprint),
    ToolRow(
      "update_sprint", "Update sprint", .changes, "PATCH /sprints/{sprint_id}",
      "Changes a sprint that is not over.",
      [
        .sprint(), .words("name", .optional, "New name", like: "Sprint 20"),
        .day("start_date", .optional, "First day", like: "2026-09-01"),
        .day("end_date", .optional, "Last day", like: "2026-09-14"),
      ] + sprintDates, returns: .sprint, AlloyProjects.updateSprint),
    ToolRow(
      "start_sprint", "Start sprint", .changes, "POST /sprints/{sprint_id}/start",
      "Starts a planned sprint; a project has one active sprint at a time.", [.sprint()],
      returns: .sprint, AlloyProjects.startSprint),
    ToolRow(
      "complete_sprint", "Complete sprint", .changes, "POST /sprints/{sprint_id}/complete",
      "Completes the active sprint. Open tickets go to the backlog or to the next sprint; asks which where it is not said.",
      [
        .sprint(),
        .choice(
          "move_open_to", .optional, "Where open tickets go; backlog where nobody says",
          of: ["backlog", "next_sprint"]),
      ],
      returns: .record(
        AlloyProjects.sprint,
        adding: [
          .integer("moved_tickets", .required, "Open tickets that were moved"),
          .string("moved_to", .required, "Where to"),
        ]), AlloyProjects.completeSprint
    ).talking(askForOpenTickets),
    ToolRow(
      "add_ticket_to_sprint", "Add ticket to sprint", .changes, "POST /sprints/{sprint_id}/tickets",
      "Puts a ticket into a sprint of its project that is not over.", [.sprint(), .ticket()],
      returns: .ticket, AlloyProjects.addTicketToSprint),
    ToolRow(
      "remove_ticket_from_sprint", "Remove ticket from sprint", .changes,
      "DELETE /tickets/{ticket_id}/sprint", "Puts a ticket back into the backlog.", [.ticket()],
      returns: .ticket, AlloyProjects.removeTicketFromSprint),
    ToolRow(
      "get_sprint_burndown", "Get sprint burndown", .reads, "GET /sprints/{sprint_id}/burndown",
      "Story points left at the end of each day, beside an even pace.", [.sprint()],
      returns: .object([
        .string("sprint_id", .required, "Sprint"), .string("name", .required, "Its name"),
        .integer("total_points", .required, "Story points in it"),
        .list("days", .required, "A row a day", of: burndownDay),
      ]), AlloyProjects.getSprintBurndown),
  ]

  private static let burndownDay = Schema.object([
    .string("date", .required, "Day", format: "date"),
    .member("remaining", .required, "Points left; null for days to come", .integer.nullable()),
    .number("ideal", .required, "Points left at an even pace"),
  ])
}
