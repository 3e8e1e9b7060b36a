import EventLoop
import JSON
import JSONSchema
import MCPEras
import MCPProtocol

extension Server {
  func callTool(_ call: ToolCall, _ exchange: Exchange) throws(ServerFault) {
    let registered = registry.tool(call.name, for: exchange.caller)
    let isMutating = registered?.tool.isMutating ?? true
    exchange.begin(.tool, call.name, isMutating: isMutating, arguments: call.arguments)
    guard let registered else { throw .invalidParams("there is no tool \"\(call.name)\"") }
    let need = AccessNeed(
      kind: .tool, name: registered.tool.name, scopes: registered.tool.scopes,
      isMutating: isMutating)
    if case .denied(let refusal) = gate.judge(exchange.caller, need) {
      return exchange.deny(refusal)
    }
    try checkTaskWish(registered.tool, call, exchange)
    if exchange.features.has(.headerMirroring) {
      try exchange.headers?.check(registered.mirror, against: call.arguments)
    }
    guard try fits(registered, call, exchange) else { return }
    if let served = exchange.call { try exchange.inputs.load(served, exchange) }
    start(registered, call, exchange)
  }

  /// False where the answer has been given already: as a result that says what is wrong.
  private func fits(
    _ registered: RegisteredTool, _ call: ToolCall, _ exchange: Exchange
  ) throws(ServerFault) -> Bool {
    let arguments = call.arguments ?? [:]
    let schema = registered.arguments.validator
    if schema.isValid(arguments) { return true }
    let found = schema.validate(arguments).violations.prefix(8).map(\.sentence)
    let text = "The arguments do not fit: " + found.joined(separator: " ")
    guard exchange.features.has(.argumentErrorsAsResults) else { throw .invalidParams(text) }
    exchange.finish(.failure(text), schema: nil)
    return false
  }

  private func start(_ registered: RegisteredTool, _ call: ToolCall, _ exchange: Exchange) {
    if runsAsTask(registered.tool, call, exchange) { beginTask(exchange) }
    let invocation = Invocation(exchange, arguments: call.arguments?.object ?? JSONObject())
    exchange.run(registered.tool.handler, invocation) { exchange, result in
      let checked = registered.checked(result)
      if let task = exchange.task {
        task.finish(checked, schema: registered.tool.definition.outputSchema)
      } else {
        exchange.finish(checked, schema: registered.tool.definition.outputSchema)
      }
    }
  }
}

extension RegisteredTool {
  /// The result with a text beside structured output, or a failure where it does not fit its own schema.
  fileprivate func checked(_ result: ToolResult) -> ToolResult {
    guard result.isError != true else { return result }
    if let output {
      guard let structured = result.structuredContent else {
        return .failure("The tool gave no structured output, though it has a schema for it.")
      }
      let check = output.validator.validate(structured)
      guard check.isValid else {
        let first = check.violations.first?.sentence ?? ""
        return .failure("The tool's output does not fit its schema: \(first)")
      }
    }
    guard result.content.isEmpty, let structured = result.structuredContent else { return result }
    var complete = result
    complete.content = [Decoded(of: .text(structured.compact))]
    return complete
  }
}
