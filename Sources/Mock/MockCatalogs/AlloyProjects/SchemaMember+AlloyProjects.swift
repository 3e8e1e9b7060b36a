import JSON
import JSONSchema
import MockBackend

extension SchemaMember {
  static func project(_ presence: Presence = .required) -> SchemaMember {
    .id("project_id", presence, "The project's id or key", like: "WEB")
  }
  static func ticket(_ key: String = "ticket_id", _ presence: Presence = .required) -> SchemaMember
  {
    .id(key, presence, "The ticket's id or key", like: "WEB-12")
  }
  static func sprint(_ presence: Presence = .required) -> SchemaMember {
    .id("sprint_id", presence, "The sprint's id", like: "770e8400-e29b-41d4-a716-446655440000")
  }
  static func team(_ presence: Presence = .required) -> SchemaMember {
    .id("team_id", presence, "The team's id", like: "770e8400-e29b-41d4-a716-446655440000")
  }
  static func person(
    _ key: String, _ presence: Presence = .required, _ what: String
  ) -> SchemaMember {
    .id(key, presence, what + ": user id or address", like: "ada.okafor@northwind.example")
  }
  static let noAssignee = SchemaMember.member(
    "assignee_id", .optional, "Who works on it: user id or address; null for nobody",
    Schema.string(maxLength: 100).nullable())

  static func ticketType(_ fallback: String? = nil) -> SchemaMember {
    .choice("type", .optional, "Kind of work", of: AlloyProjects.ticketTypes, default: fallback)
  }
  static func priority(_ fallback: String? = nil) -> SchemaMember {
    .choice("priority", .optional, "Priority", of: AlloyProjects.priorities, default: fallback)
  }

  static let ticketDetails: [SchemaMember] = [
    .prose("description", "Description in Markdown", like: "Steps, expected and actual result"),
    noAssignee, .member("sprint_id", .optional, "Put it into this sprint", .string(maxLength: 100)),
    .member(
      "story_points", .optional, "Estimate in story points",
      Schema.integer(0...100).nullable().exemplified(by: [3])),
    .member(
      "estimate_minutes", .optional, "Estimate in minutes",
      Schema.integer(0...100_000).nullable().exemplified(by: [240])),
    .member(
      "due_date", .optional, "Day it is due",
      Schema.string(format: "date").nullable().exemplified(by: ["2026-07-28"])),
  ]

  static let states = SchemaMember.list(
    "states", .required, "States in order; one of category todo and one of category done at least",
    of: .object([
      .words("name", .required, "Name", upTo: 60, like: "In review"),
      .choice("category", .required, "What it means", of: AlloyProjects.categories),
    ]).exemplified(by: [["name": "To do", "category": "todo"]]), minItems: 2, maxItems: 30)

  static let transitions = SchemaMember.list(
    "transitions", .optional, "Allowed steps; every step is allowed without them",
    of: .object([
      .words("from", .required, "State it starts from", upTo: 60, like: "To do"),
      .words("to", .required, "State it leads to", upTo: 60, like: "Done"),
    ]), maxItems: 200)
}

extension Schema {
  static let ticket = Schema.record(
    AlloyProjects.ticket,
    adding: [
      .list("labels", .required, "Names of its labels", of: .string),
      .list("tags", .required, "Names of its tags", of: .string),
      .string("url", .required, "Where people see it", format: "uri"),
    ])

  static let sprint = Schema.record(
    AlloyProjects.sprint,
    adding: [
      .integer("tickets", .required, "Tickets in it"),
      .integer("tickets_done", .required, "Those that are done"),
      .number("points", .required, "Story points in it"),
      .number("points_done", .required, "Those that are done"),
    ])

  static let team = Schema.record(
    AlloyProjects.team,
    adding: [
      .list(
        "members", .required, "Who is in it",
        of: .object([
          .string("user_id", .required, "User id"), .string("name", .required, "Name"),
          .string("role", .required, "Role in the team"),
        ]))
    ])

  static let ticketLink = Schema.record(
    AlloyProjects.link,
    adding: [
      .string("source_key", .required, "Key of the first ticket"),
      .string("target_key", .required, "Key of the second ticket"),
    ])

  static let projectBudget = Schema.record(
    AlloyProjects.budget,
    adding: [
      .string("currency", .required, "Currency"),
      .number("spent", .required, "Billable work so far"),
      .number("remaining", .required, "What is left; negative when overspent"),
      .integer("percent_spent", .required, "Spent of the amount, in percent"),
      .boolean("is_alert", .required, "Whether the warning level is reached"),
    ])
}
