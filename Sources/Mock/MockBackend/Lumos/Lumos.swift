import Database
import EventLoop
package import JSON

/// The app store of one organization: apps, their permissions, and who has asked for which.
package enum Lumos {
  package static let system = WorldSystem(
    "lumos", [user, app, permission, request], seed: LumosSeed.plant)

  /// Without them nobody searches permissions, or asks for access.
  package static let searchFlag = "permission_search"
  package static let requestFlag = "access_requests"
  package static let roles = ["employee", "manager", "app_owner", "auditor", "guest"]
  package static let states = ["pending", "approved", "denied", "provisioned", "expired"]
  package static let categories = [
    "analytics", "communication", "design", "development", "finance", "people", "security",
  ]

  package static let user = Entity(
    "lumos_user", called: "user",
    [
      .id, .org, .text("name", "Name"), .text("email", "Address"),
      .choice("role", roles, "Role"), .list("flags", "Feature flags that are on").hidden,
    ], indexes: ["email"])

  package static let app = Entity(
    "app",
    [
      .id, .org, .text("name", "Name"), .choice("category", categories, "Category"),
      .text("description", "What it is for"), .text("owner", "Who decides"),
      .flag("requestable", "Whether access can be asked for"),
    ], indexes: ["org_id"])

  package static let permission = Entity(
    "permission",
    [
      .id, .org, .text("app_id", "App"), .text("label", "Name"),
      .text("description", "What it allows"),
      .choice("risk", ["low", "medium", "high"], "How much harm it could do"),
      .list("durations", "For how long it can be had"),
    ], indexes: ["app_id", "org_id"])

  package static let request = Entity(
    "access_request", called: "request",
    [
      .id, .org, .text("user_id", "Who asks").hidden, .text("app_id", "App"),
      .text("app_name", "Name of the app"), .list("permission_ids", "Permissions"),
      .text("justification", "Why"), .text("duration", "For how long"),
      .choice("status", states, "State"), .text("decided_by", "Who decided").optional,
      .time("created_at", "When it was asked"), .time("decided_at", "When it was decided").optional,
    ], indexes: ["user_id, created_at"])
}

@LoopActor
extension Lumos {
  /// The person who signed in.
  package static func person(_ call: WorldCall) throws(WorldError) -> Record {
    guard let word = call.visitor.person else {
      guard let first = try call.store.first(user, Filter()) else {
        throw WorldError(.unauthorized, "there are no users here")
      }
      return first
    }
    let filter = Filter().and("(id = ? OR email = ?)", .text(word), .text(word))
    guard let found = try call.store.first(user, filter) else {
      throw WorldError(.unauthorized, "there is no Lumos user \"\(word.prefix(80))\"")
    }
    return found
  }

  private static func offered(_ call: WorldCall) throws(WorldError) -> Filter {
    Filter("org_id", try person(call).text("org_id"))
  }

  package static func searchApps(_ call: WorldCall) throws(WorldError) -> JSON {
    var filter = try offered(call).equal("category", call.arguments.text("category"))
    filter = words(
      call.arguments.text("query"), "name || ' ' || description || ' ' || category", filter)
    return try call.page("apps", app, filter.ordered("name"))
  }

  /// With one of the words at least, so that a sentence finds something.
  private static func words(_ query: String?, _ column: String, _ filter: Filter) -> Filter {
    let words = (query ?? "").lowercased().split { !$0.isLetter && !$0.isNumber }
      .filter { $0.count > 2 }.prefix(8)
    guard !words.isEmpty else { return filter }
    let clause = words.map { _ in "instr(lower(\(column)), ?) > 0" }.joined(separator: " OR ")
    return filter.and("(\(clause))", words.map { .text(String($0)) })
  }

  package static func searchPermissions(_ call: WorldCall) throws(WorldError) -> JSON {
    var filter = try offered(call).and("app_id IN (SELECT id FROM app WHERE requestable = 1)")
    filter = words(try call.arguments.words("query"), "label || ' ' || description", filter)
    return try call.page("permissions", permission, filter.ordered("label")) {
      (record) throws(WorldError) in try shown(record, call)
    }
  }

  private static func shown(
    _ permission: Record, _ call: WorldCall
  ) throws(WorldError) -> JSON {
    var json = permission.json
    let home = try call.store.record(app, permission.text("app_id"))
    json["app_name"] = .string(home?.text("name") ?? "")
    return .object(json)
  }

  private static func requestable(_ call: WorldCall) throws(WorldError) -> Record {
    let found = try call.find(app, "app_id", in: person(call).text("org_id"))
    guard found.flag("requestable") else {
      throw .conflict("access to \(found.text("name")) cannot be requested here", "app_id")
    }
    return found
  }

  package static func listPermissions(_ call: WorldCall) throws(WorldError) -> JSON {
    let home = try requestable(call)
    return try call.page("permissions", permission, Filter("app_id", home.id).ordered("label")) {
      (record) throws(WorldError) in try shown(record, call)
    }
  }

  package static func submit(_ call: WorldCall) throws(WorldError) -> JSON {
    let asker = try person(call)
    guard asker.text("role") != "auditor" else {
      throw .forbidden(
        "the Lumos role \(asker.text("role")) may view App Store items but not submit access requests; the scope lumos:user:write does not change that, ask your Lumos admin"
      )
    }
    let home = try requestable(call)
    let wanted = call.arguments.list("permission_ids")
    for id in wanted {
      let fitting = Filter("id", id).equal("app_id", home.id)
      guard try call.store.count(permission, fitting) == 1 else {
        throw .notFound("permission of \(home.text("name"))", id, "permission_ids")
      }
    }
    let open = Filter("user_id", asker.id).equal("app_id", home.id).equal("status", "pending")
    let same = try call.store.records(request, open)
      .contains { $0.text("permission_ids") == SQLValue.list(wanted).text }
    guard !same else {
      throw .conflict("the same request for \(home.text("name")) is pending already", "app_id")
    }
    let made = try call.store.insert(
      request,
      [
        "org_id": home["org_id"], "user_id": .text(asker.id), "app_id": .text(home.id),
        "app_name": home["name"], "permission_ids": .list(wanted),
        "justification": .text(try call.arguments.words("justification")),
        "duration": .text(call.arguments.text("duration") ?? "30 days"), "status": "pending",
        "created_at": call.nowValue,
      ])
    return .object(made.json)
  }

  package static func listRequests(_ call: WorldCall) throws(WorldError) -> JSON {
    let mine = Filter("user_id", try person(call).id)
      .equal("status", call.arguments.text("status"))
    return try call.page("requests", request, mine.ordered("created_at DESC"))
  }
}
