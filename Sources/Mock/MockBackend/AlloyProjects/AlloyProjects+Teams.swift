import Database
import EventLoop
package import JSON

@LoopActor
extension AlloyProjects {
  private static func shownTeam(_ team: Record, _ call: WorldCall) throws(WorldError) -> JSON {
    let rows = try call.store.rows(
      "SELECT member.id, member.name, team_member.role FROM team_member "
        + "JOIN member ON member.id = user_id WHERE team_id = ? ORDER BY member.name",
      [.text(team.id)])
    var json = team.json
    json["members"] = .array(
      rows.map { row in
        [
          "user_id": .string(row[0].text ?? ""), "name": .string(row[1].text ?? ""),
          "role": .string(row[2].text ?? ""),
        ]
      })
    return .object(json)
  }

  package static func createTeam(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyAdmin("create teams")
    let org = member.text("org_id")
    let name = try call.arguments.words("name")
    guard try call.store.count(team, Filter("org_id", org).equal("name", name)) == 0 else {
      throw .conflict("there is a team \"\(name)\" already", "name")
    }
    let lead = call.arguments.text("lead_id") == nil ? nil : try call.member("lead_id", in: org)
    let made = try call.store.insert(
      team,
      [
        "org_id": .text(org), "name": .text(name),
        "description": .optional(call.arguments.text("description")),
        "lead_id": .optional(lead?.id), "created_at": call.nowValue,
      ])
    if let lead { try join(lead, made, "lead", call) }
    try call.note("team.created", made, "created the team \(name)", by: member)
    return try shownTeam(made, call)
  }

  private static func join(
    _ person: Record, _ team: Record, _ role: String, _ call: WorldCall
  ) throws(WorldError) {
    try call.store.insert(
      teamMember,
      [
        "org_id": team["org_id"], "team_id": .text(team.id), "user_id": .text(person.id),
        "role": .text(role),
      ])
  }

  package static func listTeams(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyMember().text("org_id")
    return try call.page("teams", team, Filter("org_id", org).ordered("name")) {
      (record) throws(WorldError) in try shownTeam(record, call)
    }
  }

  package static func getTeam(_ call: WorldCall) throws(WorldError) -> JSON {
    try shownTeam(try call.find(team, "team_id", in: call.alloyMember().text("org_id")), call)
  }

  package static func addTeamMember(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyAdmin("change teams")
    let org = member.text("org_id")
    let found = try call.find(team, "team_id", in: org)
    let person = try call.member("user_id", in: org)
    let same = Filter("team_id", found.id).equal("user_id", person.id)
    guard try call.store.count(teamMember, same) == 0 else {
      throw .conflict("\(person.text("name")) is in the team already", "user_id")
    }
    try join(person, found, call.arguments.text("role") ?? "member", call)
    try call.note("team.member_added", found, "added \(person.text("name"))", by: member)
    return try shownTeam(found, call)
  }

  package static func removeTeamMember(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyAdmin("change teams")
    let org = member.text("org_id")
    let found = try call.find(team, "team_id", in: org)
    let person = try call.member("user_id", in: org)
    let gone = try call.store.remove(
      teamMember, Filter("team_id", found.id).equal("user_id", person.id))
    guard gone > 0 else {
      throw .conflict("\(person.text("name")) is not in the team", "user_id")
    }
    try call.note("team.member_removed", found, "removed \(person.text("name"))", by: member)
    return try shownTeam(found, call)
  }

  /// Open work of each member beside the hours a week has.
  package static func getTeamWorkload(_ call: WorldCall) throws(WorldError) -> JSON {
    let found = try call.find(team, "team_id", in: call.alloyMember().text("org_id"))
    let rows = try call.store.rows(
      "SELECT member.id, member.name, capacity_hours, "
        + "(SELECT count(*) FROM ticket WHERE assignee_id = member.id AND category != 'done'), "
        + "(SELECT coalesce(sum(story_points), 0) FROM ticket WHERE assignee_id = member.id "
        + "AND category != 'done'), "
        + "(SELECT coalesce(sum(minutes), 0) FROM time_entry WHERE user_id = member.id AND date >= ?) "
        + "FROM team_member JOIN member ON member.id = user_id WHERE team_id = ? "
        + "ORDER BY member.name",
      [.text(call.world.today.advanced(by: -6).description), .text(found.id)])
    let people: [JSON] = rows.map { row in
      let hours = Double(row[5].integer ?? 0) / 60
      let capacity = max(1, Double(row[2].integer ?? 0))
      return [
        "user_id": .string(row[0].text ?? ""), "name": .string(row[1].text ?? ""),
        "open_tickets": .number(JSONNumber(row[3].integer ?? 0)),
        "open_points": .number(JSONNumber(row[4].integer ?? 0)),
        "hours_last_week": .number(JSONNumber((hours * 10).rounded() / 10)),
        "capacity_hours": .number(JSONNumber(row[2].integer ?? 0)),
        "load_percent": .number(JSONNumber(Int((hours / capacity * 100).rounded()))),
      ]
    }
    return [
      "team_id": .string(found.id), "name": .string(found.text("name")), "members": .array(people),
    ]
  }
}
