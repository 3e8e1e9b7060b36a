import EventLoop
import JSON
import JSONSchema
import MCPProtocol
import MCPServer
import MockBackend

/// The allv workspace server: tools of the workspace in a member's name, memory as read-only resources.
enum AllvCatalog {
  static let plan: SystemPlan = {
    var plan = SystemPlan(
      "allv", Implementation(name: "allv", version: "1.0.0", title: "allv workspace"),
      "Tools run as the selected workspace member. Memory is read as resources and written with agent.update_memory; email.send and crm.update_contact wait for an operator's approval.",
      Allv.system, tools: tools)
    plan.scopes = .readWrite
    plan.people = { world throws(WorldError) in
      try world.store.records(Allv.member, Filter()).map { member in
        SystemPerson(
          id: member.id, name: member.text("name"), email: member.text("email"),
          roles: [member.text("role")], flags: [])
      }
    }
    plan.iconColor = "#2b8a3e"
    plan.iconLetter = "v"
    plan.paths = ["/workspaces/:workspaceId/mcp", "/api/workspaces/:workspaceId/mcp"]
    plan.pushes = false
    plan.admission = admit
    plan.memberHeaders = memberHeaders
    plan.restOnly = restRows
    plan.resources = [
      ResourceRow(
        "allv://memory", "memory", "Memory", "All memories of the workspace", of: "memory.search",
        ["limit": 100]),
      ResourceRow(
        "allv://memory/{key}", "memory-entry", "Memory entry", "One memory as Markdown",
        [
          .needed(
            "key", "Name of the memory",
            .listed(tool: "memory.search", list: "memories", member: "key", arguments: [:]))
        ], of: "memory_get", ["key": "{key}"], type: "text/markdown",
        text: { "# \($0["title"]?.string ?? "")\n\n\($0["content"]?.string ?? "")\n" }),
    ]
    plan.listed = SystemPlan.Listed(
      tool: "memory.search", list: "memories", key: "key", title: "title",
      uri: "allv://memory/{key}", type: "text/markdown")
    plan.address = { kind, id in kind == "memory" ? "allv://memory/\(id)" : nil }
    plan.samples = [
      "agent_id": .id(Allv.agent), "contact_id": .id(Allv.contact), "run_id": .id(Allv.run),
      "agent.run.input": .value("Sum up the week"), "email.send.wait": .value(false),
      "crm.update_contact.wait": .value(false), "crm.update_contact.stage": .value("customer"),
    ]
    return plan
  }()

  private static let wait = SchemaMember.boolean(
    "wait", .optional,
    "Wait for the operator; without it the call comes back at once and the run goes on by itself",
    default: true)

  private static let decided = Schema.object([
    .choice("status", .required, "What became of it", of: ["done", "waiting_for_approval"]),
    .string("approval_id", .required, "The approval"),
    .member("result", .required, "What was done; null while it waits", .any),
  ])

  private static let tools: [ToolRow] = agentTools + actionTools + runTools

  private static let agentTools: [ToolRow] = [
    ToolRow(
      "agent.list", "List agents", .reads, "GET /agents", "Lists the workspace's agents.",
      [.limit, .offset], returns: .page("agents", of: Allv.agent), Allv.listAgents),
    ToolRow(
      "agent.run", "Run agent", .creates, "POST /agents/{agent_id}/runs",
      "Has an agent work on something. Asks what it is where that is not said; goes on as a task where the client follows one.",
      [
        .id("agent_id", .required, "The agent's id", like: "agt_8k2m4n6p8q1r"),
        .words("input", .optional, "What it is to do", upTo: 20_000, like: "Sum up the week"),
      ],
      returns: .record(Allv.run, adding: [.string("output", .required, "What it answered")]),
      Allv.runAgent
    ).talking(task: .optional, runAgent),
    ToolRow(
      "agent.update_memory", "Update memory", .changes, "PUT /memories/{key}",
      "Writes a memory of the workspace; resources show it read-only.",
      [
        .words("key", .required, "Name within the workspace", upTo: 100, like: "tone-of-voice"),
        .words("content", .required, "Text in Markdown", upTo: 50_000, like: "Friendly and short."),
        .words("title", .optional, "Title", like: "Tone of voice"),
        .amount(
          "expected_version", .optional, "Refuse if it has changed meanwhile", 0...1_000_000,
          like: 3),
      ], returns: .record(Allv.memory), Allv.updateMemory),
    ToolRow(
      "memory.search", "Search memory", .reads, "GET /memories",
      "Lists memories, those with the words where some are given.",
      [.words("query", .optional, "Words", like: "refund"), .limit, .offset],
      returns: .page("memories", of: Allv.memory), Allv.listMemories),
  ]

  private static let actionTools: [ToolRow] = [
    ToolRow(
      "email.send", "Send e-mail", .creates, "POST /emails",
      "Sends a mail in the member's name, once an operator approves.",
      [
        .member(
          "to", .required, "Address",
          Schema.string(format: "email", minLength: 3, maxLength: 254)
            .exemplified(by: ["grace.hopper@example.com"])),
        .words("subject", .required, "Subject", like: "Your order"),
        .words("body", .required, "Text", upTo: 50_000, like: "It is on its way."), wait,
      ], returns: decided, Allv.sendEmail
    ).talking(task: .optional) { invocation, desk in
      try await approved("email.send", invocation, desk) {
        "send \"\($0["subject"]?.string ?? "")\" to \($0["to"]?.string ?? "")"
      }
    },
    ToolRow(
      "crm.list_contacts", "List contacts", .reads, "GET /contacts", "Lists contacts by name.",
      [.choice("stage", .optional, "Only at that stage", of: Allv.stages), .limit, .offset],
      returns: .page("contacts", of: Allv.contact), Allv.listContacts),
    ToolRow(
      "crm.update_contact", "Update contact", .changes, "PATCH /contacts/{contact_id}",
      "Moves a contact to another stage, once an operator approves.",
      [
        .id("contact_id", .required, "The contact's id", like: "ctc_8k2m4n6p8q1r"),
        .choice("stage", .required, "Where the relation stands", of: Allv.stages), wait,
      ], returns: decided, Allv.updateContact
    ).talking(task: .optional) { invocation, desk in
      try await approved("crm.update_contact", invocation, desk) {
        "move \($0["contact_id"]?.string ?? "") to \($0["stage"]?.string ?? "")"
      }
    },
  ]

  private static let runTools: [ToolRow] = [
    ToolRow(
      "run.list", "List runs", .reads, "GET /runs",
      "Lists what agents and tools did, the latest first.",
      [.choice("status", .optional, "Only in that state", of: Allv.runStates), .limit, .offset],
      returns: .page("runs", of: Allv.run), Allv.listRuns),
    ToolRow(
      "run.get", "Get run", .reads, "GET /runs/{run_id}", "Shows one run.",
      [.id("run_id", .required, "The run's id", like: "run_8k2m4n6p8q1r")],
      returns: .record(Allv.run), Allv.getRun),
  ]

  static let restRows: [ToolRow] = [
    ToolRow(
      "memory_get", "Memory", .reads, "GET /memories/{key}", "One memory.", returns: .any,
      Allv.getMemory),
    ToolRow(
      "run_waiting", "Waiting run", .creates, "POST /runs/waiting", "A run that waits.",
      returns: .any, Allv.beginWaiting),
    ToolRow(
      "run_rejected", "Rejected run", .changes, "POST /runs/rejected", "A run that was refused.",
      returns: .any, Allv.recordRejection),
  ]

  private static let runAgent: ToolRow.Talk = { invocation, desk in
    var arguments = invocation.arguments
    if arguments["input"] == nil {
      guard invocation.abilities.elicitationForm else {
        throw ToolFailure("input: is missing, and this client cannot be asked for it")
      }
      let form = Schema.object([.string("input", .required, "What is to be done", minLength: 1)])
      let answer = try await invocation.elicit("What shall the agent do?", form.json, key: "input")
      guard answer.action == .accept, let input = answer.content?["input"] else {
        throw ToolFailure("input: was not given; nothing was run")
      }
      arguments["input"] = input
    }
    for (place, step) in ["reading memory", "thinking", "writing"].enumerated() {
      invocation.progress(Double(place), of: 3, step)
      invocation.status(step)
      if invocation.isTask { try await invocation.sleep(for: .milliseconds(400)) }
    }
    let run = try await desk.ask("agent.run", arguments, invocation.caller)
    invocation.progress(3, of: 3, "done")
    return .structured(run)
  }
}
