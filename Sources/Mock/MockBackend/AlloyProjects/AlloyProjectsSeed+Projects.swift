import Database
import JSON

extension AlloyProjectsSeed {
  private static let sprintDays = 14

  mutating func plantProject(_ row: SeedTexts.Project, _ place: Int) throws(WorldError) {
    let begun = today.advanced(by: -200 + place * 12)
    let project = try store.insert(
      AlloyProjects.project,
      [
        "org_id": .text(organization), "key": .text(row.key), "name": .text(row.name),
        "description": .text(row.summary), "status": row.isArchived ? "archived" : "active",
        "lead_id": .text(members[place % members.count].id),
        "team_id": .text(teams[place % teams.count].id),
        "workflow_id": .text(workflows[place % 2].id), "start_date": .text(begun.description),
        "target_date": .text(today.advanced(by: 60 + place * 15).description),
        "last_number": .integer(Int64(row.tickets)), "created_at": time(begun, 555),
        "updated_at": time(today.advanced(by: -place), 700),
      ])
    // One project rests between two sprints.
    let sprints = row.isArchived ? [] : try plantSprints(project, running: row.key != "OPS")
    lastTicket = nil
    let flow = WorkStates(
      workflows[place % 2].document("states"), workflows[place % 2].document("transitions"))
    for number in 1...row.tickets {
      try plantTicket(number, of: row.tickets, project, flow, sprints, row.isArchived)
    }
    if !row.isArchived { try plantBudget(project, place) }
  }

  /// Three that are over, one that runs, one to come.
  private func plantSprints(_ project: Record, running: Bool) throws(WorldError) -> [Record] {
    var sprints: [Record] = []
    for number in 0..<5 {
      let start = today.advanced(by: (number - 3) * Self.sprintDays - 6)
      let state =
        number < 3
        ? "completed" : number == 3 && running ? "active" : number == 3 ? "completed" : "planned"
      let end = start.advanced(by: Self.sprintDays - 1)
      sprints.append(
        try store.insert(
          AlloyProjects.sprint,
          [
            "org_id": .text(organization), "project_id": .text(project.id),
            "name": .text("\(project.text("key")) Sprint \(number + 11)"),
            "goal": .text(SeedTexts.goals[number % SeedTexts.goals.count]),
            "status": .text(state), "start_date": .text(start.description),
            "end_date": .text(end.description), "capacity_points": 30,
            "committed_points": number < 4 ? .integer(Int64(24 + number)) : .null,
            "created_at": time(start.advanced(by: -7), 600),
            "completed_at": state == "completed" ? time(end, 960) : .null,
          ]))
    }
    return sprints
  }

  private mutating func plantTicket(
    _ number: Int, of count: Int, _ project: Record, _ flow: WorkStates, _ sprints: [Record],
    _ isArchived: Bool
  ) throws(WorldError) {
    let age = max(0, (count - number) * 150 / count + random.int(0...6))
    let made = today.advanced(by: -age)
    let sprint = sprints.first {
      ($0.day("start_date") ?? today) <= made && made <= ($0.day("end_date") ?? today)
    }
    let category = isArchived ? "done" : category(of: sprint, age)
    let state = flow.all.last { $0.category == category } ?? flow.first
    let kind = random.pick(["bug", "story", "story", "task", "task", "spike"])
    let closed = min(made.advanced(by: random.int(1...8)), today)
    let assignee = random.chance(85) || category != "todo" ? random.pick(members).id : nil
    let ticket = try store.insert(
      AlloyProjects.ticket,
      [
        "org_id": .text(organization), "key": .text("\(project.text("key"))-\(number)"),
        "project_id": .text(project.id), "title": .text(title(kind)),
        "description": .text(random.pick(SeedTexts.descriptions)), "type": .text(kind),
        "status": .text(state.name), "category": .text(category),
        "priority": .text(random.pick(["critical", "high", "high", "medium", "medium", "low"])),
        "assignee_id": .optional(assignee), "reporter_id": .text(random.pick(members).id),
        "sprint_id": .optional(sprint?.id),
        "story_points": random.chance(80) ? .integer(random.pick([1, 2, 3, 5, 8])) : .null,
        "estimate_minutes": random.chance(40) ? .integer(random.pick([60, 120, 240, 480])) : .null,
        "due_date": random.chance(35)
          ? .text(made.advanced(by: random.int(10...40)).description) : .null,
        "created_at": time(made, random.int(480...1050)),
        "updated_at": time(category == "done" ? closed : made.advanced(by: age / 2), 720),
        "closed_at": category == "done" ? time(closed, random.int(540...1080)) : .null,
      ])
    try plantDetails(ticket, made, assignee, category)
    if let lastTicket, random.chance(12) {
      try store.insert(
        AlloyProjects.link,
        [
          "org_id": .text(organization), "source_id": .text(lastTicket.id),
          "target_id": .text(ticket.id), "kind": .text(random.pick(AlloyProjects.linkKinds)),
          "created_at": time(made, 800),
        ])
    }
    lastTicket = ticket
  }

  private mutating func category(of sprint: Record?, _ age: Int) -> String {
    switch sprint?.text("status") {
    case "completed": "done"
    case "active": random.pick(["todo", "in_progress", "in_progress", "done"])
    case "planned": "todo"
    default: age > 60 ? random.pick(["done", "done", "todo"]) : "todo"
    }
  }

  private mutating func title(_ kind: String) -> String {
    let thing = random.pick(SeedTexts.things)
    switch kind {
    case "bug": return "\(random.pick(SeedTexts.failures)) \(thing)"
    case "spike": return "Find out whether \(thing) can be cached"
    default: return "\(random.pick(SeedTexts.verbs)) \(thing)"
    }
  }

  private mutating func plantDetails(
    _ ticket: Record, _ made: Day, _ assignee: String?, _ category: String
  ) throws(WorldError) {
    if random.chance(60) {
      try store.insert(
        AlloyProjects.ticketLabel,
        ["ticket_id": .text(ticket.id), "label_id": .text(random.pick(labels).id)])
    }
    if random.chance(25) {
      try store.insert(
        AlloyProjects.ticketTag,
        ["ticket_id": .text(ticket.id), "tag_id": .text(random.pick(tags).id)])
    }
    for place in 0..<random.int(0...2) {
      let day = min(made.advanced(by: place + 1), today)
      try store.insert(
        AlloyProjects.comment,
        [
          "org_id": .text(organization), "ticket_id": .text(ticket.id),
          "author_id": .text(random.pick(members).id),
          "body": .text(random.pick(SeedTexts.comments)), "created_at": time(day, 610 + place),
          "updated_at": time(day, 610 + place),
        ])
    }
    guard let assignee, category != "todo" else { return }
    for place in 0..<random.int(1...3) {
      let day = min(made.advanced(by: place * 2), today)
      try store.insert(
        AlloyProjects.timeEntry,
        [
          "org_id": .text(organization), "ticket_id": .text(ticket.id),
          "project_id": ticket["project_id"], "user_id": .text(assignee),
          "date": .text(day.description), "minutes": .integer(random.pick([30, 45, 60, 90, 120])),
          "description": .text(random.pick(SeedTexts.work)),
          "billable": .flag(random.chance(85)), "created_at": time(day, 1020),
        ])
    }
    try plantHistory(ticket, made, assignee)
  }

  private func plantHistory(
    _ ticket: Record, _ made: Day, _ assignee: String
  ) throws(WorldError) {
    for (field, old, new, minute) in [
      ("assignee_id", nil, assignee, 630), ("status", "Backlog", ticket.text("status"), 700),
    ] {
      try store.insert(
        AlloyProjects.history,
        [
          "org_id": .text(organization), "ticket_id": .text(ticket.id),
          "user_id": .text(assignee), "field": .text(field), "old_value": .optional(old),
          "new_value": .text(new), "at": time(made, minute),
        ])
    }
  }

  private func plantBudget(_ project: Record, _ place: Int) throws(WorldError) {
    let amount = Double(24_000 + place * 6_000)
    let parts: [JSON] = [("design", 0.2), ("development", 0.6), ("testing", 0.2)].map {
      ["category": .string($0.0), "amount": .number(JSONNumber(amount * $0.1))]
    }
    try store.insert(
      AlloyProjects.budget,
      [
        "org_id": .text(organization), "project_id": .text(project.id), "amount": .real(amount),
        "period": "total", "allocations": .json(.array(parts)), "alert_percent": 80,
        "updated_at": time(today.advanced(by: -90), 600),
      ])
  }

  // MARK: - Much more of it

  /// A thousand tickets for each step of the scale, made by the store itself.
  func multiply() throws(WorldError) {
    let count = options.scale * 1000
    guard
      let model = try store.first(
        AlloyProjects.ticket, Filter("org_id", organization).equal("category", "done")),
      let project = try store.record(AlloyProjects.project, model.text("project_id"))
    else { return }
    let first = project.integer("last_number")
    let words = SeedTexts.things.map {
      "WHEN \(SeedTexts.things.firstIndex(of: $0) ?? 0) THEN '\($0)'"
    }
    .joined(separator: " ")
    let verbs = SeedTexts.verbs.enumerated().map { "WHEN \($0) THEN '\($1)'" }
      .joined(separator: " ")
    let values: [String: String] = [
      "id": "printf('%08x-0000-4000-8000-%012x', n, n * 2654435761 % 281474976710655)",
      "key": "'\(project.text("key"))-' || (n + \(first))",
      "title": "CASE n / 7 % \(SeedTexts.verbs.count) \(verbs) END || ' ' || "
        + "CASE n % \(SeedTexts.things.count) \(words) END || ' (' || n || ')'",
      "updated_at": "\(model["created_at"].integer ?? 0) - n * 1000",
    ]
    let columns = AlloyProjects.ticket.columns.map(\.name)
    let picked = columns.map { values[$0] ?? "model.\($0)" }.joined(separator: ", ")
    // The words of all go into the search at once, which takes a fraction of the time.
    try store.execute("DROP TRIGGER ticket_added")
    try store.execute(
      "INSERT INTO ticket (\(columns.joined(separator: ", "))) "
        + "WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < ?) "
        + "SELECT \(picked) FROM counter, ticket AS model WHERE model.id = ?",
      [.integer(Int64(count)), .text(model.id)])
    try store.execute("INSERT INTO ticket_text (ticket_text) VALUES ('rebuild')")
    try store.execute(AlloyProjects.ticketAdded)
    try store.execute("ANALYZE")
    _ = try store.update(project, ["last_number": .integer(Int64(first + count))])
  }
}
