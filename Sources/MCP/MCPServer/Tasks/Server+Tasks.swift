import EventLoop
import JSON
import JSONRPC
import MCPEras
import MCPProtocol

extension Server {
  // MARK: - Beginning

  /// Whether the call may be made in the way the client wants it.
  func checkTaskWish(
    _ tool: ServerTool, _ call: ToolCall, _ exchange: Exchange
  ) throws(ServerFault) {
    switch exchange.features.taskShape {
    case .core?:
      if call.task != nil, tool.task == .never {
        throw .own(RPCError(code: .methodNotFound, message: "the tool does not run as a task"))
      }
      if call.task == nil, tool.task == .required {
        throw .own(RPCError(code: .methodNotFound, message: "the tool runs as a task only"))
      }
    case .flat?:
      if tool.task == .required { try requireTasks(exchange) }
    case nil: return
    }
  }

  func runsAsTask(_ tool: ServerTool, _ call: ToolCall, _ exchange: Exchange) -> Bool {
    switch exchange.features.taskShape {
    case .core?: call.task != nil
    case .flat?: exchange.abilities.tasks && (tool.task == .optional || tool.task == .required)
    case nil: false
    }
  }

  /// Answers with a task in place of the result; what the handler does from here on belongs to it.
  func beginTask(_ exchange: Exchange) {
    guard exchange.task == nil, !exchange.isOver, let shape = exchange.features.taskShape,
      shape == .core || exchange.abilities.tasks
    else { return }
    let record = TaskRecord(id: surroundings.token(), exchange)
    guard tasks.values.count(where: { $0.owner == record.owner }) < settings.tasksPerCaller else {
      return
    }
    tasks[record.id] = record
    record.expiry = clock.timer(after: .milliseconds(record.state.ttl ?? settings.taskLifetime)) {
      [weak self] in self?.expire(record.id)
    }
    exchange.task = record
    let created = exchange.codec.taskCreated(record.state, by: signature)
    let answer = { @LoopActor in exchange.answer(created, .task(id: record.id)) }
    // A task of a session is asked for where the session is.
    guard let announceTask, exchange.session == nil else { return answer() }
    announceTask(record, answer)
  }

  private func expire(_ id: String) { tasks.removeValue(forKey: id)?.cancel() }

  // MARK: - Serving

  func serveTask(_ call: ClientCall, _ exchange: Exchange) throws(ServerFault) {
    if exchange.features.has(.taskExtension) { try requireTasks(exchange) }
    switch call {
    case .getTask(let id): answer(exchange, try task(id, exchange))
    case .taskResult(let id): try task(id, exchange).wait(exchange)
    case .cancelTask(let id): try cancelTask(try task(id, exchange), exchange)
    case .updateTask(let id, let answers):
      try task(id, exchange).update(answers)
      exchange.answer(body: JSONObject())
    case .listTasks(let cursor):
      // All are on one page: no cursor was ever given out.
      guard cursor == nil else { throw Self.badCursor }
      exchange.answer(body: ["tasks": .array(ownTasks(exchange))])
    default: throw .methodMissing(exchange.request.method)
    }
  }

  private func answer(_ exchange: Exchange, _ record: TaskRecord) {
    exchange.answer(exchange.codec.task(record.state, by: signature))
  }

  private func cancelTask(_ record: TaskRecord, _ exchange: Exchange) throws(ServerFault) {
    let isOver = record.state.status.isTerminal
    if exchange.features.taskShape == .flat {
      record.cancel()
      return exchange.answer(body: JSONObject())
    }
    guard !isOver else {
      throw .invalidParams("the task is \(record.state.status.rawValue) already")
    }
    record.cancel()
    answer(exchange, record)
  }

  private func task(_ id: String, _ exchange: Exchange) throws(ServerFault) -> TaskRecord {
    guard let record = tasks[id], record.owner == exchange.caller.owner else {
      throw .invalidParams("there is no task \"\(id)\"")
    }
    return record
  }

  /// Those of the same conversation: one caller may have several that know nothing of each other.
  private func ownTasks(_ exchange: Exchange) -> [JSON] {
    let own = tasks.values.filter { $0.exchange.session === exchange.session }
    return own.sorted { ($0.state.createdAt ?? "", $0.id) < ($1.state.createdAt ?? "", $1.id) }
      .map { exchange.codec.task($0.state, by: signature) }
  }

  private func requireTasks(_ exchange: Exchange) throws(ServerFault) {
    guard !exchange.abilities.tasks else { return }
    throw .missingCapability(["extensions": [ExtensionName.tasks: [:]]])
  }

  // MARK: - Telling

  func tell(of record: TaskRecord) {
    for listener in listeners.values where listener.filter.taskIds?.contains(record.id) ?? false {
      listener.tell(.task(record.state))
    }
    record.exchange.session?.tell(.task(record.state))
  }
}
