import Database
import EventLoop

/// An app store with people of every role, and one beside it.
@LoopActor
struct LumosSeed {
  let world: World
  var random: SeededRandom

  static func plant(_ world: World, _ options: WorldOptions) throws(WorldError) {
    var seed = LumosSeed(world: world, random: SeededRandom(options.seed))
    try seed.plant("org_northwind", "northwind.example", people: 20, apps: LumosTexts.apps)
    try seed.plant(
      "org_contoso", "contoso.example", people: 2, apps: Array(LumosTexts.apps.prefix(3)))
  }

  private func time(_ days: Int) -> SQLValue {
    .integer(min(world.today.advanced(by: -days).time(minute: 620), world.now).microseconds)
  }

  private mutating func plant(
    _ org: String, _ domain: String, people: Int, apps: [LumosTexts.App]
  ) throws(WorldError) {
    var users: [Record] = []
    for (place, person) in People.crowd(people, &random).enumerated() {
      let role =
        switch place {
        case 3: "auditor"
        case 4: "guest"
        default: place % 6 == 1 ? "manager" : "employee"
        }
      let flags = place == 5 ? [Lumos.requestFlag] : [Lumos.searchFlag, Lumos.requestFlag]
      users.append(
        try world.store.insert(
          Lumos.user,
          [
            "org_id": .text(org), "name": .text(person.name),
            "email": .text(person.email(at: domain)), "role": .text(role), "flags": .list(flags),
          ]))
    }
    for row in apps {
      let app = try world.store.insert(
        Lumos.app,
        [
          "org_id": .text(org), "name": .text(row.name), "category": .text(row.category),
          "description": .text(row.summary), "owner": .text(random.pick(users).text("name")),
          "requestable": .flag(row.isOpen),
        ])
      var permissions: [Record] = []
      for (place, label) in row.permissions.enumerated() {
        permissions.append(
          try world.store.insert(
            Lumos.permission,
            [
              "org_id": .text(org), "app_id": .text(app.id), "label": .text(label.0),
              "description": .text(label.1), "risk": .text(["low", "medium", "high"][place % 3]),
              "durations": .list(
                place == 2 ? ["8 hours", "7 days"] : ["7 days", "30 days", "90 days"]),
            ]))
      }
      try plantRequests(app, permissions, users)
    }
  }

  private mutating func plantRequests(
    _ app: Record, _ permissions: [Record], _ users: [Record]
  ) throws(WorldError) {
    for number in 0..<4 {
      let state = Lumos.states[number % Lumos.states.count]
      let age = random.int(0...90)
      let asker = number == 0 || number == 3 ? users[0] : random.pick(users)
      try world.store.insert(
        Lumos.request,
        [
          "org_id": app["org_id"], "user_id": .text(asker.id), "app_id": .text(app.id),
          "app_name": app["name"],
          "permission_ids": .list(Array(permissions.prefix(1 + number % 2).map(\.id))),
          "justification": .text(random.pick(LumosTexts.reasons)), "duration": "30 days",
          "status": .text(state),
          "decided_by": state == "pending" ? .null : .text(app.text("owner")),
          "created_at": time(age), "decided_at": state == "pending" ? .null : time(max(0, age - 1)),
        ])
    }
  }
}
