import Database
import EventLoop
package import JSON

@LoopActor
extension AlloyProjects {
  package static func getOrganization(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyMember().text("org_id")
    guard let found = try call.store.record(organization, org) else {
      throw .notFound("organization", org, "org_id")
    }
    let here = Filter("org_id", org)
    var json = found.json
    json["members"] = .number(JSONNumber(try call.store.count(member, here)))
    json["projects"] = .number(JSONNumber(try call.store.count(project, here)))
    json["teams"] = .number(JSONNumber(try call.store.count(team, here)))
    return .object(json)
  }

  package static func listMembers(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyMember().text("org_id")
    var filter = Filter("org_id", org).equal("role", call.arguments.text("role"))
    if let query = call.arguments.text("query") {
      filter = filter.and(
        "(instr(lower(name), ?) > 0 OR instr(lower(email), ?) > 0)", .text(query.lowercased()),
        .text(query.lowercased()))
    }
    return try call.page("members", member, filter.ordered("name"))
  }

  package static func inviteMember(_ call: WorldCall) throws(WorldError) -> JSON {
    let admin = try call.alloyAdmin("invite members")
    let org = admin.text("org_id")
    let email = try call.arguments.required("email").lowercased()
    let halves = email.split(separator: "@", omittingEmptySubsequences: false)
    guard halves.count == 2, !halves[0].isEmpty, halves[1].contains("."),
      !email.contains(where: \.isWhitespace)
    else { throw .invalid("email", "\"\(email.prefix(80))\" is no address") }
    guard try call.store.count(member, Filter("org_id", org).equal("email", email)) == 0 else {
      throw .conflict("\(email) is a member or invited already", "email")
    }
    let made = try call.store.insert(
      member,
      [
        "org_id": .text(org), "name": .text(call.arguments.text("name") ?? String(halves[0])),
        "email": .text(email), "role": .text(call.arguments.text("role") ?? "member"),
        "capacity_hours": 40, "hourly_rate": 80, "status": "invited", "joined_at": call.nowValue,
      ])
    try call.note("member.invited", made, "invited \(email)", by: admin)
    return .object(made.json)
  }

  package static func listAuditEvents(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyAdmin("read the audit").text("org_id")
    let given = call.arguments
    var filter = Filter("org_id", org).equal("action", given.text("action"))
    if given.text("actor_id") != nil {
      filter = filter.equal("actor_id", try call.member("actor_id", in: org).id)
    }
    if let first = try given.day("from") {
      filter = filter.and("at >= ?", .integer(first.time().microseconds))
    }
    if let last = try given.day("to") {
      filter = filter.and("at < ?", .integer(last.advanced(by: 1).time().microseconds))
    }
    return try call.page("events", event, filter.ordered("at DESC, rowid DESC"))
  }

  /// Who the credential belongs to.
  package static func me(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyMember()
    return [
      "user_id": .string(member.id), "org_id": .string(member.text("org_id")),
      "email": .string(member.text("email")), "role": .string(member.text("role")),
      "name": .string(member.text("name")),
    ]
  }

  package static func ping(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyMember()
    let org = try call.store.record(organization, member.text("org_id"))
    return [
      "status": "ok", "organization": .string(org?.text("name") ?? ""),
      "user": .string(member.text("email")), "time": .string(call.now.description),
    ]
  }
}
