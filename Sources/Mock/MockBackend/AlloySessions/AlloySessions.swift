import Database
import EventLoop
package import JSON

/// Chats, files and changes of Alloy sessions, by workspace.
package enum AlloySessions {
  package static let system = WorldSystem(
    "alloy-sessions", [workspace, session, message, file], seed: AlloySessionsSeed.plant)

  package static let types = ["prototype", "dev"]
  package static let states = ["draft", "active", "merged", "archived"]
  package static let changes = ["added", "modified", "deleted"]

  package static let workspace = Entity(
    "workspace", [.id, .text("name", "Name"), .text("slug", "Name in addresses")])

  package static let session = Entity(
    "session",
    [
      .id, .text("workspace_id", "Workspace"), .text("title", "Title"),
      .choice("type", types, "A prototype, or a change of real code"),
      .choice("status", states, "State"), .text("author", "Who began it"),
      .text("url", "Where people see it").like("https://alloy.app/northwind/p/checkout-k2/edit"),
      .text("slug", "Name in addresses").hidden, .time("created_at", "When it began"),
      .time("updated_at", "When it last changed"),
    ], indexes: ["workspace_id, updated_at", "slug"])

  package static let message = Entity(
    "message",
    [
      .id, .text("session_id", "Session"), .choice("role", ["user", "assistant"], "Who speaks"),
      .text("author", "Name of who speaks"), .text("content", "What is said"),
      .time("created_at", "When"),
    ], indexes: ["session_id, created_at"])

  package static let file = Entity(
    "file",
    [
      .id, .text("session_id", "Session"), .text("path", "Path"),
      .text("language", "Language it is written in"), .integer("size", "Bytes"),
      .choice("change", changes, "What happened to it; of dev sessions").optional,
      .text("content", "Text").hidden, .text("before", "Text before").optional.hidden,
    ], indexes: ["session_id, path"])
}

@LoopActor
extension AlloySessions {
  private static func home(_ call: WorldCall) throws(WorldError) -> Record {
    try call.organization(workspace)
  }

  private static let advice =
    "confirm that it belongs to the workspace you authorized or the key was made in, and that the link is complete"

  private static func session(_ call: WorldCall) throws(WorldError) -> Record {
    let id = try call.arguments.required("session_id")
    let mine = Filter("id", id).equal("workspace_id", try home(call).id)
    guard let found = try call.store.first(session, mine) else {
      throw WorldError(
        .notFound, "there is no session \"\(id.prefix(80))\" in this workspace; \(advice)",
        argument: "session_id")
    }
    return found
  }

  private static func shown(_ session: Record, _ call: WorldCall) throws(WorldError) -> JSON {
    let here = Filter("session_id", session.id)
    let place = try call.store.record(workspace, session.text("workspace_id"))
    var json = session.json
    json["workspace"] = .string(place?.text("name") ?? "")
    json["messages"] = .number(JSONNumber(try call.store.count(message, here)))
    json["files"] = .number(JSONNumber(try call.store.count(file, here)))
    return .object(json)
  }

  package static func resolve(_ call: WorldCall) throws(WorldError) -> JSON {
    let text = try call.arguments.words("url")
    guard let link = SessionLink(text) else {
      throw .invalid(
        "url",
        "\"\(text.prefix(120))\" is no session link; one looks like https://alloy.app/…/p/…/edit or https://alloy.app/…/p/dev/…"
      )
    }
    let mine = Filter("workspace_id", try home(call).id)
    let found = try call.store.first(
      session, mine.and("(slug = ? OR id = ?)", .text(link.session), .text(link.session)))
    guard let found else {
      throw WorldError(
        .notFound, "this link leads to no session of this workspace; \(advice)", argument: "url")
    }
    return try shown(found, call)
  }

  package static func list(_ call: WorldCall) throws(WorldError) -> JSON {
    var filter = Filter("workspace_id", try home(call).id)
    for column in ["type", "status"] { filter = filter.equal(column, call.arguments.text(column)) }
    if let query = call.arguments.text("query") {
      filter = filter.and("instr(lower(title), ?) > 0", .text(query.lowercased()))
    }
    return try call.page("sessions", session, filter.ordered("updated_at DESC, rowid")) {
      (record) throws(WorldError) in try shown(record, call)
    }
  }

  package static func get(_ call: WorldCall) throws(WorldError) -> JSON {
    try shown(try session(call), call)
  }

  package static func messages(_ call: WorldCall) throws(WorldError) -> JSON {
    let here = Filter("session_id", try session(call).id)
    return try call.page("messages", message, here.ordered("created_at, rowid"))
  }

  package static func files(_ call: WorldCall) throws(WorldError) -> JSON {
    let here = Filter("session_id", try session(call).id)
    return try call.page("files", file, here.ordered("path"))
  }

  private static func file(
    _ session: Record, _ call: WorldCall
  ) throws(WorldError) -> Record {
    let path = try call.arguments.required("path")
    let here = Filter("session_id", session.id).equal("path", path)
    guard let found = try call.store.first(file, here) else {
      throw .notFound("file", path, "path")
    }
    return found
  }

  package static func content(_ call: WorldCall) throws(WorldError) -> JSON {
    let home = try session(call)
    guard home.text("type") == "prototype" else {
      throw .conflict(
        "file content is there for prototype sessions; of a dev session ask for the diff",
        "session_id")
    }
    let found = try file(home, call)
    return [
      "path": .string(found.text("path")), "language": .string(found.text("language")),
      "content": .string(found.text("content")),
    ]
  }

  package static func diff(_ call: WorldCall) throws(WorldError) -> JSON {
    let home = try session(call)
    guard home.text("type") == "dev" else {
      throw .conflict(
        "diffs are there for dev sessions; of a prototype session ask for the content",
        "session_id")
    }
    let found = try file(home, call)
    let before = found["before"].text
    let after: String? = found.text("change") == "deleted" ? nil : found.text("content")
    return [
      "path": .string(found.text("path")), "change": .string(found.text("change")),
      "before": before.map(JSON.string) ?? .null, "after": after.map(JSON.string) ?? .null,
      "diff": .string(UnifiedDiff.text(found.text("path"), before ?? "", after ?? "")),
    ]
  }
}
