import JSON
import MockBackend

extension AlloyProjectsCatalog {
  private static let webTicket = Filter().and("key LIKE 'WEB-%'")
  private static let inSprint = webTicket.and("sprint_id IS NOT NULL")
  private static let labelled = webTicket.and("id IN (SELECT ticket_id FROM ticket_label)")
  private static let tagged = webTicket.and("id IN (SELECT ticket_id FROM ticket_tag)")
  private static let ofTeam =
    "(SELECT user_id FROM team_member WHERE team_id = "
    + "(SELECT id FROM team ORDER BY rowid LIMIT 1))"
  private static let address = Filter("status", "active").and("role = 'member'")
  private static let planned = Filter("status", "planned")

  /// The first records of the demo's data that a call fits.
  static let samples: [String: Sample] = [
    "sprint_id": .id(AlloyProjects.sprint, Filter("status", "active")),
    "team_id": .id(AlloyProjects.team), "workflow_id": .id(AlloyProjects.workflow),
    "assignee_id": .record(AlloyProjects.member, "email", address),
    "user_id": .record(AlloyProjects.member, "email", address),
    "lead_id": .record(AlloyProjects.member, "email", address),
    "comment_id": .id(AlloyProjects.comment), "entry_id": .id(AlloyProjects.timeEntry),
    "link_id": .id(AlloyProjects.link), "update_label.label_id": .id(AlloyProjects.label),
    "delete_label.label_id": .id(AlloyProjects.label),
    "update_ticket.priority": .value("high"), "update_project.name": .value("Website"),
    "update_sprint.goal": .value("Checkout without an account"),
    "update_time_entry.minutes": .value(45), "update_label.name": .value("defect"),
    "transition_ticket.ticket_id": .record(
      AlloyProjects.ticket, "key", webTicket.and("status = 'Backlog' OR status = 'To do'")),
    "move_ticket.project_id": .value("APP"), "link_tickets.target_id": .value("WEB-13"),
    "remove_ticket_label.ticket_id": .record(AlloyProjects.ticket, "key", labelled),
    "remove_ticket_label.label_id": .id(
      AlloyProjects.label,
      Filter().and(
        "id = (SELECT label_id FROM ticket_label WHERE ticket_id = "
          + "(SELECT id FROM ticket WHERE key LIKE 'WEB-%' AND id IN "
          + "(SELECT ticket_id FROM ticket_label) ORDER BY rowid LIMIT 1))")),
    "untag_ticket.ticket_id": .record(AlloyProjects.ticket, "key", tagged),
    "untag_ticket.tag": .id(
      AlloyProjects.tag,
      Filter().and(
        "id = (SELECT tag_id FROM ticket_tag WHERE ticket_id = "
          + "(SELECT id FROM ticket WHERE key LIKE 'WEB-%' AND id IN "
          + "(SELECT ticket_id FROM ticket_tag) ORDER BY rowid LIMIT 1))")),
    "create_workflow.states": .value([
      ["name": "To do", "category": "todo"], ["name": "Done", "category": "done"],
    ]),
    "archive_project.project_id": .value("OPS"),
    "start_sprint.sprint_id": .id(
      AlloyProjects.sprint,
      planned.and("project_id = (SELECT id FROM project WHERE key = 'OPS')")),
    "add_ticket_to_sprint.sprint_id": .id(
      AlloyProjects.sprint,
      planned.and("project_id = (SELECT id FROM project WHERE key = 'WEB')")),
    "remove_ticket_from_sprint.ticket_id": .record(AlloyProjects.ticket, "key", inSprint),
    "add_team_member.user_id": .record(
      AlloyProjects.member, "email", address.and("id NOT IN \(ofTeam)")),
    "remove_team_member.user_id": .record(
      AlloyProjects.member, "email", Filter().and("id IN \(ofTeam)")),
    "list_tickets.project_id": .value("WEB"), "list_tickets.category": .value("in_progress"),
    "list_time_entries.project_id": .value("WEB"), "list_sprints.project_id": .value("WEB"),
  ]
}
