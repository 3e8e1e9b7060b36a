import Database
import EventLoop
package import JSON

extension WorldCall {
  /// The organization that the credential opens; the first one without a word about it.
  func organization(_ entity: Entity) throws(WorldError) -> Record {
    var filter = Filter()
    if let word = visitor.workspace {
      filter = filter.and("(id = ? OR slug = ?)", .text(word), .text(word))
    }
    let found = try store.first(entity, filter)
    guard let found else {
      throw WorldError(.unauthorized, "the credential belongs to no organization here")
    }
    return found
  }
}

@LoopActor
extension Alumia {
  private static func org(_ call: WorldCall) throws(WorldError) -> String {
    try call.organization(organization).id
  }

  static func all(_ call: WorldCall) throws(WorldError) -> Filter {
    Filter("org_id", try org(call))
  }

  package static func getBalance(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.organization(organization)
    let here = Filter("org_id", org.id)
    let month = call.world.today.advanced(by: -30).time().microseconds
    let used = here.equal("kind", "usage").and("at >= ?", .integer(month))
    return [
      "organization": .string(org.text("name")), "currency": .string(org.text("currency")),
      "balance": cents(try call.store.sum("amount", of: transaction, here)),
      "used_last_30_days": cents(-(try call.store.sum("amount", of: transaction, used))),
      "plan": .string(org.text("plan")),
    ]
  }

  static func cents(_ value: Double) -> JSON {
    .number(JSONNumber((value * 100).rounded() / 100))
  }

  package static func listAgents(_ call: WorldCall) throws(WorldError) -> JSON {
    let filter = try all(call).equal("status", call.arguments.text("status"))
    return try call.page("agents", agent, filter.ordered("name"))
  }

  package static func listProjects(_ call: WorldCall) throws(WorldError) -> JSON {
    let filter = try all(call).equal("status", call.arguments.text("status"))
    return try call.page("projects", project, filter.ordered("name"))
  }

  package static func listSessions(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try org(call)
    var filter = Filter("org_id", org).equal("status", call.arguments.text("status"))
    for (argument, entity) in [("agent_id", agent), ("project_id", project)]
    where call.arguments.text(argument) != nil {
      filter = filter.equal(argument, try call.find(entity, argument, in: org).id)
    }
    return try call.page("sessions", session, filter.ordered("updated_at DESC"))
  }

  package static func listFiles(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try org(call)
    var filter = Filter("org_id", org)
    if call.arguments.text("project_id") != nil {
      filter = filter.equal("project_id", try call.find(project, "project_id", in: org).id)
    }
    return try call.page("files", file, filter.ordered("path"))
  }

  package static func searchMemories(_ call: WorldCall) throws(WorldError) -> JSON {
    let filter = try matching("content", all(call).equal("kind", call.arguments.text("kind")), call)
    return try call.page("memories", memory, filter.ordered("created_at DESC"))
  }

  /// Every word of the query stands in the column.
  private static func matching(
    _ column: String, _ filter: Filter, _ call: WorldCall
  ) throws(WorldError) -> Filter {
    let words = try call.arguments.words("query").lowercased().split(separator: " ").prefix(12)
    return words.reduce(filter) {
      $0.and("instr(lower(\(column)), ?) > 0", .text(String($1)))
    }
  }

  package static func listConnectors(_ call: WorldCall) throws(WorldError) -> JSON {
    let filter = try all(call).and("status != 'available'")
    return try call.page("connectors", connector, filter.ordered("name"))
  }

  package static func getConnectorCatalog(_ call: WorldCall) throws(WorldError) -> JSON {
    let filter = try all(call).equal("category", call.arguments.text("category"))
    return try call.page("connectors", connector, filter.ordered("category, name"))
  }

  package static func snapshot(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try call.organization(organization)
    let here = Filter("org_id", org.id)
    return [
      "organization": .object(org.json),
      "agents": .number(JSONNumber(try call.store.count(agent, here))),
      "projects": .number(JSONNumber(try call.store.count(project, here))),
      "sessions": .number(JSONNumber(try call.store.count(session, here))),
      "active_sessions": .number(
        JSONNumber(try call.store.count(session, here.equal("status", "active")))),
    ]
  }

  // MARK: - On standard input and output alone

  package static func getUsage(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try org(call)
    let last = try call.arguments.day("to") ?? call.world.today
    let first = try call.arguments.day("from") ?? last.advanced(by: -29)
    guard first <= last else { throw .invalid("to", "\(last) is before \(first)") }
    let rows = try call.store.rows(
      "SELECT description, -sum(amount), count(*) FROM ledger_entry WHERE org_id = ? "
        + "AND kind = 'usage' AND at >= ? AND at < ? GROUP BY 1 ORDER BY 2 DESC",
      [
        .text(org), .integer(first.time().microseconds),
        .integer(last.advanced(by: 1).time().microseconds),
      ])
    return [
      "from": .string(first.description), "to": .string(last.description),
      "rows": .array(
        rows.map { row in
          [
            "item": .string(row[0].text ?? ""), "cost": cents(row[1].real ?? 0),
            "count": .number(JSONNumber(row[2].integer ?? 0)),
          ]
        }), "total": cents(rows.reduce(0) { $0 + ($1[1].real ?? 0) }),
    ]
  }

  package static func listTransactions(_ call: WorldCall) throws(WorldError) -> JSON {
    let filter = try all(call).equal("kind", call.arguments.text("kind"))
    return try call.page("transactions", transaction, filter.ordered("at DESC"))
  }

  package static func listTasks(_ call: WorldCall) throws(WorldError) -> JSON {
    let filter = try all(call).equal("status", call.arguments.text("status"))
    return try call.page("tasks", task, filter.ordered("created_at DESC"))
  }

  package static func getTask(_ call: WorldCall) throws(WorldError) -> JSON {
    .object(try call.find(task, "task_id", in: org(call)).json)
  }

  package static func listSchedules(_ call: WorldCall) throws(WorldError) -> JSON {
    try call.page("schedules", schedule, all(call).ordered("name"))
  }

  package static func listWebhooks(_ call: WorldCall) throws(WorldError) -> JSON {
    try call.page("webhooks", webhook, all(call))
  }

  package static func searchKnowledge(_ call: WorldCall) throws(WorldError) -> JSON {
    let filter = try matching("title || ' ' || content", all(call), call)
    return try call.page("documents", document, filter.ordered("updated_at DESC"))
  }
}
