import JSON
import MCPProtocol

extension ClientCall {
  /// Reads the parameters of a request; `features` tells which members its revision knows.
  init(method: String, params: JSONObject, features: WireFeatures) throws(ServerFault) {
    self =
      switch method {
      case "initialize", "server/discover": .open
      case "ping": .ping
      case "tools/list": .listTools(cursor: try params.cursor())
      case "resources/list": .listResources(cursor: try params.cursor())
      case "resources/templates/list": .listResourceTemplates(cursor: try params.cursor())
      case "prompts/list": .listPrompts(cursor: try params.cursor())
      case "tools/call": .callTool(try ToolCall(params, features))
      case "resources/read": .readResource(uri: try params.text("uri"))
      case "prompts/get":
        .getPrompt(name: try params.text("name"), arguments: try params.optionalObject("arguments"))
      case "completion/complete": .complete(try CompletionCall(params, features))
      case "logging/setLevel": .setLogLevel(try params.logLevel())
      case "resources/subscribe": .subscribe(uri: try params.text("uri"))
      case "resources/unsubscribe": .unsubscribe(uri: try params.text("uri"))
      case "subscriptions/listen": .listen(try params.filter())
      case "tasks/get": .getTask(id: try params.text("taskId"))
      case "tasks/result": .taskResult(id: try params.text("taskId"))
      case "tasks/cancel": .cancelTask(id: try params.text("taskId"))
      case "tasks/list": .listTasks(cursor: try params.cursor())
      case "tasks/update":
        .updateTask(
          id: try params.text("taskId"), answers: try params.requiredObject("inputResponses"))
      default: .raw(method: method, params: .object(params))
      }
  }
}

extension ToolCall {
  fileprivate init(_ params: JSONObject, _ features: WireFeatures) throws(ServerFault) {
    let wish = features.has(.coreTasks) ? try params.optionalObject("task") : nil
    let arguments = try params.optionalObject("arguments")
    self.init(
      name: try params.text("name"), arguments: arguments.map(JSON.object),
      task: wish.map { TaskWish(ttl: $0["ttl"]?.int) })
  }
}

extension CompletionCall {
  fileprivate init(_ params: JSONObject, _ features: WireFeatures) throws(ServerFault) {
    let argument = try params.requiredObject("argument")
    let known = features.has(.completionContext) ? try params.optionalObject("context") : nil
    self.init(
      reference: try CompletionReference(try params.requiredObject("ref")),
      argument: try argument.text("name"), value: try argument.text("value"),
      context: try known?.optionalObject("arguments") ?? JSONObject())
  }
}

extension CompletionReference {
  fileprivate init(_ reference: JSONObject) throws(ServerFault) {
    switch reference["type"]?.string {
    case "ref/prompt": self = .prompt(try reference.text("name"))
    case "ref/resource": self = .resource(template: try reference.text("uri"))
    default: throw .invalidParams("\"ref\" is neither a \"ref/prompt\" nor a \"ref/resource\"")
    }
  }
}

extension JSONObject {
  fileprivate func text(_ key: String) throws(ServerFault) -> String {
    guard let text = self[key]?.string else {
      throw .invalidParams("\"\(key)\" is missing or not a string")
    }
    return text
  }

  fileprivate func optionalObject(_ key: String) throws(ServerFault) -> JSONObject? {
    guard let value = self[key], !value.isNull else { return nil }
    guard let object = value.object else { throw .invalidParams("\"\(key)\" is not an object") }
    return object
  }

  fileprivate func requiredObject(_ key: String) throws(ServerFault) -> JSONObject {
    guard let object = try optionalObject(key) else {
      throw .invalidParams("\"\(key)\" is missing")
    }
    return object
  }

  fileprivate func cursor() throws(ServerFault) -> String? {
    guard let value = self["cursor"], !value.isNull else { return nil }
    guard let cursor = value.string else { throw .invalidParams("\"cursor\" is not a string") }
    return cursor
  }

  fileprivate func logLevel() throws(ServerFault) -> LogLevel {
    let level = LogLevel(rawValue: try text("level"))
    guard level.isKnown else { throw .invalidParams("unknown log level \"\(level.rawValue)\"") }
    return level
  }

  fileprivate func filter() throws(ServerFault) -> SubscriptionFilter {
    let wish = JSON.object(try requiredObject("notifications"))
    return Decoded<SubscriptionFilter>(wish).value ?? SubscriptionFilter()
  }
}
