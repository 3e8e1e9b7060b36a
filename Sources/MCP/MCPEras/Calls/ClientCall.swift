package import JSON
package import MCPProtocol

/// Something the client asks of a server, said without any revision's words.
package enum ClientCall: Sendable, Hashable {
  /// Opens a conversation: `initialize` or `server/discover`.
  case open
  case ping
  case listTools(cursor: String?)
  case listResources(cursor: String?)
  case listResourceTemplates(cursor: String?)
  case listPrompts(cursor: String?)
  case callTool(ToolCall)
  case readResource(uri: String)
  case getPrompt(name: String, arguments: JSONObject?)
  case complete(CompletionCall)
  case setLogLevel(LogLevel)
  case subscribe(uri: String)
  case unsubscribe(uri: String)
  case listen(SubscriptionFilter)
  case getTask(id: String)
  case taskResult(id: String)
  case cancelTask(id: String)
  case listTasks(cursor: String?)
  case updateTask(id: String, answers: JSONObject)
  /// Any method with any parameters, known to the revision or not.
  case raw(method: String, params: JSON?)
}

/// The call of a tool.
package struct ToolCall: Sendable, Hashable {
  package var name: String
  /// Nil leaves the member out; any JSON can be sent on purpose.
  package var arguments: JSON?
  /// The tool's schema as listed, for the headers it may mark.
  package var inputSchema: JSON?
  /// Asks for a task where the revision lets the client decide.
  package var task: TaskWish?

  package init(
    name: String, arguments: JSON? = nil, inputSchema: JSON? = nil, task: TaskWish? = nil
  ) {
    self.name = name
    self.arguments = arguments
    self.inputSchema = inputSchema
    self.task = task
  }
}

/// That a call should run as a task, and for how many milliseconds its outcome is kept.
package struct TaskWish: Sendable, Hashable {
  package var ttl: Int?

  package init(ttl: Int? = nil) { self.ttl = ttl }
}

/// A request for proposals.
package struct CompletionCall: Sendable, Hashable {
  package var reference: CompletionReference
  package var argument: String
  package var value: String
  /// The arguments filled in already.
  package var context: JSONObject

  package init(
    reference: CompletionReference, argument: String, value: String,
    context: JSONObject = JSONObject()
  ) {
    self.reference = reference
    self.argument = argument
    self.value = value
    self.context = context
  }
}
