import Database
import EventLoop
package import JSON

@LoopActor
extension AlloyProjects {
  // MARK: - Labels

  package static func createLabel(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("make labels")
    let org = member.text("org_id")
    let name = try call.arguments.words("name")
    try checkFree(label, name, org, call)
    let home = call.arguments.text("project_id") == nil ? nil : try call.project(in: org).id
    let made = try call.store.insert(
      label,
      [
        "org_id": .text(org), "project_id": .optional(home), "name": .text(name),
        "color": .text(call.arguments.text("color") ?? "#6e7781"),
        "description": .optional(call.arguments.text("description")),
      ])
    try call.note("label.created", made, "made the label \(name)", by: member)
    return .object(made.json)
  }

  private static func checkFree(
    _ entity: Entity, _ name: String, _ org: String, _ call: WorldCall
  ) throws(WorldError) {
    guard try call.store.count(entity, Filter("org_id", org).equal("name", name)) == 0 else {
      throw .conflict("there is a \(entity.noun) \"\(name.prefix(80))\" already", "name")
    }
  }

  package static func listLabels(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyMember().text("org_id")
    var filter = Filter("org_id", org)
    if call.arguments.text("project_id") != nil {
      filter = filter.and(
        "(project_id IS NULL OR project_id = ?)", .text(try call.project(in: org).id))
    }
    return try call.page("labels", label, filter.ordered("name"))
  }

  package static func updateLabel(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyEditor("change labels").text("org_id")
    let found = try call.find(label, "label_id", in: org)
    var changes: [String: SQLValue] = [:]
    if let name = try call.arguments.optionalWords("name"), name != found.text("name") {
      try checkFree(label, name, org, call)
      changes["name"] = .text(name)
    }
    for column in ["color", "description"] where call.arguments.text(column) != nil {
      changes[column] = .optional(call.arguments.text(column))
    }
    return .object(try call.store.update(found, changes).json)
  }

  package static func deleteLabel(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("delete labels")
    let found = try call.find(label, "label_id", in: member.text("org_id"))
    let uses = try call.store.remove(ticketLabel, Filter("label_id", found.id))
    try call.store.remove(label, Filter("id", found.id))
    try call.note("label.deleted", found, "deleted the label \(found.text("name"))", by: member)
    return ["deleted": true, "id": .string(found.id), "removed_from": .number(JSONNumber(uses))]
  }

  /// By id or name.
  private static func named(
    _ entity: Entity, _ word: String, _ argument: String, _ call: WorldCall, _ org: String
  ) throws(WorldError) -> Record {
    let filter = Filter("org_id", org).and("(id = ? OR name = ?)", .text(word), .text(word))
    guard let found = try call.store.first(entity, filter) else {
      throw .notFound(entity.noun, word, argument)
    }
    return found
  }

  static func attach(
    _ name: String, to ticket: Record, _ call: WorldCall, _ org: String,
    argument: String = "labels"
  ) throws(WorldError) {
    let found = try named(label, name, argument, call, org)
    let isForeign = !found["project_id"].isNull && found["project_id"] != ticket["project_id"]
    if isForeign { throw .conflict("the label belongs to another project", argument) }
    let same = Filter("ticket_id", ticket.id).equal("label_id", found.id)
    guard try call.store.count(ticketLabel, same) == 0 else { return }
    try call.store.insert(
      ticketLabel, ["ticket_id": .text(ticket.id), "label_id": .text(found.id)])
  }

  package static func addTicketLabel(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyEditor("change tickets").text("org_id")
    let found = try call.ticket(in: org)
    try attach(
      try call.arguments.required("label_id"), to: found, call, org, argument: "label_id")
    return try shown(found, call)
  }

  package static func removeTicketLabel(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyEditor("change tickets").text("org_id")
    let found = try call.ticket(in: org)
    let word = try call.arguments.required("label_id")
    let label = try named(label, word, "label_id", call, org)
    let gone = try call.store.remove(
      ticketLabel, Filter("ticket_id", found.id).equal("label_id", label.id))
    guard gone > 0 else {
      throw .conflict("\(found.text("key")) has no label \(label.text("name"))", "label_id")
    }
    return try shown(found, call)
  }

  // MARK: - Tags

  package static func listTags(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyMember().text("org_id")
    return try call.page("tags", tag, Filter("org_id", org).ordered("name")) {
      (record) throws(WorldError) in
      var json = record.json
      let uses = try call.store.count(ticketTag, Filter("tag_id", record.id))
      json["uses"] = .number(JSONNumber(uses))
      return .object(json)
    }
  }

  package static func createTag(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("make tags")
    let org = member.text("org_id")
    let name = try call.arguments.words("name")
    try checkFree(tag, name, org, call)
    let made = try call.store.insert(
      tag, ["org_id": .text(org), "name": .text(name), "created_at": call.nowValue])
    return .object(made.json)
  }

  package static func tagTicket(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyEditor("change tickets").text("org_id")
    let found = try call.ticket(in: org)
    let tag = try named(tag, try call.arguments.required("tag"), "tag", call, org)
    let same = Filter("ticket_id", found.id).equal("tag_id", tag.id)
    if try call.store.count(ticketTag, same) == 0 {
      try call.store.insert(ticketTag, ["ticket_id": .text(found.id), "tag_id": .text(tag.id)])
    }
    return try shown(found, call)
  }

  package static func untagTicket(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyEditor("change tickets").text("org_id")
    let found = try call.ticket(in: org)
    let tag = try named(tag, try call.arguments.required("tag"), "tag", call, org)
    let gone = try call.store.remove(
      ticketTag, Filter("ticket_id", found.id).equal("tag_id", tag.id))
    guard gone > 0 else {
      throw .conflict("\(found.text("key")) has no tag \(tag.text("name"))", "tag")
    }
    return try shown(found, call)
  }
}
