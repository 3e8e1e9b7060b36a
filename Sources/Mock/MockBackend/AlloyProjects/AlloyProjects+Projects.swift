import Database
import EventLoop
package import JSON

@LoopActor
extension AlloyProjects {
  package static func createProject(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("create projects")
    let org = member.text("org_id")
    let key = try call.arguments.required("key").uppercased()
    guard try call.store.count(project, Filter("org_id", org).equal("key", key)) == 0 else {
      throw .conflict("there is a project with the key \(key) already", "key")
    }
    var fields: [String: SQLValue] = [
      "org_id": .text(org), "key": .text(key), "name": .text(try call.arguments.words("name")),
      "status": "active", "lead_id": .text(member.id), "last_number": 0,
      "workflow_id": .text(try workflow(for: call, org).id), "created_at": call.nowValue,
      "updated_at": call.nowValue,
    ]
    for (column, value) in try projectDetails(call, org, nil) { fields[column] = value }
    let made = try call.store.insert(project, fields)
    try call.note("project.created", made, "created \(key)", by: member)
    call.world.onChange?(.listing)
    return .object(made.json)
  }

  private static func workflow(for call: WorldCall, _ org: String) throws(WorldError) -> Record {
    if call.arguments.text("workflow_id") != nil {
      return try call.find(workflow, "workflow_id", in: org)
    }
    let usual = Filter("org_id", org).ordered("is_default DESC, rowid")
    guard let found = try call.store.first(workflow, usual) else {
      throw .conflict("the organization has no workflow")
    }
    return found
  }

  private static func projectDetails(
    _ call: WorldCall, _ org: String, _ old: Record?
  ) throws(WorldError) -> [String: SQLValue] {
    let given = call.arguments
    var fields: [String: SQLValue] = [:]
    if given.has("description") { fields["description"] = .optional(given.text("description")) }
    if given.text("lead_id") != nil {
      fields["lead_id"] = .text(try call.member("lead_id", in: org).id)
    }
    if given.text("team_id") != nil {
      fields["team_id"] = .text(try call.find(team, "team_id", in: org).id)
    }
    for column in ["start_date", "target_date"] where given.has(column) {
      fields[column] = .optional(try given.day(column)?.description)
    }
    let start = (fields["start_date"] ?? old?["start_date"])?.text
    let target = (fields["target_date"] ?? old?["target_date"])?.text
    if let start, let target, target < start {
      throw .invalid("target_date", "\(target) is before the start \(start)")
    }
    return fields
  }

  package static func listProjects(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyMember().text("org_id")
    let filter = call.reached(Filter("org_id", org), "id")
      .equal("status", call.arguments.text("status"))
    return try call.page("projects", project, filter.ordered("key"))
  }

  package static func getProject(_ call: WorldCall) throws(WorldError) -> JSON {
    let found = try call.project(in: call.alloyMember().text("org_id"))
    return .object(found.json)
  }

  package static func updateProject(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("change projects")
    let org = member.text("org_id")
    let found = try call.project(in: org)
    var changes = try projectDetails(call, org, found)
    if let name = try call.arguments.optionalWords("name") { changes["name"] = .text(name) }
    guard !changes.isEmpty else { throw WorldError(.invalid, "nothing to change was given") }
    changes["updated_at"] = call.nowValue
    let changed = try call.store.update(found, changes)
    try call.note("project.updated", changed, "changed \(changed.text("key"))", by: member)
    call.world.onChange?(.record("project", id: found.id))
    return .object(changed.json)
  }

  package static func archiveProject(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyAdmin("archive projects")
    let found = try call.project(in: member.text("org_id"))
    guard found.text("status") == "active" else {
      throw .conflict("\(found.text("key")) is archived already", "project_id")
    }
    let active = Filter("project_id", found.id).equal("status", "active")
    if let running = try call.store.first(sprint, active) {
      throw .conflict("complete the sprint \"\(running.text("name"))\" first", "project_id")
    }
    let changed = try call.store.update(
      found, ["status": "archived", "updated_at": call.nowValue])
    try call.note("project.archived", changed, "archived \(changed.text("key"))", by: member)
    call.world.onChange?(.listing)
    return .object(changed.json)
  }

  package static func getProjectStats(_ call: WorldCall) throws(WorldError) -> JSON {
    let found = try call.project(in: call.alloyMember().text("org_id"))
    let here = Filter("project_id", found.id)
    let done = here.equal("category", "done")
    let minutes = try call.store.sum("minutes", of: timeEntry, here)
    let points = try call.store.sum("story_points", of: ticket, done)
    let late = here.and("category != 'done' AND due_date < ?", .text(call.world.today.description))
    return [
      "project_id": .string(found.id), "key": .string(found.text("key")),
      "tickets": .number(JSONNumber(try call.store.count(ticket, here))),
      "by_category": try counts("category", here, call),
      "by_type": try counts("type", here, call),
      "by_priority": try counts("priority", here.and("category != 'done'"), call),
      "unassigned": .number(
        JSONNumber(try call.store.count(ticket, here.and("assignee_id IS NULL")))),
      "overdue": .number(JSONNumber(try call.store.count(ticket, late))),
      "points_done": .number(JSONNumber(Int(points))),
      "hours_logged": .number(JSONNumber((minutes / 6).rounded() / 10)),
    ]
  }

  static func counts(
    _ column: String, _ filter: Filter, _ call: WorldCall
  ) throws(WorldError) -> JSON {
    let rows = try call.store.rows(
      "SELECT \(column), count(*) FROM ticket\(filter.condition) GROUP BY 1 ORDER BY 2 DESC, 1",
      filter.values)
    return rows.map { ($0[0].text ?? "", JSON.number(JSONNumber($0[1].integer ?? 0))) }.json
  }
}
