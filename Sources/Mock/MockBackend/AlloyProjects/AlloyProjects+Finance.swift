import Database
import EventLoop
package import JSON

@LoopActor
extension AlloyProjects {
  /// Billable minutes times what each person's hour costs.
  private static let cost = "minutes * hourly_rate / 60.0"

  private static func spent(
    _ filter: String, _ values: [SQLValue], by column: String, _ call: WorldCall
  ) throws(WorldError) -> [(name: String, minutes: Int, cost: Double)] {
    try call.store.rows(
      "SELECT \(column), sum(minutes), sum(\(cost)) FROM time_entry "
        + "JOIN member ON member.id = time_entry.user_id "
        + "JOIN project ON project.id = time_entry.project_id "
        + "WHERE billable = 1 AND \(filter) GROUP BY 1 ORDER BY 3 DESC, 1", values
    ).map { ($0[0].text ?? "", Int($0[1].integer ?? 0), $0[2].real ?? 0) }
  }

  private static func money(_ value: Double) -> JSON {
    .number(JSONNumber((value * 100).rounded() / 100))
  }

  package static func getProjectBudget(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyMember()
    let home = try call.project(in: member.text("org_id"))
    guard let found = try call.store.first(budget, Filter("project_id", home.id)) else {
      throw .notFound("budget of project", home.text("key"), "project_id")
    }
    return try shownBudget(found, home, call)
  }

  private static func shownBudget(
    _ budget: Record, _ project: Record, _ call: WorldCall
  ) throws(WorldError) -> JSON {
    let costs = try spent("project.id = ?", [.text(project.id)], by: "project.id", call)
    let amount = budget.number("amount")
    let spent = costs.reduce(0) { $0 + $1.cost }
    let org = try call.store.record(organization, budget.text("org_id"))
    var json = budget.json
    json["currency"] = .string(org?.text("currency") ?? "USD")
    json["spent"] = money(spent)
    json["remaining"] = money(amount - spent)
    let percent = amount > 0 ? Int((spent / amount * 100).rounded()) : 0
    json["percent_spent"] = .number(JSONNumber(percent))
    json["is_alert"] = .bool(percent >= budget.integer("alert_percent"))
    return .object(json)
  }

  /// The parts of a budget add up to its amount.
  package static func setProjectBudget(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try call.alloyAdmin("set budgets")
    let home = try openProject(call, member.text("org_id"))
    let amount = call.arguments.number("amount") ?? 0
    guard amount >= 0, amount.isFinite else { throw .invalid("amount", "cannot be negative") }
    let parts = call.arguments["allocations"]?.array ?? []
    let sum = parts.reduce(0) { $0 + ($1["amount"]?.number?.double ?? 0) }
    guard parts.isEmpty || abs(sum - amount) < 0.005 else {
      throw .invalid(
        "allocations", "they add up to \(JSONNumber(sum).text), not to \(JSONNumber(amount).text)")
    }
    let fields: [String: SQLValue] = [
      "org_id": member["org_id"], "project_id": .text(home.id), "amount": .real(amount),
      "period": .text(call.arguments.text("period") ?? "total"),
      "allocations": .json(.array(parts)),
      "alert_percent": .integer(Int64(call.arguments.integer("alert_percent") ?? 80)),
      "updated_at": call.nowValue,
    ]
    let saved: Record
    if let old = try call.store.first(budget, Filter("project_id", home.id)) {
      saved = try call.store.update(old, fields)
    } else {
      saved = try call.store.insert(budget, fields)
    }
    try call.note("budget.set", saved, "set the budget of \(home.text("key"))", by: member)
    return try shownBudget(saved, home, call)
  }

  package static func getCostReport(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.alloyMember().text("org_id")
    let last = try call.arguments.day("to") ?? call.world.today
    let first = try call.arguments.day("from") ?? last.advanced(by: -29)
    guard first <= last else { throw .invalid("to", "\(last) is before \(first)") }
    var filter = "time_entry.org_id = ? AND date >= ? AND date <= ?"
    var values: [SQLValue] = [.text(org), .text(first.description), .text(last.description)]
    if call.arguments.text("project_id") != nil {
      filter += " AND project.id = ?"
      values.append(.text(try call.project(in: org).id))
    } else if !visitorProjects(call).isEmpty {
      let marks = visitorProjects(call).map { _ in "?" }.joined(separator: ",")
      filter += " AND project.id IN (\(marks))"
      values += visitorProjects(call).map(SQLValue.text)
    }
    let column = grouping[call.arguments.text("group_by") ?? "project"] ?? "project.key"
    let rows = try spent(filter, values, by: column, call)
    let lines: [JSON] = rows.map { row in
      [
        "name": .string(row.name), "minutes": .number(JSONNumber(row.minutes)),
        "cost": money(row.cost),
      ]
    }
    let currency = try call.store.record(organization, org)?.text("currency") ?? "USD"
    return [
      "from": .string(first.description), "to": .string(last.description),
      "currency": .string(currency), "rows": .array(lines),
      "total": money(rows.reduce(0) { $0 + $1.cost }),
    ]
  }

  private static func visitorProjects(_ call: WorldCall) -> [String] {
    call.visitor.projects.sorted()
  }

  /// What a cost report can be ordered by, and where that stands.
  package static let grouping = [
    "project": "project.key", "member": "member.name", "month": "substr(date, 1, 7)",
  ]
}
