import Database
import EventLoop
package import JSON

@LoopActor
extension AlloyProjects {
  private static let dayMinutes = 1440

  package static func logTime(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("log time")
    let found = try call.ticket(in: member.text("org_id"))
    let day = try call.arguments.day("date") ?? call.world.today
    let made = try enter(
      call.arguments.integer("minutes") ?? 0, on: day, found, member, call)
    return .object(made.json)
  }

  private static func enter(
    _ minutes: Int, on day: Day, _ ticket: Record, _ member: Record, _ call: WorldCall
  ) throws(WorldError) -> Record {
    try check(minutes, on: day, besides: nil, member, call)
    let made = try call.store.insert(
      timeEntry,
      [
        "org_id": ticket["org_id"], "ticket_id": .text(ticket.id),
        "project_id": ticket["project_id"], "user_id": .text(member.id),
        "date": .text(day.description), "minutes": .integer(Int64(minutes)),
        "description": .optional(call.arguments.text("description")),
        "billable": .flag(call.arguments.flag("billable") ?? true), "created_at": call.nowValue,
      ])
    try call.note(
      "time.logged", made, "logged \(minutes) minutes on \(ticket.text("key"))", by: member)
    return made
  }

  /// Time is positive, not of the future, and a day has 24 hours.
  private static func check(
    _ minutes: Int, on day: Day, besides entry: String?, _ member: Record, _ call: WorldCall
  ) throws(WorldError) {
    guard minutes > 0 else { throw .invalid("minutes", "time cannot be zero or negative") }
    guard day <= call.world.today.advanced(by: 1) else {
      throw .invalid("date", "\(day) is in the future")
    }
    var filter = Filter("user_id", member.id).equal("date", day.description)
    if let entry { filter = filter.and("id != ?", .text(entry)) }
    let before = Int(try call.store.sum("minutes", of: timeEntry, filter))
    guard before + minutes <= dayMinutes else {
      throw .conflict(
        "a day has 24 hours, and \(before) minutes of \(day) are logged already", "minutes")
    }
  }

  package static func listTimeEntries(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyMember().text("org_id")
    let given = call.arguments
    var filter = call.reached(Filter("org_id", org))
      .between("date", try given.day("from"), try given.day("to"))
    if given.text("ticket_id") != nil {
      filter = filter.equal("ticket_id", try call.ticket(in: org).id)
    }
    if given.text("project_id") != nil {
      filter = filter.equal("project_id", try call.project(in: org).id)
    }
    if given.text("user_id") != nil {
      filter = filter.equal("user_id", try call.member("user_id", in: org).id)
    }
    let total = try call.store.sum("minutes", of: timeEntry, filter)
    let page = try call.page("entries", timeEntry, filter.ordered("date DESC, rowid DESC"))
    guard var json = page.object else { return page }
    json["total_minutes"] = .number(JSONNumber(Int(total)))
    return .object(json)
  }

  /// One's own entry, or anybody's for those who run the organization.
  private static func own(
    _ call: WorldCall, _ member: Record
  ) throws(WorldError) -> Record {
    let found = try call.find(timeEntry, "entry_id", in: member.text("org_id"))
    let runs = ["owner", "admin"].contains(member.text("role"))
    guard runs || found.text("user_id") == member.id else {
      throw .forbidden("only its owner and admins may change a time entry")
    }
    return found
  }

  package static func updateTimeEntry(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("log time")
    let found = try own(call, member)
    let minutes = call.arguments.integer("minutes") ?? found.integer("minutes")
    let day = try call.arguments.day("date") ?? found.day("date") ?? call.world.today
    guard let worker = try call.store.record(self.member, found.text("user_id")) else {
      throw .notFound("member", found.text("user_id"), "entry_id")
    }
    try check(minutes, on: day, besides: found.id, worker, call)
    var changes: [String: SQLValue] = [
      "minutes": .integer(Int64(minutes)), "date": .text(day.description),
    ]
    if call.arguments.has("description") {
      changes["description"] = .optional(call.arguments.text("description"))
    }
    if let billable = call.arguments.flag("billable") { changes["billable"] = .flag(billable) }
    return .object(try call.store.update(found, changes).json)
  }

  package static func deleteTimeEntry(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("log time")
    let found = try own(call, member)
    try call.store.remove(timeEntry, Filter("id", found.id))
    try call.note("time.deleted", found, "deleted a time entry", by: member)
    return ["deleted": true, "id": .string(found.id)]
  }

  // MARK: - Timer

  package static func startTimer(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("log time")
    let found = try call.ticket(in: member.text("org_id"))
    if let running = try call.store.first(timer, Filter("user_id", member.id)) {
      let other = try call.store.record(ticket, running.text("ticket_id"))?.text("key") ?? ""
      throw .conflict("a timer runs already, on \(other); stop it first")
    }
    let made = try call.store.insert(
      timer,
      [
        "org_id": member["org_id"], "ticket_id": .text(found.id), "user_id": .text(member.id),
        "description": .optional(call.arguments.text("description")), "started_at": call.nowValue,
      ])
    return .object(made.json)
  }

  /// What has run becomes a time entry, a minute at least.
  package static func stopTimer(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyEditor("log time")
    guard let running = try call.store.first(timer, Filter("user_id", member.id)) else {
      throw .conflict("no timer runs; start one first")
    }
    guard let found = try call.store.record(ticket, running.text("ticket_id")) else {
      throw .notFound("ticket", running.text("ticket_id"), "ticket_id")
    }
    let ran = call.now.microseconds - (running["started_at"].integer ?? 0)
    let minutes = min(dayMinutes, max(1, Int((ran + 30_000_000) / 60_000_000)))
    var words = call.arguments.object
    if words["description"] == nil, let text = running["description"].text {
      words["description"] = .string(text)
    }
    let made = try enter(minutes, on: call.world.today, found, member, call.asking(words))
    try call.store.remove(timer, Filter("id", running.id))
    return .object(made.json)
  }
}
