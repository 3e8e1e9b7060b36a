import EventLoop
import JSON
import JSONSchema
import MCPProtocol
import MCPServer
import MockBackend

/// The Lumos user server: five tools over the App Store.
enum LumosCatalog {
  static let plan: SystemPlan = {
    var plan = SystemPlan(
      "lumos", Implementation(name: "lumos-user", version: "1.0.0", title: "Lumos"),
      "Find apps and permissions in the Lumos App Store, request access, and follow your requests.",
      Lumos.system, tools: tools)
    plan.scopes = ScopeRule(reading: ["lumos:user:read"], writing: ["lumos:user:write"])
    plan.iconColor = "#e67700"
    plan.iconLetter = "L"
    plan.paths = ["/mcp/user"]
    plan.hints = hints
    plan.people = { world throws(WorldError) in
      try world.store.records(Lumos.user, Filter()).map { user in
        SystemPerson(
          id: user.id, name: user.text("name"), email: user.text("email"),
          roles: [user.text("role")],
          flags: user.document("flags").array?.compactMap(\.string) ?? [])
      }
    }
    plan.samples = [
      "app_id": .id(Lumos.app, Filter("name", "Tableau")),
      "query": .value("sales reports"), "search_apps.query": .value("sales reports"),
      "submit_access_request.app_id": .id(Lumos.app, Filter("name", "Figma")),
      "submit_access_request.permission_ids": .list(
        Lumos.permission,
        Filter().and("app_id = (SELECT id FROM app WHERE name = 'Figma' ORDER BY rowid LIMIT 1)")
          .ordered("rowid DESC")),
      "submit_access_request.justification": .value("Preparing the all-hands"),
    ]
    return plan
  }()

  private static let hints =
    ["/", "/app", "/app/store", "/mcp"].map { path in
      SystemPlan.Hint(
        path: path, status: 404,
        sentence:
          "This is not the MCP endpoint: clients connect to the path /mcp/user, not to the Lumos web app."
      )
    } + [
      SystemPlan.Hint(
        path: "/mcp/admin", status: 404,
        sentence:
          "The Lumos admin MCP server is not available yet; the user server is at /mcp/user.")
    ]

  private static let app = SchemaMember.id(
    "app_id", .required, "The app's id", like: "770e8400-e29b-41d4-a716-446655440000")
  private static let durations = ["8 hours", "7 days", "30 days", "90 days"]
  private static let permission = Schema.record(
    Lumos.permission, adding: [.string("app_name", .required, "Name of the app")])

  private static let tools: [ToolRow] = [
    ToolRow(
      "search_apps", "Search apps", .reads, "GET /apps", "Search the Lumos app catalog.",
      [
        .words("query", .optional, "Words; all apps without them", like: "sales reports"),
        .choice("category", .optional, "Only of that category", of: Lumos.categories), .limit,
        .offset,
      ], returns: .page("apps", of: Lumos.app), Lumos.searchApps),
    ToolRow(
      "search_requestable_permissions", "Search requestable permissions", .reads,
      "GET /permissions", "Search permission labels across every app you can request.",
      [.words("query", .required, "Words", like: "sales reports"), .limit, .offset],
      returns: .page("permissions", of: permission), Lumos.searchPermissions
    ).talking { invocation, desk in
      invocation.progress(0, of: 1, "searching every app")
      let found = try await desk.ask(
        "search_requestable_permissions", invocation.arguments, invocation.caller)
      invocation.progress(1, of: 1, "\(found["count"]?.int ?? 0) found")
      return .structured(found)
    }.shown(flag: Lumos.searchFlag, notRoles: ["guest"]),
    ToolRow(
      "list_requestable_permissions", "List requestable permissions", .reads,
      "GET /apps/{app_id}/permissions", "List the permissions you can request for a specific app.",
      [app, .limit, .offset], returns: .page("permissions", of: permission), Lumos.listPermissions),
    ToolRow(
      "submit_access_request", "Submit access request", .creates, "POST /access-requests",
      "Submit a request for access to an app or its permissions. Asks for the reason where none is given.",
      [
        app,
        .list(
          "permission_ids", .optional, "Permissions of the app; the app alone without them",
          of: .string(minLength: 1, maxLength: 100), maxItems: 20, unique: true),
        .words("justification", .optional, "Why", upTo: 2000, like: "Preparing the all-hands"),
        .choice("duration", .optional, "For how long", of: durations, default: "30 days"),
      ], returns: .record(Lumos.request), Lumos.submit
    ).talking(task: .optional, submit).shown(flag: Lumos.requestFlag, notRoles: ["guest"]),
    ToolRow(
      "list_access_requests", "List access requests", .reads, "GET /access-requests",
      "List your own recent access requests.",
      [.choice("status", .optional, "Only in that state", of: Lumos.states), .limit, .offset],
      returns: .page("requests", of: Lumos.request), Lumos.listRequests),
  ]

  private static let submit: ToolRow.Talk = { invocation, desk in
    var arguments = invocation.arguments
    if arguments["justification"] == nil {
      guard invocation.abilities.elicitationForm else {
        throw ToolFailure("justification: is missing, and this client cannot be asked for it")
      }
      let form = Schema.object([
        .string("justification", .required, "Why you need it", minLength: 3, maxLength: 2000),
        .choice("duration", .optional, "For how long", of: durations, default: "30 days"),
      ])
      let answer = try await invocation.elicit(
        "Why do you need access?", form.json, key: "justification")
      guard answer.action == .accept, let content = answer.content else {
        throw ToolFailure("justification: was not given; nothing was requested")
      }
      for member in content.members { arguments[member.key] = member.value }
    }
    invocation.status("handing in the request")
    if invocation.isTask { try await invocation.sleep(for: .milliseconds(400)) }
    return .structured(
      try await desk.ask("submit_access_request", arguments, invocation.caller))
  }
}
