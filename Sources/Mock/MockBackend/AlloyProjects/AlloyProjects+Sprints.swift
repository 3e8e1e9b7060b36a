import Database
import EventLoop
package import JSON

@LoopActor
extension AlloyProjects {
  /// The sprint that is named, where tickets can still come in.
  static func openSprint(
    _ call: WorldCall, _ org: String, _ project: String
  ) throws(WorldError) -> Record {
    let found = try call.find(sprint, "sprint_id", in: org)
    guard found.text("status") != "completed" else {
      throw .conflict(
        "the sprint \"\(found.text("name"))\" is completed and takes no tickets", "sprint_id")
    }
    guard found.text("project_id") == project else {
      throw .conflict(
        "the sprint \"\(found.text("name"))\" belongs to another project", "sprint_id")
    }
    return found
  }

  static func shownSprint(_ sprint: Record, _ call: WorldCall) throws(WorldError) -> JSON {
    let here = Filter("sprint_id", sprint.id)
    let done = here.equal("category", "done")
    var json = sprint.json
    json["tickets"] = .number(JSONNumber(try call.store.count(ticket, here)))
    json["tickets_done"] = .number(JSONNumber(try call.store.count(ticket, done)))
    json["points"] = .number(JSONNumber(try call.store.sum("story_points", of: ticket, here)))
    json["points_done"] = .number(JSONNumber(try call.store.sum("story_points", of: ticket, done)))
    return .object(json)
  }

  package static func createSprint(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("plan sprints")
    let org = member.text("org_id")
    let home = try openProject(call, org)
    let (start, end) = try span(call, nil)
    let made = try call.store.insert(
      sprint,
      [
        "org_id": .text(org), "project_id": .text(home.id),
        "name": .text(try call.arguments.words("name")),
        "goal": .optional(call.arguments.text("goal")), "status": "planned",
        "start_date": .text(start.description), "end_date": .text(end.description),
        "capacity_points": call.arguments.integer("capacity_points").map { .integer(Int64($0)) }
          ?? .null, "created_at": call.nowValue,
      ])
    try call.note("sprint.created", made, "planned \(made.text("name"))", by: member)
    call.world.onChange?(.listing)
    return try shownSprint(made, call)
  }

  private static func span(
    _ call: WorldCall, _ old: Record?
  ) throws(WorldError) -> (Day, Day) {
    let start = try call.arguments.day("start_date") ?? old?.day("start_date")
    let end = try call.arguments.day("end_date") ?? old?.day("end_date")
    guard let start else { throw .invalid("start_date", "is missing") }
    guard let end else { throw .invalid("end_date", "is missing") }
    guard end >= start else { throw .invalid("end_date", "\(end) is before the start \(start)") }
    return (start, end)
  }

  package static func listSprints(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyMember().text("org_id")
    var filter = call.reached(Filter("org_id", org)).equal("status", call.arguments.text("status"))
    if call.arguments.text("project_id") != nil {
      filter = filter.equal("project_id", try call.project(in: org).id)
    }
    return try call.page("sprints", sprint, filter.ordered("start_date DESC")) {
      (record) throws(WorldError) in try shownSprint(record, call)
    }
  }

  private static func named(_ call: WorldCall, _ org: String) throws(WorldError) -> Record {
    let found = try call.find(sprint, "sprint_id", in: org)
    guard call.reaches(found.text("project_id")) else {
      throw .notFound("sprint", found.id, "sprint_id")
    }
    return found
  }

  package static func getSprint(_ call: WorldCall) throws(WorldError) -> JSON {
    try shownSprint(try named(call, call.alloyMember().text("org_id")), call)
  }

  package static func updateSprint(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyEditor("plan sprints").text("org_id")
    let found = try named(call, org)
    guard found.text("status") != "completed" else {
      throw .conflict("a completed sprint stays as it is", "sprint_id")
    }
    let (start, end) = try span(call, found)
    var changes: [String: SQLValue] = [
      "start_date": .text(start.description), "end_date": .text(end.description),
    ]
    if let name = try call.arguments.optionalWords("name") { changes["name"] = .text(name) }
    if call.arguments.has("goal") { changes["goal"] = .optional(call.arguments.text("goal")) }
    if let points = call.arguments.integer("capacity_points") {
      changes["capacity_points"] = .integer(Int64(points))
    }
    call.world.onChange?(.record("sprint", id: found.id))
    return try shownSprint(try call.store.update(found, changes), call)
  }

  package static func startSprint(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("start sprints")
    let found = try named(call, member.text("org_id"))
    guard found.text("status") == "planned" else {
      throw .conflict("the sprint is \(found.text("status")) already", "sprint_id")
    }
    let active = Filter("project_id", found.text("project_id")).equal("status", "active")
    if let other = try call.store.first(sprint, active) {
      throw .conflict(
        "the sprint \"\(other.text("name"))\" is still active in this project", "sprint_id")
    }
    let points = try call.store.sum("story_points", of: ticket, Filter("sprint_id", found.id))
    let changed = try call.store.update(
      found, ["status": "active", "committed_points": .integer(Int64(points))])
    try call.note("sprint.started", changed, "started \(changed.text("name"))", by: member)
    call.world.onChange?(.record("sprint", id: found.id))
    return try shownSprint(changed, call)
  }

  /// What is not done goes to the backlog or to another sprint.
  package static func completeSprint(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("complete sprints")
    let org = member.text("org_id")
    let found = try named(call, org)
    guard found.text("status") == "active" else {
      throw .conflict(
        "only an active sprint can be completed; it is \(found.text("status"))", "sprint_id")
    }
    let next = try successor(of: found, call, org)
    let open = try call.store.records(
      ticket, Filter("sprint_id", found.id).and("category != 'done'"))
    for record in open {
      _ = try change(record, ["sprint_id": .optional(next?.id)], by: member, call)
    }
    let changed = try call.store.update(
      found, ["status": "completed", "completed_at": call.nowValue])
    try call.note("sprint.completed", changed, "completed \(changed.text("name"))", by: member)
    call.world.onChange?(.record("sprint", id: found.id))
    guard var json = try shownSprint(changed, call).object else { return .null }
    json["moved_tickets"] = .number(JSONNumber(open.count))
    json["moved_to"] = .string(next?.text("name") ?? "backlog")
    return .object(json)
  }

  private static func successor(
    of found: Record, _ call: WorldCall, _ org: String
  ) throws(WorldError) -> Record? {
    guard let word = call.arguments.text("move_open_to"), word != "backlog" else { return nil }
    let planned = Filter("project_id", found.text("project_id")).equal("status", "planned")
    if word == "next_sprint" {
      guard let next = try call.store.first(sprint, planned.ordered("start_date")) else {
        throw .conflict("no sprint is planned after this one", "move_open_to")
      }
      return next
    }
    throw .invalid("move_open_to", "is neither backlog nor next_sprint")
  }

  package static func addTicketToSprint(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("plan sprints")
    let org = member.text("org_id")
    let found = try call.ticket(in: org)
    let home = try openSprint(call, org, found.text("project_id"))
    return try shown(try change(found, ["sprint_id": .text(home.id)], by: member, call), call)
  }

  package static func removeTicketFromSprint(
    _ call: WorldCall
  ) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("plan sprints")
    let found = try call.ticket(in: member.text("org_id"))
    guard !found["sprint_id"].isNull else {
      throw .conflict("\(found.text("key")) is in no sprint", "ticket_id")
    }
    return try shown(try change(found, ["sprint_id": .null], by: member, call), call)
  }

  /// Points left at the end of each day, beside an even pace.
  package static func getSprintBurndown(_ call: WorldCall) throws(WorldError) -> JSON {
    let found = try named(call, call.alloyMember().text("org_id"))
    guard let start = found.day("start_date"), let end = found.day("end_date") else {
      throw .conflict("the sprint has no dates", "sprint_id")
    }
    let rows = try call.store.rows(
      "SELECT coalesce(story_points, 0), closed_at FROM ticket WHERE sprint_id = ?",
      [.text(found.id)])
    let total = rows.reduce(0) { $0 + Int($1[0].integer ?? 0) }
    let length = max(1, end.number - start.number)
    let points: [JSON] = (0...min(length, 366)).map { offset in
      let day = start.advanced(by: offset)
      let limit = day.advanced(by: 1).time().microseconds
      let done = rows.filter { ($0[1].integer ?? .max) < limit }
        .reduce(0) { $0 + Int($1[0].integer ?? 0) }
      let ideal = Double(total) * Double(length - offset) / Double(length)
      return [
        "date": .string(day.description),
        "remaining": day > call.world.today ? .null : .number(JSONNumber(total - done)),
        "ideal": .number(JSONNumber((ideal * 10).rounded() / 10)),
      ]
    }
    return [
      "sprint_id": .string(found.id), "name": .string(found.text("name")),
      "total_points": .number(JSONNumber(total)), "days": .array(points),
    ]
  }
}
