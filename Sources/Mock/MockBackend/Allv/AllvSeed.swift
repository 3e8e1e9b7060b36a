import Database
import EventLoop

/// A workspace with agents at work, and one beside it where the server is switched off.
@LoopActor
struct AllvSeed {
  let world: World
  var random: SeededRandom

  static func plant(_ world: World, _ options: WorldOptions) throws(WorldError) {
    var seed = AllvSeed(world: world, random: SeededRandom(options.seed))
    try seed.plant("ws_northwind", "Northwind", "northwind", flags: [Allv.serverFlag], people: 14)
    try seed.plant("ws_contoso", "Contoso", "contoso", flags: [], people: 3)
  }

  private func time(_ days: Int, _ minute: Int = 600) -> SQLValue {
    .integer(min(world.today.advanced(by: -days).time(minute: minute), world.now).microseconds)
  }

  private mutating func plant(
    _ id: String, _ name: String, _ slug: String, flags: [String], people: Int
  ) throws(WorldError) {
    try world.store.insert(
      Allv.workspace,
      ["id": .text(id), "name": .text(name), "slug": .text(slug), "flags": .list(flags)])
    var members: [String] = []
    for (place, person) in People.crowd(people, &random).enumerated() {
      let email = person.email(at: "\(slug).example")
      members.append(email)
      try world.store.insert(
        Allv.member,
        [
          "org_id": .text(id), "name": .text(person.name), "email": .text(email),
          "role": place == 0 ? "owner" : place < 4 ? "operator" : "member",
        ])
    }
    try plantWork(id, members)
    try plantContacts(id, random.some(People.crowd(18, &random), 18))
  }

  private mutating func plantWork(_ org: String, _ members: [String]) throws(WorldError) {
    for row in Self.agents {
      try world.store.insert(
        Allv.agent,
        [
          "org_id": .text(org), "name": .text(row.0), "description": .text(row.1),
          "tools": .list(row.2), "needs_approval": .flag(row.2.contains("email.send")),
        ])
    }
    for (place, row) in Self.memories.enumerated() {
      try world.store.insert(
        Allv.memory,
        [
          "org_id": .text(org), "key": .text(row.0), "title": .text(row.1), "content": .text(row.2),
          "updated_by": .text(random.pick(members)), "version": .integer(Int64(1 + place)),
          "updated_at": time(place * 6),
        ])
    }
    for number in 0..<30 {
      let state = ["succeeded", "succeeded", "succeeded", "failed", "rejected"][number % 5]
      let agent = random.pick(Self.agents)
      try world.store.insert(
        Allv.run,
        [
          "org_id": .text(org), "tool": "agent.run", "agent": .text(agent.0),
          "member": .text(random.pick(members)), "status": .text(state),
          "summary": .text("\(agent.0): \(random.pick(Self.work))"),
          "started_at": time(number * 2, 540), "finished_at": time(number * 2, 543),
        ])
    }
  }

  private mutating func plantContacts(
    _ org: String, _ people: [People.Person]
  ) throws(WorldError) {
    for person in people {
      let company = random.pick(Self.companies)
      try world.store.insert(
        Allv.contact,
        [
          "org_id": .text(org), "name": .text(person.name),
          "email": .text(person.email(at: company.1)), "company": .text(company.0),
          "stage": .text(random.pick(Allv.stages)),
        ])
    }
  }

  private static let agents: [(String, String, [String])] = [
    ("Outreach", "Writes to leads and waits for a person before it sends", ["email.send"]),
    ("Pipeline", "Keeps contacts up to date", ["crm.update_contact"]),
    ("Librarian", "Keeps the workspace's memory tidy", ["agent.update_memory"]),
    ("Analyst", "Answers questions about numbers", []),
    ("Greeter", "Welcomes new customers", ["email.send"]),
  ]

  private static let memories = [
    ("tone-of-voice", "Tone of voice", "Friendly, short, no exclamation marks."),
    ("refund-policy", "Refund policy", "Refunds within 30 days, to the card that paid."),
    ("team", "Who does what", "Support answers first, sales after the second question."),
    ("pricing", "Pricing", "Three plans; discounts over 50 seats need an operator."),
    ("calendar", "Calendar", "No mail to customers on public holidays."),
  ]

  private static let work = [
    "drafted three answers", "sorted new leads", "summed up the week", "found two duplicates",
  ]

  private static let companies = [
    ("Harbor & Co", "harbor.example"), ("Lumen Foods", "lumenfoods.example"),
    ("Vireo", "vireo.example"), ("Atlas Rail", "atlasrail.example"),
  ]
}
