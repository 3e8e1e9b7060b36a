import Database
import EventLoop
package import JSON

@LoopActor
extension Alumia {
  private static func id(_ call: WorldCall) throws(WorldError) -> String {
    try call.organization(organization).id
  }

  package static func createMemory(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try id(call)
    let owner =
      call.arguments.text("agent_id") == nil ? nil : try call.find(agent, "agent_id", in: org)
    let made = try call.store.insert(
      memory,
      [
        "org_id": .text(org), "content": .text(try call.arguments.words("content")),
        "kind": .text(call.arguments.text("kind") ?? "fact"), "agent_id": .optional(owner?.id),
        "tags": .list(call.arguments.list("tags")), "created_at": call.nowValue,
      ])
    return .object(made.json)
  }

  package static func createSession(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try id(call)
    let worker = try call.find(agent, "agent_id", in: org)
    let home =
      call.arguments.text("project_id") == nil
      ? nil : try call.find(project, "project_id", in: org)
    if let home, home.text("status") == "archived" {
      throw .conflict("the project \"\(home.text("name"))\" is archived", "project_id")
    }
    if worker.text("status") == "paused", call.arguments.flag("wake") != true {
      throw .conflict(
        "the agent \"\(worker.text("name"))\" is paused; say wake: true to use it", "agent_id")
    }
    if worker.text("status") == "paused" {
      _ = try call.store.update(worker, ["status": "ready"])
    }
    let hasMessage = call.arguments.text("message") != nil
    let made = try call.store.insert(
      session,
      [
        "org_id": .text(org), "title": .text(try call.arguments.words("title")),
        "agent_id": .text(worker.id), "project_id": .optional(home?.id), "status": "active",
        "messages": hasMessage ? 1 : 0, "cost": 0.0, "created_at": call.nowValue,
        "updated_at": call.nowValue,
      ])
    call.world.onChange?(.record("organization", id: org))
    return .object(made.json)
  }

  package static func createTask(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try id(call)
    let made = try call.store.insert(
      task,
      [
        "org_id": .text(org), "title": .text(try call.arguments.words("title")),
        "agent_id": .text(try call.find(agent, "agent_id", in: org).id), "status": "queued",
        "created_at": call.nowValue,
      ])
    return .object(made.json)
  }

  package static func cancelTask(_ call: WorldCall) throws(WorldError) -> JSON {
    let found = try call.find(task, "task_id", in: id(call))
    guard ["queued", "running"].contains(found.text("status")) else {
      throw .conflict("the task is \(found.text("status")) already", "task_id")
    }
    let changed = try call.store.update(
      found, ["status": "cancelled", "finished_at": call.nowValue])
    return .object(changed.json)
  }

  package static func createSchedule(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try id(call)
    let cron = try call.arguments.words("cron")
    guard cron.split(separator: " ").count == 5 else {
      throw .invalid("cron", "has not five fields: minute hour day month weekday")
    }
    let made = try call.store.insert(
      schedule,
      [
        "org_id": .text(org), "name": .text(try call.arguments.words("name")),
        "agent_id": .text(try call.find(agent, "agent_id", in: org).id), "cron": .text(cron),
        "prompt": .text(try call.arguments.words("prompt")), "is_active": 1,
        "created_at": call.nowValue,
      ])
    return .object(made.json)
  }

  package static func deleteSchedule(_ call: WorldCall) throws(WorldError) -> JSON {
    try remove(schedule, "schedule_id", call)
  }

  private static func remove(
    _ entity: Entity, _ argument: String, _ call: WorldCall
  ) throws(WorldError) -> JSON {
    let found = try call.find(entity, argument, in: id(call))
    try call.store.remove(entity, Filter("id", found.id))
    return ["deleted": true, "id": .string(found.id)]
  }

  package static func createWebhook(_ call: WorldCall) throws(WorldError) -> JSON {
    let url = try call.arguments.words("url")
    guard url.hasPrefix("https://"), url.count > 8 else {
      throw .invalid("url", "must begin with https://")
    }
    let made = try call.store.insert(
      webhook,
      [
        "org_id": .text(try id(call)), "url": .text(url),
        "events": .list(call.arguments.list("events")), "status": "active",
        "created_at": call.nowValue,
      ])
    return .object(made.json)
  }

  package static func deleteWebhook(_ call: WorldCall) throws(WorldError) -> JSON {
    try remove(webhook, "webhook_id", call)
  }

  // MARK: - The command line of the real program

  private static let commands: [String: WorldDeed] = [
    "balance": getBalance, "agents list": listAgents, "projects list": listProjects,
    "sessions list": listSessions, "files list": listFiles, "connectors list": listConnectors,
    "tasks list": listTasks, "schedules list": listSchedules, "webhooks list": listWebhooks,
    "org": snapshot,
  ]

  /// What only the app may do, and where it does it.
  private static let browserOnly: [(words: String, place: String)] = [
    ("workspace", "settings/workspace"), ("share", "projects, Sharing"),
    ("projects share", "projects, Sharing"), ("settings", "settings"),
    ("memories delete", "memories"), ("keys", "developers, API Keys, with step-up"),
  ]

  package static func exec(_ call: WorldCall) throws(WorldError) -> JSON {
    let line = try call.arguments.words("command")
    let words = line.split(separator: " ").map(String.init)
    let org = try call.organization(organization)
    for row in browserOnly where line == row.words || line.hasPrefix(row.words + " ") {
      throw .forbidden(
        "\"\(row.words)\" cannot be done through MCP or the API; do it in the app: /\(org.text("slug"))/\(row.place)"
      )
    }
    let name = [words.prefix(2), words.prefix(1)].map { $0.joined(separator: " ") }
      .first { commands[$0] != nil }
    guard let name, let deed = commands[name] else {
      let known = commands.keys.sorted().joined(separator: ", ")
      throw .invalid("command", "\"\(line.prefix(60))\" is no command; known: \(known)")
    }
    let answer = try deed(call.asking([:]))
    return ["command": .string(line), "exit_code": 0, "stdout": .string(answer.pretty)]
  }
}
