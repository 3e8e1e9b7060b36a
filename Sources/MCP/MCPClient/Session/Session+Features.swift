package import JSON
package import MCPEras
package import MCPProtocol

/// A decoded result beside the answer it came in.
package struct TypedAnswer<Value: PeerValue>: Sendable, Hashable {
  package var decoded: Decoded<Value>
  package var answer: Answer

  package var value: Value? { decoded.value }
}

extension Session {
  package func callTool(
    _ tool: ToolCall, _ options: CallOptions = CallOptions()
  ) async throws(ClientError) -> TypedAnswer<ToolResult> {
    var tool = tool
    if tool.inputSchema == nil { tool.inputSchema = toolSchemas[tool.name] }
    return try await typed(.callTool(tool), options)
  }

  package func readResource(
    _ uri: String, _ options: CallOptions = CallOptions()
  ) async throws(ClientError) -> TypedAnswer<ReadResult> {
    try await typed(.readResource(uri: uri), options)
  }

  package func getPrompt(
    _ name: String, _ arguments: JSONObject? = nil, _ options: CallOptions = CallOptions()
  ) async throws(ClientError) -> TypedAnswer<PromptResult> {
    try await typed(.getPrompt(name: name, arguments: arguments), options)
  }

  package func complete(
    _ completion: CompletionCall, _ options: CallOptions = CallOptions()
  ) async throws(ClientError) -> TypedAnswer<CompletionResult> {
    let answer: TypedAnswer<CompletionResult> = try await typed(.complete(completion), options)
    let count = answer.value?.completion.values.count ?? 0
    if count > Completion.limit { find(.tooManyCompletions(count)) }
    return answer
  }

  /// Asks for a sign of life: by `ping`, or where that is gone by asking for the server's card again.
  package func ping(_ options: CallOptions = CallOptions()) async throws(ClientError) {
    _ = try await call(features.has(.ping) ? .ping : .open, options)
  }

  /// From now on, in whichever way the revision has it.
  package func setLogLevel(_ level: LogLevel) async throws(ClientError) {
    if features.has(.sessionLogLevel) { _ = try await call(.setLogLevel(level)) }
    logLevel = level
  }

  /// Tells the server that the roots are others now, where a server listens to that.
  package func rootsChanged() {
    guard let notice = channel.codec.encode(.rootsChanged).value else { return }
    channel.notify(notice)
  }

  /// Whether the server said it has what the call needs.
  package func isAdvertised(_ call: ClientCall) -> Bool {
    let has = card.capabilities
    return switch call {
    case .listTools, .callTool: has.tools
    case .listResources, .listResourceTemplates, .readResource: has.resources
    case .subscribe, .unsubscribe: has.resourceSubscriptions
    case .listPrompts, .getPrompt: has.prompts
    case .complete: has.completions || !features.has(.versionHeader)
    case .setLogLevel: has.logging
    case .getTask, .updateTask, .cancelTask, .taskResult:
      has.tasks || has.extensions[ExtensionName.tasks] != nil
    case .listTasks: has.taskList
    case .open, .ping, .listen, .raw: true
    }
  }

  private func typed<Value: PeerValue>(
    _ call: ClientCall, _ options: CallOptions
  ) async throws(ClientError) -> TypedAnswer<Value> {
    let answer = try await self.call(call, options)
    let decoded = Decoded<Value>(answer.result)
    find(decoded.issues, in: call.method ?? "")
    return TypedAnswer(decoded: decoded, answer: answer)
  }
}
