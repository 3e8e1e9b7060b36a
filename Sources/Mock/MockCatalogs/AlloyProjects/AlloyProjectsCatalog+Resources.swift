import JSON

extension AlloyProjectsCatalog {
  static let projectKeys = ArgumentRow.Values.listed(
    tool: "list_projects", list: "projects", member: "key", arguments: [:])
  static let people = ArgumentRow.Values.listed(
    tool: "list_members", list: "members", member: "email", arguments: [:])
  static let ticketKeys = ArgumentRow.Values.listed(
    tool: "list_tickets", list: "tickets", member: "key",
    arguments: ["project_id": "{project_id}"])
  static let sprintIDs = ArgumentRow.Values.listed(
    tool: "list_sprints", list: "sprints", member: "id",
    arguments: ["project_id": "{project_id}"])
  static let teamIDs = ArgumentRow.Values.listed(
    tool: "list_teams", list: "teams", member: "id", arguments: [:])

  private static let project = ArgumentRow.needed(
    "project_id", "The project's id or key", projectKeys)

  static let resources: [ResourceRow] = [
    ResourceRow(
      "alloy://projects", "projects", "Projects", "All projects by key", of: "list_projects",
      ["limit": 100]),
    ResourceRow(
      "alloy://projects/{project_id}", "project", "Project", "One project", [project],
      of: "get_project", ["project_id": "{project_id}"]),
    ResourceRow(
      "alloy://projects/{project_id}/tickets", "project-tickets", "Tickets of a project",
      "The hundred tickets that changed last", [project], of: "list_tickets",
      ["project_id": "{project_id}", "limit": 100]),
    ResourceRow(
      "alloy://projects/{project_id}/sprints", "project-sprints", "Sprints of a project",
      "Its sprints, the newest first", [project], of: "list_sprints",
      ["project_id": "{project_id}", "limit": 100]),
    ResourceRow(
      "alloy://tickets/{ticket_id}", "ticket", "Ticket", "One ticket with labels and tags",
      [.needed("ticket_id", "The ticket's id or key", ticketKeys)], of: "get_ticket",
      ["ticket_id": "{ticket_id}"]),
    ResourceRow(
      "alloy://sprints/{sprint_id}", "sprint", "Sprint", "One sprint with what is in it and done",
      [.needed("sprint_id", "The sprint's id", sprintIDs)], of: "get_sprint",
      ["sprint_id": "{sprint_id}"]),
    ResourceRow(
      "alloy://users/{user_id}/assignments", "assignments", "Assignments of a user",
      "Tickets the user works on, the latest change first",
      [.needed("user_id", "User id or address", people)], of: "list_tickets",
      ["assignee_id": "{user_id}", "limit": 100]),
  ]
}
