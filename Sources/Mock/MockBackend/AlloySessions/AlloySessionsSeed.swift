import Database
import EventLoop

/// Sessions of a workspace over some months, and of one beside it.
@LoopActor
struct AlloySessionsSeed {
  let world: World
  var random: SeededRandom

  static func plant(_ world: World, _ options: WorldOptions) throws(WorldError) {
    var seed = AlloySessionsSeed(world: world, random: SeededRandom(options.seed))
    try seed.plant("Northwind", "northwind", sessions: 36)
    try seed.plant("Contoso", "contoso", sessions: 5)
  }

  private mutating func plant(
    _ name: String, _ slug: String, sessions: Int
  ) throws(WorldError) {
    let home = try world.store.insert(
      AlloySessions.workspace, ["name": .text(name), "slug": .text(slug)])
    let people = People.crowd(12, &random)
    for number in 0..<sessions {
      let topic = SessionTexts.topics[number % SessionTexts.topics.count]
      let isDev = number % 3 == 1
      let day = world.today.advanced(by: -number * 4)
      let word = topic.title.lowercased().split { !$0.isLetter }.prefix(2).joined(separator: "-")
      let own = "\(slug)-\(word)-\(number + 1)"
      let path = isDev ? "p/dev/\(own)" : "p/\(own)/edit"
      let state = number < 4 ? "active" : random.pick(["draft", "active", "merged", "archived"])
      let session = try world.store.insert(
        AlloySessions.session,
        [
          "workspace_id": .text(home.id), "title": .text(topic.title),
          "type": isDev ? "dev" : "prototype", "status": .text(state),
          "author": .text(people[number % people.count].name),
          "url": .text("https://alloy.app/\(slug)/\(path)"), "slug": .text(own),
          "created_at": time(day, 540), "updated_at": time(day, 700),
        ])
      try plantTalk(session, topic, people[number % people.count].name, day)
      try plantFiles(session, topic, isDev)
    }
  }

  private func time(_ day: Day, _ minute: Int) -> SQLValue {
    .integer(min(day.time(minute: minute), world.now).microseconds)
  }

  private func plantTalk(
    _ session: Record, _ topic: SessionTexts.Topic, _ author: String, _ day: Day
  ) throws(WorldError) {
    for (place, text) in topic.talk.enumerated() {
      let isUser = place % 2 == 0
      try world.store.insert(
        AlloySessions.message,
        [
          "session_id": .text(session.id), "role": isUser ? "user" : "assistant",
          "author": .text(isUser ? author : "Alloy"), "content": .text(text),
          "created_at": time(day, 540 + place * 7),
        ])
    }
  }

  private func plantFiles(
    _ session: Record, _ topic: SessionTexts.Topic, _ isDev: Bool
  ) throws(WorldError) {
    for (place, file) in topic.files.enumerated() {
      let change = place == 1 ? "added" : "modified"
      try world.store.insert(
        AlloySessions.file,
        [
          "session_id": .text(session.id), "path": .text(file.path),
          "language": .text(file.language), "size": .integer(Int64(file.after.utf8.count)),
          "change": isDev ? .text(change) : .null, "content": .text(file.after),
          "before": isDev && change == "modified" ? .text(file.before) : .null,
        ])
    }
    guard isDev else { return }
    try world.store.insert(
      AlloySessions.file,
      [
        "session_id": .text(session.id), "path": "src/old/legacy.ts", "language": "typescript",
        "size": 0, "change": "deleted", "content": "",
        "before": "export const legacy = true;\n",
      ])
  }
}
