import Database
import EventLoop
package import JSON

@LoopActor
extension AlloyProjects {
  static func shown(_ ticket: Record, _ call: WorldCall) throws(WorldError) -> JSON {
    var json = ticket.json
    json["labels"] = .array(
      try names(label, through: "ticket_label", "label_id", ticket.id, call))
    json["tags"] = .array(try names(tag, through: "ticket_tag", "tag_id", ticket.id, call))
    json["url"] = .string("https://app.alloy.dev/t/\(ticket.text("key"))")
    return .object(json)
  }

  private static func names(
    _ entity: Entity, through table: String, _ column: String, _ ticket: String, _ call: WorldCall
  ) throws(WorldError) -> [JSON] {
    try call.store.rows(
      "SELECT name FROM \(entity.name) WHERE id IN "
        + "(SELECT \(column) FROM \(table) WHERE ticket_id = ?) ORDER BY name", [.text(ticket)]
    ).map { .string($0[0].text ?? "") }
  }

  // MARK: - Reading

  package static func getTicket(_ call: WorldCall) throws(WorldError) -> JSON {
    try shown(try call.ticket(in: call.alloyMember().text("org_id")), call)
  }

  package static func listTickets(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyMember().text("org_id")
    let filter = try narrowed(Filter("org_id", org), call, org)
    return try call.page("tickets", ticket, filter.ordered("updated_at DESC, rowid DESC")) {
      (record) throws(WorldError) in try shown(record, call)
    }
  }

  package static func searchTickets(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyMember().text("org_id")
    let words = try call.arguments.words("query")
    let filter = try narrowed(Filter("org_id", org), call, org)
      .and(
        "rowid IN (SELECT rowid FROM ticket_text WHERE ticket_text MATCH ? ORDER BY rowid DESC LIMIT 1000)",
        .text(match(words)))
    return try call.page("tickets", ticket, filter.byRow.ordered("rowid DESC")) {
      (record) throws(WorldError) in try shown(record, call)
    }
  }

  /// Every word as a beginning, quoted, so that nothing in it is an operator.
  static func match(_ words: String) -> String {
    words.split { !$0.isLetter && !$0.isNumber }.map { "\"\($0)\"*" }.joined(separator: " ")
  }

  private static func narrowed(
    _ filter: Filter, _ call: WorldCall, _ org: String
  ) throws(WorldError) -> Filter {
    var filter = filter
    let given = call.arguments
    if given.text("project_id") != nil {
      filter = filter.equal("project_id", try call.project(in: org).id)
    } else {
      filter = call.reached(filter)
    }
    if given.text("sprint_id") != nil {
      filter = filter.equal("sprint_id", try call.find(sprint, "sprint_id", in: org).id)
    }
    if let assignee = given.text("assignee_id") {
      let isNobody = assignee == "none"
      filter =
        isNobody
        ? filter.and("assignee_id IS NULL")
        : filter.equal("assignee_id", try call.member("assignee_id", in: org).id)
    }
    if let name = given.text("label") {
      filter = filter.and(
        "id IN (SELECT ticket_id FROM ticket_label JOIN label ON label.id = label_id "
          + "WHERE label.org_id = ? AND label.name = ?)", .text(org), .text(name))
    }
    if let before = try given.day("due_before") {
      filter = filter.and("due_date <= ?", .text(before.description))
    }
    for column in ["status", "category", "type", "priority"] {
      filter = filter.equal(column, given.text(column))
    }
    return filter
  }

  package static func getTicketHistory(_ call: WorldCall) throws(WorldError) -> JSON {
    let found = try call.ticket(in: call.alloyMember().text("org_id"))
    return try call.page("changes", history, Filter("ticket_id", found.id).ordered("at, rowid"))
  }

  // MARK: - Writing

  package static func createTicket(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("create tickets")
    let org = member.text("org_id")
    let given = call.arguments
    let home = try openProject(call, org)
    let number = home.integer("last_number") + 1
    _ = try call.store.update(home, ["last_number": .integer(Int64(number))])
    let start = try WorkStates(of: home, call).first
    var fields: [String: SQLValue] = [
      "org_id": .text(org), "key": .text("\(home.text("key"))-\(number)"),
      "project_id": .text(home.id), "title": .text(try given.words("title")),
      "type": .text(given.text("type") ?? "task"), "status": .text(start.name),
      "category": .text(start.category), "priority": .text(given.text("priority") ?? "medium"),
      "reporter_id": .text(member.id), "created_at": call.nowValue, "updated_at": call.nowValue,
    ]
    for (column, value) in try details(call, org, home.id) { fields[column] = value }
    let made = try call.store.insert(ticket, fields)
    for name in given.list("labels") { try attach(name, to: made, call, org) }
    try call.note("ticket.created", made, "created \(made.text("key"))", by: member)
    return try shown(made, call)
  }

  /// The project that is named, where work still goes on.
  static func openProject(_ call: WorldCall, _ org: String) throws(WorldError) -> Record {
    let found = try call.project(in: org)
    guard found.text("status") == "active" else {
      throw .conflict(
        "project \(found.text("key")) is archived; nothing can be added", "project_id")
    }
    return found
  }

  /// The values that creating and updating have in common; only those that were given.
  private static func details(
    _ call: WorldCall, _ org: String, _ project: String
  ) throws(WorldError) -> [String: SQLValue] {
    let given = call.arguments
    var fields: [String: SQLValue] = [:]
    for column in ["description", "type", "priority"] where given.text(column) != nil {
      fields[column] = .optional(given.text(column))
    }
    for column in ["story_points", "estimate_minutes"] {
      if given.has(column) {
        fields[column] = given.integer(column).map { .integer(Int64($0)) } ?? .null
      }
    }
    if given.clears("description") { fields["description"] = .null }
    if given.has("due_date") {
      fields["due_date"] = .optional(try given.day("due_date")?.description)
    }
    if given.has("assignee_id") {
      fields["assignee_id"] =
        given.clears("assignee_id") ? .null : .text(try call.member("assignee_id", in: org).id)
    }
    if given.text("sprint_id") != nil {
      fields["sprint_id"] = .text(try openSprint(call, org, project).id)
    }
    return fields
  }

  package static func updateTicket(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("change tickets")
    let org = member.text("org_id")
    let found = try call.ticket(in: org)
    var changes = try details(call, org, found.text("project_id"))
    if let title = try call.arguments.optionalWords("title") { changes["title"] = .text(title) }
    guard !changes.isEmpty else { throw WorldError(.invalid, "nothing to change was given") }
    return try shown(try change(found, changes, by: member, call), call)
  }

  /// Writes the changes, each of them into the ticket's history.
  static func change(
    _ ticket: Record, _ changes: [String: SQLValue], by member: Record, _ call: WorldCall
  ) throws(WorldError) -> Record {
    let real = changes.filter { ticket[$0.key] != $0.value }
    guard !real.isEmpty else { return ticket }
    for (column, value) in real.sorted(by: { $0.key < $1.key })
    where column != "closed_at" && column != "category" {
      try call.store.insert(
        history,
        [
          "org_id": ticket["org_id"], "ticket_id": .text(ticket.id), "user_id": .text(member.id),
          "field": .text(column), "old_value": .optional(ticket[column].words),
          "new_value": .optional(value.words), "at": call.nowValue,
        ])
    }
    var all = real
    all["updated_at"] = call.nowValue
    let changed = try call.store.update(ticket, all)
    try call.note("ticket.updated", changed, "changed \(changed.text("key"))", by: member)
    call.world.onChange?(.record("ticket", id: ticket.id))
    return changed
  }

  package static func deleteTicket(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("delete tickets")
    let found = try call.ticket(in: member.text("org_id"))
    for (entity, column) in [
      (comment, "ticket_id"), (history, "ticket_id"), (ticketLabel, "ticket_id"),
      (ticketTag, "ticket_id"), (timeEntry, "ticket_id"), (timer, "ticket_id"),
      (link, "source_id"), (link, "target_id"), (ticket, "id"),
    ] { try call.store.remove(entity, Filter(column, found.id)) }
    try call.note("ticket.deleted", found, "deleted \(found.text("key"))", by: member)
    return ["deleted": true, "id": .string(found.id), "key": .string(found.text("key"))]
  }
}

extension SQLValue {
  /// As a history keeps it.
  var words: String? {
    switch self {
    case .text(let text): String(text.prefix(2000))
    case .integer(let value): String(value)
    case .real(let value): "\(value)"
    case .null, .blob: nil
    }
  }
}
