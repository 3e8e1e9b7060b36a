/// Agents, projects, sessions, files, memories and money of one organization, as Alumia keeps them.
package enum Alumia {
  package static let system = WorldSystem(
    "alumia",
    [
      organization, transaction, agent, project, session, file, memory, connector, task, schedule,
      webhook, document,
    ], seed: AlumiaSeed.plant)

  package static let sessionStates = ["active", "idle", "completed", "failed"]
  package static let taskStates = ["queued", "running", "done", "failed", "cancelled"]
  package static let memoryKinds = ["fact", "preference", "decision", "instruction"]
  package static let connectorStates = ["connected", "available", "error"]
  package static let events = [
    "session.created", "session.completed", "task.completed", "task.failed", "memory.created",
  ]

  package static let organization = Entity(
    "organization",
    [
      .id, .text("name", "Name"), .text("slug", "Name in addresses"), .text("plan", "Plan"),
      .text("currency", "Currency"), .time("created_at", "When it was made"),
    ])

  package static let transaction = Entity(
    "ledger_entry", called: "transaction", prefix: "txn_",
    [
      .id, .org, .choice("kind", ["top_up", "usage", "refund"], "What it is"),
      .number("amount", "Amount; negative for usage"), .text("description", "What for"),
      .time("at", "When"),
    ], indexes: ["org_id, at"])

  package static let agent = Entity(
    "agent", prefix: "agt_",
    [
      .id, .org, .text("name", "Name"), .text("description", "What it does"),
      .text("model", "Model it thinks with"),
      .choice("status", ["ready", "paused"], "Whether it takes work"),
      .time("created_at", "When it was made"),
    ], indexes: ["org_id"])

  package static let project = Entity(
    "project", prefix: "prj_",
    [
      .id, .org, .text("name", "Name"), .text("description", "What it is about"),
      .choice("status", ["active", "archived"], "State"), .time("created_at", "When it was made"),
      .time("updated_at", "When it last changed"),
    ], indexes: ["org_id"])

  package static let session = Entity(
    "session", prefix: "ses_",
    [
      .id, .org, .text("title", "Title"), .text("agent_id", "Agent"),
      .text("project_id", "Project").optional, .choice("status", sessionStates, "State"),
      .integer("messages", "Messages in it"), .number("cost", "What it has cost"),
      .time("created_at", "When it began"), .time("updated_at", "When it last changed"),
    ], indexes: ["org_id, updated_at", "project_id"])

  package static let file = Entity(
    "file", prefix: "fil_",
    [
      .id, .org, .text("project_id", "Project"), .text("path", "Path in the project"),
      .text("mime_type", "Media type"), .integer("size", "Bytes"),
      .time("updated_at", "When it last changed"),
    ], indexes: ["project_id"])

  package static let memory = Entity(
    "memory", prefix: "mem_",
    [
      .id, .org, .text("content", "What is remembered"), .choice("kind", memoryKinds, "Kind"),
      .text("agent_id", "Agent it belongs to; null for all").optional, .list("tags", "Tags"),
      .time("created_at", "When it was written"),
    ], indexes: ["org_id"])

  package static let connector = Entity(
    "connector", prefix: "con_",
    [
      .id, .org, .text("slug", "Name in addresses"), .text("name", "Name"),
      .text("category", "What it is for"), .text("description", "What it connects to"),
      .list("actions", "What agents can do with it"), .choice("status", connectorStates, "State"),
      .time("connected_at", "Since when it is connected").optional,
    ], indexes: ["org_id, status"])

  package static let task = Entity(
    "task", prefix: "tsk_",
    [
      .id, .org, .text("title", "Title"), .text("agent_id", "Who does it"),
      .choice("status", taskStates, "State"), .text("result", "What came of it").optional,
      .time("created_at", "When it was given"), .time("finished_at", "When it ended").optional,
    ], indexes: ["org_id, status"])

  package static let schedule = Entity(
    "schedule", prefix: "sch_",
    [
      .id, .org, .text("name", "Name"), .text("agent_id", "Who works"),
      .text("cron", "When, as minute hour day month weekday"), .text("prompt", "What is done"),
      .flag("is_active", "Whether it runs"), .time("created_at", "When it was made"),
    ], indexes: ["org_id"])

  package static let webhook = Entity(
    "webhook", prefix: "whk_",
    [
      .id, .org, .text("url", "Where events are sent"), .list("events", "Which events"),
      .choice("status", ["active", "failing"], "State"), .time("created_at", "When it was made"),
    ], indexes: ["org_id"])

  package static let document = Entity(
    "document", prefix: "doc_",
    [
      .id, .org, .text("title", "Title"), .text("source", "Where it comes from"),
      .text("content", "Text"), .time("updated_at", "When it last changed"),
    ], indexes: ["org_id"])
}
