import JSON
import JSONSchema
import MockBackend

extension AlumiaCatalog {
  private static let days: [SchemaMember] = [
    .day("from", .optional, "First day; 30 days before the last without it", like: "2026-07-01"),
    .day("to", .optional, "Last day; today without it", like: "2026-07-31"),
  ]
  private static let task = SchemaMember.id(
    "task_id", .required, "The task's id", like: "tsk_8k2m4n6p8q1r")

  /// What the stdio server has beyond the hosted one.
  static let localTools: [ToolRow] = [
    ToolRow(
      "alumia_exec", "Run a command", .changes, "POST /exec",
      "Runs a command of the alumia program, as `sessions list`. What only the app may do is refused with the place to do it.",
      [
        .words(
          "command", .required, "The command without `alumia`", upTo: 2000, like: "sessions list")
      ],
      returns: .object([
        .string("command", .required, "What was run"),
        .integer("exit_code", .required, "0 where it worked"),
        .string("stdout", .required, "What it wrote"),
      ]), Alumia.exec),
    ToolRow(
      "alumia_get_usage", "Get usage", .reads, "GET /billing/usage",
      "Adds up what was used, by item.", days,
      returns: .object([
        .string("from", .required, "First day", format: "date"),
        .string("to", .required, "Last day", format: "date"),
        .list(
          "rows", .required, "The dearest first",
          of: .object([
            .string("item", .required, "What was used"), .number("cost", .required, "Cost"),
            .integer("count", .required, "Entries"),
          ])), .number("total", .required, "Sum"),
      ]), Alumia.getUsage),
    ToolRow(
      "alumia_list_transactions", "List transactions", .reads, "GET /billing/transactions",
      "Lists what was paid and used, the latest first.",
      [
        .choice("kind", .optional, "Only of that kind", of: ["top_up", "usage", "refund"]), .limit,
        .offset,
      ], returns: .page("transactions", of: Alumia.transaction), Alumia.listTransactions),
    ToolRow(
      "alumia_list_tasks", "List tasks", .reads, "GET /tasks", "Lists tasks, the latest first.",
      [.choice("status", .optional, "Only in that state", of: Alumia.taskStates), .limit, .offset],
      returns: .page("tasks", of: Alumia.task), Alumia.listTasks),
    ToolRow(
      "alumia_get_task", "Get task", .reads, "GET /tasks/{task_id}", "Shows one task.", [task],
      returns: .record(Alumia.task), Alumia.getTask),
    ToolRow(
      "alumia_create_task", "Create task", .creates, "POST /tasks", "Gives an agent a task.",
      [
        .words("title", .required, "What is to be done", like: "Check the invoice run"),
        agent(.required),
      ],
      returns: .record(Alumia.task), Alumia.createTask),
    ToolRow(
      "alumia_cancel_task", "Cancel task", .deletes, "POST /tasks/{task_id}/cancel",
      "Ends a task that is not over.", [task], returns: .record(Alumia.task), Alumia.cancelTask),
    ToolRow(
      "alumia_list_schedules", "List schedules", .reads, "GET /schedules",
      "Lists schedules by name.",
      [.limit, .offset], returns: .page("schedules", of: Alumia.schedule), Alumia.listSchedules),
    ToolRow(
      "alumia_create_schedule", "Create schedule", .creates, "POST /schedules",
      "Has an agent do something again and again.",
      [
        .words("name", .required, "Name", upTo: 100, like: "Morning digest"), agent(.required),
        .words("cron", .required, "Minute hour day month weekday", upTo: 100, like: "0 7 * * 1-5"),
        .words("prompt", .required, "What is done", upTo: 4000, like: "Summarise yesterday"),
      ], returns: .record(Alumia.schedule), Alumia.createSchedule),
    ToolRow(
      "alumia_delete_schedule", "Delete schedule", .deletes, "DELETE /schedules/{schedule_id}",
      "Deletes a schedule.",
      [.id("schedule_id", .required, "The schedule's id", like: "sch_8k2m4n6p8q1r")],
      returns: .deletion, Alumia.deleteSchedule),
    ToolRow(
      "alumia_list_webhooks", "List webhooks", .reads, "GET /webhooks", "Lists webhooks.",
      [.limit, .offset], returns: .page("webhooks", of: Alumia.webhook), Alumia.listWebhooks),
    ToolRow(
      "alumia_create_webhook", "Create webhook", .creates, "POST /webhooks",
      "Has events sent to an address.",
      [
        .member(
          "url", .required, "Where to, https only",
          Schema.string(format: "uri", minLength: 9, maxLength: 500)
            .exemplified(by: ["https://hooks.example.com/alumia"])),
        .list(
          "events", .required, "Which events", of: .choice(Alumia.events), minItems: 1, unique: true
        ),
      ], returns: .record(Alumia.webhook), Alumia.createWebhook),
    ToolRow(
      "alumia_delete_webhook", "Delete webhook", .deletes, "DELETE /webhooks/{webhook_id}",
      "Deletes a webhook.",
      [.id("webhook_id", .required, "The webhook's id", like: "whk_8k2m4n6p8q1r")],
      returns: .deletion, Alumia.deleteWebhook),
    ToolRow(
      "alumia_search_knowledge", "Search knowledge", .reads, "GET /knowledge",
      "Finds documents with all words of the query.",
      [.words("query", .required, "Words", like: "refund"), .limit, .offset],
      returns: .page("documents", of: Alumia.document), Alumia.searchKnowledge),
  ]
}
