import JSON
import MCPProtocol

extension ClientCall {
  /// The method where it is the same in all revisions that have the call; nil for opening.
  package var method: String? {
    switch self {
    case .open: nil
    case .ping: "ping"
    case .listTools: "tools/list"
    case .listResources: "resources/list"
    case .listResourceTemplates: "resources/templates/list"
    case .listPrompts: "prompts/list"
    case .callTool: "tools/call"
    case .readResource: "resources/read"
    case .getPrompt: "prompts/get"
    case .complete: "completion/complete"
    case .setLogLevel: "logging/setLevel"
    case .subscribe: "resources/subscribe"
    case .unsubscribe: "resources/unsubscribe"
    case .listen: "subscriptions/listen"
    case .getTask: "tasks/get"
    case .taskResult: "tasks/result"
    case .cancelTask: "tasks/cancel"
    case .listTasks: "tasks/list"
    case .updateTask: "tasks/update"
    case .raw(let method, _): method
    }
  }

  /// The parameters without `_meta`; what a revision lacks is left out by its codec.
  var members: JSONObject {
    switch self {
    case .open, .ping: JSONObject()
    case .listTools(let cursor), .listResources(let cursor), .listResourceTemplates(let cursor),
      .listPrompts(let cursor), .listTasks(let cursor):
      Self.object([("cursor", cursor.map(JSON.string))])
    case .callTool(let call): call.members
    case .readResource(let uri), .subscribe(let uri), .unsubscribe(let uri):
      Self.object([("uri", .string(uri))])
    case .getPrompt(let name, let arguments):
      Self.object([("name", .string(name)), ("arguments", arguments.map(JSON.object))])
    case .complete(let call): call.members
    case .setLogLevel(let level): Self.object([("level", level.json)])
    case .listen(let filter): Self.object([("notifications", filter.json)])
    case .getTask(let id), .taskResult(let id), .cancelTask(let id):
      Self.object([("taskId", .string(id))])
    case .updateTask(let id, let answers):
      Self.object([("taskId", .string(id)), ("inputResponses", .object(answers))])
    case .raw(_, let params): params?.object ?? JSONObject()
    }
  }

  fileprivate static func object(_ pairs: [(String, JSON?)]) -> JSONObject {
    JSONObject(pairs.compactMap { key, value in value.map { (key, $0) } })
  }
}

extension ToolCall {
  var members: JSONObject {
    ClientCall.object([
      ("name", .string(name)), ("arguments", arguments),
      ("task", task.map { wish in ClientCall.object([("ttl", wish.ttl?.json)]).json }),
    ])
  }
}

extension CompletionCall {
  var members: JSONObject {
    ClientCall.object([
      ("ref", reference.json),
      ("argument", ["name": .string(argument), "value": .string(value)]),
      ("context", context.isEmpty ? Optional.none : ["arguments": .object(context)]),
    ])
  }
}
