import EventLoop
import JSON
import JSONSchema
import MCPProtocol
import MCPServer
import MockBackend

/// The Alloy server by which a session's link becomes its chat, files and diffs.
enum AlloySessionsCatalog {
  static let plan: SystemPlan = {
    var plan = SystemPlan(
      "alloy-sessions",
      Implementation(name: "alloy-sessions", version: "1.2.0", title: "Alloy sessions"),
      "Start from a session link: resolve_session_link gives the session's id, which the other tools take.",
      AlloySessions.system, tools: tools)
    plan.scopes = ScopeRule(reading: ["read"], writing: ["write"])
    plan.iconColor = "#7048e8"
    plan.samples = samples
    plan.admission = SystemPlan.workspaceOfKey
    return plan
  }()

  private static let samples: [String: Sample] = [
    "url": .record(AlloySessions.session, "url", Filter()),
    "session_id": .id(AlloySessions.session, Filter("type", "prototype")),
    "path": .value("src/components/Checkout.tsx"),
    "get_file_diff.session_id": .id(
      AlloySessions.session, Filter("type", "dev").and("title = 'Invoice list with filters'")),
    "get_file_diff.path": .value("src/components/InvoiceList.tsx"),
  ]

  private static let session = SchemaMember.id(
    "session_id", .required, "The session's id", like: "770e8400-e29b-41d4-a716-446655440000")
  private static let path = SchemaMember.words(
    "path", .required, "The file's path", upTo: 500, like: "src/components/Checkout.tsx")

  private static let shown = Schema.record(
    AlloySessions.session,
    adding: [
      .string("workspace", .required, "Name of the workspace"),
      .integer("messages", .required, "Messages in it"),
      .integer("files", .required, "Files in it"),
    ])

  private static let tools: [ToolRow] = [
    ToolRow(
      "resolve_session_link", "Resolve session link", .reads, "GET /sessions/resolve",
      "Finds the session that a link leads to. Asks for the session where the link names none.",
      [
        .words(
          "url", .required,
          "The link, as https://alloy.app/…/p/…/edit or https://alloy.app/…/p/dev/…",
          upTo: 2000, like: "https://alloy.app/northwind/p/northwind-checkout-on-1/edit")
      ], returns: shown, AlloySessions.resolve
    ).talking(resolve),
    ToolRow(
      "list_sessions", "List sessions", .reads, "GET /sessions",
      "Lists the workspace's sessions, the latest first.",
      [
        .choice("type", .optional, "Only of that type", of: AlloySessions.types),
        .choice("status", .optional, "Only in that state", of: AlloySessions.states),
        .words("query", .optional, "Part of the title", like: "checkout"), .limit, .offset,
      ], returns: .page("sessions", of: shown), AlloySessions.list),
    ToolRow(
      "get_session", "Get session", .reads, "GET /sessions/{session_id}",
      "Shows a session: title, type, timestamps, status and workspace.", [session], returns: shown,
      AlloySessions.get),
    ToolRow(
      "get_chat_messages", "Get chat messages", .reads, "GET /sessions/{session_id}/messages",
      "Reads the chat of a session, ordered from oldest to newest.", [session, .limit, .offset],
      returns: .page("messages", of: AlloySessions.message), AlloySessions.messages
    ).talking(task: .optional, readSlowly),
    ToolRow(
      "list_session_files", "List session files", .reads, "GET /sessions/{session_id}/files",
      "Lists a session's files; of a dev session those that changed.", [session, .limit, .offset],
      returns: .page("files", of: AlloySessions.file), AlloySessions.files),
    ToolRow(
      "get_file_content", "Get file content", .reads, "GET /sessions/{session_id}/content",
      "Reads a file of a prototype session.", [session, path],
      returns: .object([
        .string("path", .required, "Path"), .string("language", .required, "Language"),
        .string("content", .required, "Text"),
      ]), AlloySessions.content),
    ToolRow(
      "get_file_diff", "Get file diff", .reads, "GET /sessions/{session_id}/diff",
      "Shows a changed file of a dev session before and after, and the difference.",
      [session, path],
      returns: .object([
        .string("path", .required, "Path"),
        .choice("change", .required, "What happened to it", of: AlloySessions.changes),
        .member("before", .required, "Text before; null for a new file", .string.nullable()),
        .member("after", .required, "Text after; null for a deleted file", .string.nullable()),
        .string("diff", .required, "The difference as diff -u writes it"),
      ]), AlloySessions.diff),
  ]

  /// A link of the workspace without a session leads to a choice.
  private static let resolve: ToolRow.Talk = { invocation, desk in
    let url = invocation.text("url") ?? ""
    let isOpen = SessionLink(url) == nil && url.hasPrefix("https://alloy.app/")
    guard isOpen, invocation.abilities.elicitationForm else {
      return .structured(
        try await desk.ask("resolve_session_link", invocation.arguments, invocation.caller))
    }
    let list = try await desk.ask("list_sessions", ["limit": 10], invocation.caller)
    let rows = list["sessions"]?.array ?? []
    let choices: [JSON] = rows.map {
      ["const": $0["id"] ?? .null, "title": .string($0["title"]?.string ?? "")]
    }
    let form = Schema.object([
      .member("session", .required, "Session", Schema.string.with("oneOf", .array(choices)))
    ])
    let answer = try await invocation.elicit(
      "The link names no session. Which one is meant?", form.json, key: "session")
    guard answer.action == .accept, let id = answer.content?["session"] else {
      throw ToolFailure("url: names no session, and none was chosen")
    }
    return .structured(try await desk.ask("get_session", ["session_id": id], invocation.caller))
  }

  private static let readSlowly: ToolRow.Talk = { invocation, desk in
    invocation.progress(0, of: 2, "opening the chat")
    invocation.status("reading the chat")
    if invocation.isTask { try await invocation.sleep(for: .milliseconds(400)) }
    let page = try await desk.ask("get_chat_messages", invocation.arguments, invocation.caller)
    invocation.progress(2, of: 2, "\(page["count"]?.int ?? 0) messages")
    return .structured(page)
  }
}
