import Database
import EventLoop
import JSON

/// The organization that the demo shows, and a second one that nobody in it may see.
@LoopActor
struct AlloyProjectsSeed {
  let world: World
  let options: WorldOptions
  var random: SeededRandom
  var members: [Record] = []
  var organization = ""
  var workflows: [Record] = []
  var teams: [Record] = []
  var labels: [Record] = []
  var tags: [Record] = []
  var lastTicket: Record?

  var store: WorldStore { world.store }
  var today: Day { world.today }

  static func plant(_ world: World, _ options: WorldOptions) throws(WorldError) {
    var seed = AlloyProjectsSeed(world, options)
    try seed.plantOrganization("Northwind Labs", "northwind", people: 24)
    for (place, row) in SeedTexts.projects.enumerated() { try seed.plantProject(row, place) }
    try seed.plantInvitation()
    if options.scale > 1 { try seed.multiply() }
    var other = AlloyProjectsSeed(world, options)
    try other.plantOrganization("Contoso Harbour", "contoso", people: 4)
    try other.plantProject(SeedTexts.foreign, 0)
  }

  private init(_ world: World, _ options: WorldOptions) {
    self.world = world
    self.options = options
    random = SeededRandom(options.seed)
  }

  func time(_ day: Day, _ minute: Int) -> SQLValue {
    .integer(min(day.time(minute: minute), world.now).microseconds)
  }

  // MARK: - Organization

  private mutating func plantOrganization(
    _ name: String, _ slug: String, people: Int
  ) throws(WorldError) {
    let founded = time(today.advanced(by: -720), 540)
    organization = try store.insert(
      AlloyProjects.organization,
      [
        "name": .text(name), "slug": .text(slug), "plan": "business",
        "timezone": "Europe/Copenhagen", "currency": "EUR", "created_at": founded,
      ]
    ).id
    for (place, person) in People.crowd(people, &random).enumerated() {
      members.append(
        try store.insert(
          AlloyProjects.member,
          [
            "org_id": .text(organization), "name": .text(person.name),
            "email": .text(person.email(at: "\(slug).example")),
            "role": .text(Self.role(place)), "title": .text(person.title),
            "capacity_hours": .integer(place % 5 == 4 ? 30 : 38),
            "hourly_rate": .integer(Int64(70 + place % 6 * 10)), "status": "active",
            "joined_at": time(today.advanced(by: -700 + place * 20), 600),
          ]))
    }
    try plantWorkflows(founded)
    try plantTeams(founded)
    try plantLabels(founded)
  }

  private static func role(_ place: Int) -> String {
    switch place {
    case 0: "owner"
    case 1, 2: "admin"
    default: place % 9 == 8 ? "viewer" : "member"
    }
  }

  private mutating func plantWorkflows(_ made: SQLValue) throws(WorldError) {
    for (place, row) in SeedTexts.workflows.enumerated() {
      workflows.append(
        try store.insert(
          AlloyProjects.workflow,
          [
            "org_id": .text(organization), "name": .text(row.name),
            "description": .text(row.summary), "states": .json(row.states),
            "transitions": .json(row.steps), "is_default": .flag(place == 0), "created_at": made,
          ]))
    }
  }

  private mutating func plantTeams(_ made: SQLValue) throws(WorldError) {
    for (place, row) in SeedTexts.teams.enumerated() where place * 4 < members.count {
      let lead = members[place * 4 % members.count]
      let team = try store.insert(
        AlloyProjects.team,
        [
          "org_id": .text(organization), "name": .text(row.0), "description": .text(row.1),
          "lead_id": .text(lead.id), "created_at": made,
        ])
      teams.append(team)
      for person in 0..<5 {
        let member = members[(place * 4 + person) % members.count]
        try store.insert(
          AlloyProjects.teamMember,
          [
            "org_id": .text(organization), "team_id": .text(team.id),
            "user_id": .text(member.id), "role": person == 0 ? "lead" : "member",
          ])
      }
    }
  }

  private mutating func plantLabels(_ made: SQLValue) throws(WorldError) {
    for row in SeedTexts.labels {
      labels.append(
        try store.insert(
          AlloyProjects.label,
          [
            "org_id": .text(organization), "name": .text(row.0), "color": .text(row.1),
            "description": .text(row.2),
          ]))
    }
    for name in SeedTexts.tags {
      tags.append(
        try store.insert(
          AlloyProjects.tag,
          ["org_id": .text(organization), "name": .text(name), "created_at": made]))
    }
  }

  /// Somebody who has not accepted yet.
  private mutating func plantInvitation() throws(WorldError) {
    try store.insert(
      AlloyProjects.member,
      [
        "org_id": .text(organization), "name": "Lena Vogt", "email": "lena.vogt@northwind.example",
        "role": "member", "capacity_hours": 38, "hourly_rate": 80, "status": "invited",
        "joined_at": time(today.advanced(by: -3), 660),
      ])
  }
}
