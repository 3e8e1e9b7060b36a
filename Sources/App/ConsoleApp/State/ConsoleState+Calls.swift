import JSON
import JSONSchema
import MCPProtocol
import Operations

/// Calling, and what is kept of calls.
extension ConsoleState {
  /// Answers beyond these are let go of, the oldest first.
  private static let mostCalls = 200
  private static let mostBytes = 48 << 20

  /// What still runs, the oldest first.
  var running: [CallRecord] {
    calls.values.filter(\.isRunning).sorted { $0.id < $1.id }
  }

  /// Calls a tool as its form says; what destroys is asked about first.
  mutating func callTool(named name: String, _ arguments: JSON) -> [Effect] {
    guard let link, link.isOpen else {
      return say(.warning, "not sent: \(notConnected)")
    }
    if let why = refusal(ofTool: name, link.id) { return say(.warning, "not sent: \(why)") }
    let tool = link.tools.first { $0.tool.name == name }?.tool
    let order = CallRecord.Order.tool(name, arguments: arguments, schema: tool?.inputSchema)
    if let question = question(before: order, named: name, tool, link) {
      overlay = .confirming(question)
      return []
    }
    return call(link.id, order)
  }

  /// What has to be agreed to before a tool is called; nil where it only reads, or is harmless where it is.
  private func question(
    before order: CallRecord.Order, named name: String, _ tool: Tool?, _ link: Link
  ) -> Confirmation? {
    guard tool?.annotations?.readOnlyHint != true else { return nil }
    if tool?.annotations?.destructiveHint == true {
      return Confirmation(
        title: "A destructive tool",
        lines: ["\(name) of \(link.name) says of itself that it destroys."],
        deed: .call(link.id, order), word: name)
    }
    guard production.contains(link.name) else { return nil }
    return Confirmation(
      title: "A server in production",
      lines: ["\(name) of \(link.name) is not marked read-only, and \(link.name) is marked prod."],
      deed: .call(link.id, order), word: name)
  }

  mutating func call(_ id: Link.ID, _ order: CallRecord.Order) -> [Effect] {
    if let why = refusal(of: order, id) { return say(.warning, "not sent: \(why)") }
    guard let (call, effects) = begin(id, order) else {
      return say(.warning, "not sent: \(notConnected)")
    }
    // A form gives way to the answer it asked for: going back leads to the list.
    open(Screen(.result, link: id, subject: "#\(call)"))
    return effects + tick()
  }

  /// Sends it without leaving the view; nil where the server is not connected, or the window read-only.
  mutating func begin(
    _ id: Link.ID, _ order: CallRecord.Order
  ) -> (CallRecord.ID, [Effect])? {
    guard let link = links[id], link.isOpen, refusal(of: order, id) == nil else { return nil }
    lastCall += 1
    let record = CallRecord(
      id: lastCall, link: id, server: link.name, order: order, started: time)
    calls[record.id] = record
    callOrder.append(record.id)
    dropOldest()
    note(.info, "command", HeadlessCommand.of(record, link))
    return (record.id, [.call(record.id, id, order)])
  }

  mutating func cancel(_ id: CallRecord.ID) -> [Effect] {
    guard calls[id]?.isRunning == true else { return [] }
    calls[id]?.phase = .cancelled
    return [.cancelCall(id)] + say(.info, "cancelled #\(id)")
  }

  mutating func take(_ news: CallNews, of id: CallRecord.ID) -> [Effect] {
    // A call that was cancelled may be answered all the same; that changes nothing any more.
    guard let record = calls[id], record.isRunning else { return [] }
    switch news {
    case .progress(let progress):
      calls[id]?.progress = progress
      return []
    case .failed(let failure):
      calls[id]?.phase = .failed(failure)
      links[record.link]?.lastError = failure.sentence
      return say(.error, "#\(id) \(record.name): \(failure.sentence)")
    case .answered(let report):
      calls[id]?.phase = .done(report)
      let violations = violations(of: report, record)
      calls[id]?.violations = violations
      links[record.link]?.note(latency: report.duration.inMilliseconds)
      let words = "#\(id) \(record.name) in \(report.duration.wholeMilliseconds) ms"
      return report.isError
        ? say(.warning, "\(words): the tool says it failed") : say(.info, words)
    }
  }

  /// What the answer owes to the schema that the tool promises.
  private func violations(of report: CallReport, _ record: CallRecord) -> [String] {
    guard case .tool(let name, _, _) = record.order, !report.isError,
      let tool = links[record.link]?.tools.first(where: { $0.tool.name == name })?.tool,
      let schema = tool.outputSchema
    else { return [] }
    guard let content = report.result["structuredContent"] else {
      return ["it promises an output schema, and gives no structured content"]
    }
    return SchemaValidator(schema).validate(content).violations.prefix(50).map { violation in
      let place = violation.instancePointer
      return "\(place.isEmpty ? "the whole" : place): \(violation.sentence)"
    }
  }

  private mutating func dropOldest() {
    var bytes = calls.values.reduce(0) { $0 + ($1.report?.bytes ?? 0) }
    for id in calls.keys.sorted() where calls.count > Self.mostCalls || bytes > Self.mostBytes {
      guard calls[id]?.isRunning == false else { continue }
      bytes -= calls[id]?.report?.bytes ?? 0
      calls[id] = nil
      results[id] = nil
    }
    callOrder.removeAll { calls[$0] == nil }
  }

  /// The arguments that the form's tool was called with before, the newest first.
  var earlierArguments: [JSON] {
    let own = calls.values.filter { $0.form == screen }.sorted { $0.id > $1.id }
    let past = history.calls.filter { call in
      call.name == screen.subject && call.target == link?.facts?.target
        && call.order?.formID == screen.id
    }
    let kept = past.compactMap { $0.params["arguments"]?.withoutMasks }
    return (own.compactMap(\.arguments) + kept).uniqued
  }
}

extension CallRecord.Order {
  /// The kind of form that it is sent from.
  var formID: ScreenID? {
    switch self {
    case .tool: .form
    case .prompt: .promptForm
    case .resource, .raw: nil
    }
  }
}

extension [JSON] {
  fileprivate var uniqued: [JSON] {
    reduce(into: []) { kept, json in if !kept.contains(json) { kept.append(json) } }
  }
}
