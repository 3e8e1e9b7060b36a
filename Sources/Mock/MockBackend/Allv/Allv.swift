import Database
import EventLoop
package import JSON

/// Agents, their memory, runs and approvals of one workspace, as allv keeps them.
package enum Allv {
  package static let system = WorldSystem(
    "allv", [workspace, member, agent, memory, contact, message, run], seed: AllvSeed.plant)

  /// The flag without which nobody connects over MCP.
  package static let serverFlag = "mcp_server_v1"
  package static let runStates = [
    "running", "waiting_for_approval", "succeeded", "failed", "rejected",
  ]
  package static let stages = ["lead", "qualified", "customer", "former"]

  package static let workspace = Entity(
    "workspace",
    [
      .id, .text("name", "Name"), .text("slug", "Name in addresses"),
      .list("flags", "Feature flags that are on").hidden,
    ])

  package static let member = Entity(
    "member", prefix: "usr_",
    [
      .id, .org, .text("name", "Name"), .text("email", "Address"),
      .choice("role", ["owner", "operator", "member"], "Role"),
    ], indexes: ["org_id, email"])

  package static let agent = Entity(
    "agent", prefix: "agt_",
    [
      .id, .org, .text("name", "Name"), .text("description", "What it does"),
      .list("tools", "What it may use"),
      .flag("needs_approval", "Whether its actions wait for a person"),
    ], indexes: ["org_id"])

  package static let memory = Entity(
    "memory", prefix: "mem_",
    [
      .id, .org, .text("key", "Name within the workspace"), .text("title", "Title"),
      .text("content", "Text in Markdown"), .text("updated_by", "Who wrote it last"),
      .integer("version", "Counts its changes"), .time("updated_at", "When it last changed"),
    ], indexes: ["org_id, key"])

  package static let contact = Entity(
    "contact", prefix: "ctc_",
    [
      .id, .org, .text("name", "Name"), .text("email", "Address"), .text("company", "Company"),
      .choice("stage", stages, "Where the relation stands"),
    ], indexes: ["org_id"])

  package static let message = Entity(
    "outbox_message", called: "message", prefix: "msg_",
    [
      .id, .org, .text("recipient", "To whom"), .text("subject", "Subject"), .text("body", "Text"),
      .text("sent_by", "On whose behalf"), .time("sent_at", "When"),
    ], indexes: ["org_id"])

  package static let run = Entity(
    "run", prefix: "run_",
    [
      .id, .org, .text("tool", "What was done"), .text("agent", "Which agent").optional,
      .text("member", "On whose behalf"), .choice("status", runStates, "State"),
      .text("summary", "In words"), .text("approval_id", "The approval it waited for").optional,
      .time("started_at", "When it began"), .time("finished_at", "When it ended").optional,
    ], indexes: ["org_id, started_at"])
}

@LoopActor
extension Allv {
  package static func home(_ call: WorldCall) throws(WorldError) -> Record {
    try call.organization(workspace)
  }

  /// The member whom the header selects.
  package static func person(_ call: WorldCall) throws(WorldError) -> Record {
    let all = Filter("org_id", try home(call).id)
    guard let word = call.visitor.person else {
      guard let first = try call.store.first(member, all) else {
        throw WorldError(.unauthorized, "the workspace has no members")
      }
      return first
    }
    let filter = all.and("(id = ? OR lower(email) = ?)", .text(word), .text(word.lowercased()))
    guard let found = try call.store.first(member, filter) else {
      throw WorldError(
        .unauthorized, "\"\(word.prefix(80))\" is no member of this workspace")
    }
    return found
  }

  package static func listAgents(_ call: WorldCall) throws(WorldError) -> JSON {
    try call.page("agents", agent, Filter("org_id", try home(call).id).ordered("name"))
  }

  package static func runAgent(_ call: WorldCall) throws(WorldError) -> JSON {
    let org = try home(call).id
    let worker = try call.find(agent, "agent_id", in: org)
    let text = try call.arguments.words("input")
    let notes = try call.store.records(memory, Filter("org_id", org)).map { $0.text("title") }
    let made = try begin(
      "agent.run", worker.text("name"), "\(worker.text("name")): \(text.prefix(120))", call)
    let done = try call.store.update(made, ["status": "succeeded", "finished_at": call.nowValue])
    var json = done.json
    json["output"] = .string(
      "\(worker.text("name")) looked at \(notes.count) memories and answered: \(text.prefix(200)) is taken care of."
    )
    return .object(json)
  }

  private static func begin(
    _ tool: String, _ agent: String?, _ summary: String, _ call: WorldCall
  ) throws(WorldError) -> Record {
    let member = try person(call)
    if let id = call.arguments.text("approval_id"),
      let waiting = try call.store.first(
        run, Filter("org_id", member.text("org_id")).equal("approval_id", id))
    {
      return waiting
    }
    return try call.store.insert(
      run,
      [
        "org_id": member["org_id"], "tool": .text(tool), "agent": .optional(agent),
        "member": .text(member.text("email")), "status": "running", "summary": .text(summary),
        "approval_id": .optional(call.arguments.text("approval_id")), "started_at": call.nowValue,
      ])
  }

  package static func updateMemory(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try person(call)
    let org = member.text("org_id")
    let key = try call.arguments.words("key")
    let content = try call.arguments.words("content")
    let old = try call.store.first(memory, Filter("org_id", org).equal("key", key))
    let version = old?.integer("version") ?? 0
    if let expected = call.arguments.integer("expected_version"), expected != version {
      throw .conflict("the memory is at version \(version), not \(expected)", "expected_version")
    }
    var fields: [String: SQLValue] = [
      "org_id": .text(org), "key": .text(key), "content": .text(content),
      "title": .text(call.arguments.text("title") ?? old?.text("title") ?? key),
      "updated_by": .text(member.text("email")), "version": .integer(Int64(version + 1)),
      "updated_at": call.nowValue,
    ]
    let saved: Record
    if let old {
      fields["id"] = .text(old.id)
      saved = try call.store.update(old, fields)
    } else {
      saved = try call.store.insert(memory, fields)
      call.world.onChange?(.listing)
    }
    call.world.onChange?(.record("memory", id: key))
    let made = try begin("agent.update_memory", nil, "wrote the memory \(key)", call)
    _ = try call.store.update(made, ["status": "succeeded", "finished_at": call.nowValue])
    return .object(saved.json)
  }

  package static func listMemories(_ call: WorldCall) throws(WorldError) -> JSON {
    var filter = Filter("org_id", try home(call).id)
    if let query = call.arguments.text("query") {
      filter = filter.and(
        "instr(lower(title || ' ' || content), ?) > 0", .text(query.lowercased()))
    }
    return try call.page("memories", memory, filter.ordered("key"))
  }

  package static func getMemory(_ call: WorldCall) throws(WorldError) -> JSON {
    let key = try call.arguments.required("key")
    let mine = Filter("org_id", try home(call).id).equal("key", key)
    guard let found = try call.store.first(memory, mine) else {
      throw .notFound("memory", key, "key")
    }
    return .object(found.json)
  }

  package static func listContacts(_ call: WorldCall) throws(WorldError) -> JSON {
    let filter = Filter("org_id", try home(call).id).equal("stage", call.arguments.text("stage"))
    return try call.page("contacts", contact, filter.ordered("name"))
  }

  package static func updateContact(_ call: WorldCall) throws(WorldError) -> JSON {
    let found = try call.find(contact, "contact_id", in: home(call).id)
    let stage = try call.arguments.required("stage")
    let changed = try call.store.update(found, ["stage": .text(stage)])
    let made = try begin(
      "crm.update_contact", nil, "moved \(found.text("name")) to \(stage)", call)
    _ = try call.store.update(made, ["status": "succeeded", "finished_at": call.nowValue])
    return .object(changed.json)
  }

  package static func sendEmail(_ call: WorldCall) throws(WorldError) -> JSON {
    let member = try person(call)
    let address = try call.arguments.words("to")
    guard address.split(separator: "@").count == 2 else {
      throw .invalid("to", "\"\(address.prefix(80))\" is no address")
    }
    let sent = try call.store.insert(
      message,
      [
        "org_id": member["org_id"], "recipient": .text(address),
        "subject": .text(try call.arguments.words("subject")),
        "body": .text(try call.arguments.words("body")), "sent_by": .text(member.text("email")),
        "sent_at": call.nowValue,
      ])
    let made = try begin("email.send", nil, "sent \"\(sent.text("subject"))\" to \(address)", call)
    _ = try call.store.update(made, ["status": "succeeded", "finished_at": call.nowValue])
    return .object(sent.json)
  }

  package static func listRuns(_ call: WorldCall) throws(WorldError) -> JSON {
    let filter = Filter("org_id", try home(call).id).equal("status", call.arguments.text("status"))
    return try call.page("runs", run, filter.ordered("started_at DESC, rowid DESC"))
  }

  package static func getRun(_ call: WorldCall) throws(WorldError) -> JSON {
    .object(try call.find(run, "run_id", in: home(call).id).json)
  }

  /// What is asked of a person.
  package static func beginWaiting(_ call: WorldCall) throws(WorldError) -> JSON {
    let made = try begin(
      call.arguments.text("tool") ?? "", nil, call.arguments.text("summary") ?? "", call)
    return .object(try call.store.update(made, ["status": "waiting_for_approval"]).json)
  }

  /// What was asked of a person and refused.
  package static func recordRejection(_ call: WorldCall) throws(WorldError) -> JSON {
    let made = try begin(
      call.arguments.text("tool") ?? "", nil, call.arguments.text("summary") ?? "", call)
    let done = try call.store.update(made, ["status": "rejected", "finished_at": call.nowValue])
    return .object(done.json)
  }
}
