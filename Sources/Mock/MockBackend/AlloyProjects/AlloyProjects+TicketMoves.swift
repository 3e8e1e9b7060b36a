import Database
import EventLoop
package import JSON

@LoopActor
extension AlloyProjects {
  package static func assignTicket(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("assign tickets")
    let org = member.text("org_id")
    let found = try call.ticket(in: org)
    let person = try call.member("assignee_id", in: org)
    guard person.text("status") == "active" else {
      throw .conflict("\(person.text("name")) has not accepted the invitation yet", "assignee_id")
    }
    return try shown(
      try change(found, ["assignee_id": .text(person.id)], by: member, call), call)
  }

  package static func unassignTicket(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("assign tickets")
    let found = try call.ticket(in: member.text("org_id"))
    return try shown(try change(found, ["assignee_id": .null], by: member, call), call)
  }

  /// Takes a ticket to another state, as its project's workflow allows.
  package static func transitionTicket(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("change tickets")
    let found = try call.ticket(in: member.text("org_id"))
    guard let home = try call.store.record(project, found.text("project_id")) else {
      throw .notFound("project", found.text("project_id"), "ticket_id")
    }
    let states = try WorkStates(of: home, call)
    let wanted = try call.arguments.required("status")
    guard let state = states.named(wanted) else {
      throw .invalid(
        "status",
        "the workflow has no state \"\(wanted.prefix(60))\"; its states are \(states.names)")
    }
    guard states.allows(from: found.text("status"), to: state.name) else {
      throw .conflict(
        "the workflow allows no step from \"\(found.text("status"))\" to \"\(state.name)\"; "
          + "allowed: \(states.next(after: found.text("status")))", "status")
    }
    let closed: SQLValue = state.category == "done" ? call.nowValue : .null
    let changes: [String: SQLValue] = [
      "status": .text(state.name), "category": .text(state.category), "closed_at": closed,
    ]
    return try shown(try change(found, changes, by: member, call), call)
  }

  /// Moves a ticket to another project, where it gets a new key and leaves its sprint.
  package static func moveTicket(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("move tickets")
    let org = member.text("org_id")
    let found = try call.ticket(in: org)
    let home = try openProject(call, org)
    guard home.id != found.text("project_id") else {
      throw .conflict("\(found.text("key")) is in that project already", "project_id")
    }
    let number = home.integer("last_number") + 1
    _ = try call.store.update(home, ["last_number": .integer(Int64(number))])
    let states = try WorkStates(of: home, call)
    let state = states.named(found.text("status")) ?? states.first
    let changes: [String: SQLValue] = [
      "project_id": .text(home.id), "key": .text("\(home.text("key"))-\(number)"),
      "sprint_id": .null, "status": .text(state.name), "category": .text(state.category),
    ]
    return try shown(try change(found, changes, by: member, call), call)
  }

  // MARK: - Links

  package static func linkTickets(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("link tickets")
    let org = member.text("org_id")
    let source = try call.ticket("source_id", in: org)
    let target = try call.ticket("target_id", in: org)
    let kind = call.arguments.text("kind") ?? "relates_to"
    guard source.id != target.id else {
      throw .conflict("a ticket cannot be linked to itself", "target_id")
    }
    let same = Filter("source_id", source.id).equal("target_id", target.id).equal("kind", kind)
    guard try call.store.count(link, same) == 0 else {
      throw .conflict("\(source.text("key")) \(kind) \(target.text("key")) already", "target_id")
    }
    let made = try call.store.insert(
      link,
      [
        "org_id": .text(org), "source_id": .text(source.id), "target_id": .text(target.id),
        "kind": .text(kind), "created_at": call.nowValue,
      ])
    try call.note(
      "ticket.linked", source, "\(source.text("key")) \(kind) \(target.text("key"))", by: member)
    return try shownLink(made, call)
  }

  package static func unlinkTickets(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("link tickets")
    let found = try call.find(link, "link_id", in: member.text("org_id"))
    try call.store.remove(link, Filter("id", found.id))
    return ["deleted": true, "id": .string(found.id)]
  }

  package static func listTicketLinks(_ call: WorldCall) throws(WorldError) -> JSON {
    let found = try call.ticket(in: call.alloyMember().text("org_id"))
    let filter = Filter().and("(source_id = ? OR target_id = ?)", .text(found.id), .text(found.id))
    return try call.page("links", link, filter) { (record) throws(WorldError) in
      try shownLink(record, call)
    }
  }

  private static func shownLink(_ record: Record, _ call: WorldCall) throws(WorldError) -> JSON {
    var json = record.json
    for end in ["source", "target"] {
      let other = try call.store.record(ticket, record.text("\(end)_id"))
      json["\(end)_key"] = .string(other?.text("key") ?? "")
    }
    return .object(json)
  }
}
