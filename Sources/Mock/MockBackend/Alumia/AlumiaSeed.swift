import Database
import EventLoop

/// An organization that works with agents, and one beside it.
@LoopActor
struct AlumiaSeed {
  let world: World
  var random: SeededRandom
  var org = ""
  var agents: [Record] = []
  var projects: [Record] = []

  var store: WorldStore { world.store }

  static func plant(_ world: World, _ options: WorldOptions) throws(WorldError) {
    var seed = AlumiaSeed(world: world, random: SeededRandom(options.seed))
    try seed.plantOrganization("Meridian Research", "meridian", size: 1)
    try seed.plantOrganization("Tidewater", "tidewater", size: 4)
  }

  private func time(_ days: Int, _ minute: Int = 600) -> SQLValue {
    .integer(min(world.today.advanced(by: -days).time(minute: minute), world.now).microseconds)
  }

  /// `size` divides how much of everything there is.
  private mutating func plantOrganization(
    _ name: String, _ slug: String, size: Int
  ) throws(WorldError) {
    org = try store.insert(
      Alumia.organization,
      [
        "name": .text(name), "slug": .text(slug), "plan": "scale", "currency": "USD",
        "created_at": time(400),
      ]
    ).id
    agents = []
    projects = []
    try plantPeopleOfWork(size)
    try plantSessions(96 / size)
    try plantKnowledge()
    try plantMoney()
    try plantWork()
  }

  private mutating func plantPeopleOfWork(_ size: Int) throws(WorldError) {
    for (place, row) in AlumiaTexts.agents.prefix(12 / size).enumerated() {
      agents.append(
        try store.insert(
          Alumia.agent,
          [
            "org_id": .text(org), "name": .text(row.0), "description": .text(row.1),
            "model": .text(place % 3 == 0 ? "large" : "small"),
            "status": place == 5 ? "paused" : "ready", "created_at": time(300 - place * 15),
          ]))
    }
    for (place, row) in AlumiaTexts.projects.prefix(9 / size).enumerated() {
      projects.append(
        try store.insert(
          Alumia.project,
          [
            "org_id": .text(org), "name": .text(row.0), "description": .text(row.1),
            "status": place == 7 ? "archived" : "active", "created_at": time(260 - place * 20),
            "updated_at": time(place * 3),
          ]))
      for path in AlumiaTexts.files {
        try store.insert(
          Alumia.file,
          [
            "org_id": .text(org), "project_id": .text(projects[place].id), "path": .text(path.0),
            "mime_type": .text(path.1), "size": .integer(Int64(random.int(400...900_000))),
            "updated_at": time(random.int(0...90)),
          ])
      }
    }
  }

  private mutating func plantSessions(_ count: Int) throws(WorldError) {
    for number in 0..<count {
      let age = number * 120 / count
      let state = age < 2 ? "active" : random.pick(["completed", "completed", "idle", "failed"])
      try store.insert(
        Alumia.session,
        [
          "org_id": .text(org), "title": .text(random.pick(AlumiaTexts.titles)),
          "agent_id": .text(random.pick(agents).id),
          "project_id": random.chance(80) ? .text(random.pick(projects).id) : .null,
          "status": .text(state), "messages": .integer(Int64(random.int(2...80))),
          "cost": .real(Double(random.int(5...900)) / 100), "created_at": time(age, 560),
          "updated_at": time(age, 620),
        ])
    }
  }

  private mutating func plantKnowledge() throws(WorldError) {
    for (place, text) in AlumiaTexts.memories.enumerated() {
      try store.insert(
        Alumia.memory,
        [
          "org_id": .text(org), "content": .text(text),
          "kind": .text(Alumia.memoryKinds[place % 4]),
          "agent_id": place % 3 == 0 ? .text(random.pick(agents).id) : .null,
          "tags": .list([random.pick(["style", "customer", "process", "data"])]),
          "created_at": time(place * 9),
        ])
    }
    for (place, row) in AlumiaTexts.connectors.enumerated() {
      let state = place % 3 == 0 ? "connected" : place == 4 ? "error" : "available"
      try store.insert(
        Alumia.connector,
        [
          "org_id": .text(org), "slug": .text(row.0.lowercased()), "name": .text(row.0),
          "category": .text(row.1), "description": .text(row.2), "actions": .list(row.3),
          "status": .text(state), "connected_at": state == "available" ? .null : time(place * 8),
        ])
    }
    for (place, row) in AlumiaTexts.documents.enumerated() {
      try store.insert(
        Alumia.document,
        [
          "org_id": .text(org), "title": .text(row.0), "source": .text(row.1),
          "content": .text(row.2), "updated_at": time(place * 12),
        ])
    }
  }

  private mutating func plantMoney() throws(WorldError) {
    for month in 0..<4 {
      try pay("top_up", 500, "Card ending in 4242", day: month * 30 + 29)
    }
    for day in 0..<90 {
      let item = random.pick(["Model time", "Storage", "Sandbox minutes"])
      try pay("usage", -Double(random.int(40...1900)) / 100, item, day: day)
    }
    try pay("refund", 12.5, "Failed sandbox", day: 17)
  }

  private func pay(
    _ kind: String, _ amount: Double, _ what: String, day: Int
  ) throws(WorldError) {
    try store.insert(
      Alumia.transaction,
      [
        "org_id": .text(org), "kind": .text(kind), "amount": .real(amount),
        "description": .text(what), "at": time(day, 60),
      ])
  }

  private mutating func plantWork() throws(WorldError) {
    for number in 0..<24 {
      let state = ["queued", "running", "done", "done", "failed"][number % 5]
      let isOver = ["done", "failed"].contains(state)
      try store.insert(
        Alumia.task,
        [
          "org_id": .text(org),
          "title": .text(AlumiaTexts.titles[number % AlumiaTexts.titles.count]),
          "agent_id": .text(random.pick(agents).id), "status": .text(state),
          "result": isOver ? .text(state == "done" ? "Report written" : "Timed out") : .null,
          "created_at": time(number * 2, 540),
          "finished_at": isOver ? time(number * 2, 560) : .null,
        ])
    }
    for (place, row) in AlumiaTexts.schedules.enumerated() {
      try store.insert(
        Alumia.schedule,
        [
          "org_id": .text(org), "name": .text(row.0), "agent_id": .text(random.pick(agents).id),
          "cron": .text(row.1), "prompt": .text(row.2), "is_active": .flag(place != 2),
          "created_at": time(80 - place),
        ])
    }
    for (place, url) in ["https://hooks.example.com/alumia", "https://ops.example.org/in"]
      .enumerated()
    {
      try store.insert(
        Alumia.webhook,
        [
          "org_id": .text(org), "url": .text(url),
          "events": .list(Array(Alumia.events.prefix(2 + place))),
          "status": place == 0 ? "active" : "failing", "created_at": time(60 + place),
        ])
    }
  }
}
