import EventLoop
package import JSON
import JSONRPC
import MCPEras
package import MCPProtocol

extension Session {
  /// Follows a task that was handed over earlier, or is known by its id, to its end.
  package func follow(
    task id: String, _ options: CallOptions = CallOptions()
  ) async throws(ClientError) -> JSON {
    let known = try await knownTask(id, options)
    return try await follow(known, options, patience(options), method: "tasks/get").result
  }

  package func taskState(
    _ id: String, _ options: CallOptions = CallOptions()
  ) async throws(ClientError) -> TaskState {
    try await knownTask(id, options).state
  }

  /// What the server last said of a task, and the text it said it in.
  struct KnownTask {
    let state: TaskState
    let text: JSONText
  }

  /// What became of a task, as it was written.
  struct TaskOutcome {
    let result: JSON
    let text: JSONText
  }

  private func knownTask(
    _ id: String, _ options: CallOptions
  ) async throws(ClientError) -> KnownTask {
    let reply = try await attempt(.getTask(id: id), callContext(options), options)
    return KnownTask(state: try state(from: reply.raw, "tasks/get"), text: reply.text)
  }

  /// Asks the server to stop a task; it may go on all the same. Nil where the revision tells no state.
  package func cancelTask(_ id: String) async throws(ClientError) -> TaskState? {
    let options = CallOptions()
    let reply = try await attempt(.cancelTask(id: id), callContext(options), options)
    guard features.taskShape == .core else { return nil }
    return try state(from: reply.raw, "tasks/cancel")
  }

  /// Nil where the caller wants the task and not its result.
  func see(
    _ task: TaskState, through call: ClientCall, _ reply: Reply, _ options: CallOptions
  ) async throws(ClientError) -> TaskOutcome? {
    tell(.task(task))
    guard options.tasks == .wait else { return nil }
    let patience = patience(options)
    channel.keepToken(reply.id)
    progressListeners[reply.id] = { update in
      patience.renew()
      options.onProgress?(update)
    }
    defer {
      channel.dropToken(reply.id)
      progressListeners[reply.id] = nil
    }
    let known = KnownTask(state: task, text: reply.text)
    return try await follow(known, options, patience, method: call.method ?? "")
  }

  private func patience(_ options: CallOptions) -> TaskPatience {
    TaskPatience((options.limits ?? settings.limits).task, clock: clock)
  }

  private func follow(
    _ task: KnownTask, _ options: CallOptions, _ patience: TaskPatience, method: String
  ) async throws(ClientError) -> TaskOutcome {
    guard let shape = features.taskShape else {
      throw ClientError(.notInEra(features.version), .init(method: "tasks/get"))
    }
    var watch = TaskWatch(shape: shape)
    var known = task
    while true {
      let state = known.state
      switch watch.next(state) {
      case .poll(let delay): known = try await poll(state, after: delay, options, patience)
      case .ask(let requests):
        try await supply(requests, to: state, method)
        patience.renew()
      case .fetchResult: return try await result(of: state, options)
      case .finished(let result):
        return TaskOutcome(result: result, text: known.text.member("result"))
      case .failed: throw failure(of: state, method)
      case .cancelled: throw ClientError(.taskCancelled(state), .init(method: method))
      }
    }
  }

  private func poll(
    _ task: TaskState, after delay: Duration, _ options: CallOptions, _ patience: TaskPatience
  ) async throws(ClientError) -> KnownTask {
    if let limit = patience.spent {
      await stop(task)
      throw ClientError(.timedOut(limit), .init(method: "tasks/get"))
    }
    await pause(patience.shortened(delay))
    if Task.isCancelled { abandon(task) }
    let known = try await knownTask(task.id, options)
    if known.state != task {
      patience.renew()
      tell(.task(known.state))
    }
    return known
  }

  /// Our side gives up: the server is asked to stop, from a task of its own, since this one is cancelled.
  private func abandon(_ task: TaskState) { Task { await stop(task) } }

  private func stop(_ task: TaskState) async {
    do throws(ClientError) {
      _ = try await cancelTask(task.id)
    } catch {
      find(.taskNotCancelled(id: task.id, error))
    }
  }

  /// Waits as long as the server does; its requests for input come meanwhile by themselves.
  private func result(
    of task: TaskState, _ options: CallOptions
  ) async throws(ClientError) -> TaskOutcome {
    var patient = options
    let limits = options.limits ?? settings.limits
    patient.limits = TimeLimits(idle: limits.task, total: limits.total)
    let reply = try await attempt(.taskResult(id: task.id), callContext(patient), patient)
    return TaskOutcome(result: reply.raw, text: reply.text)
  }

  private func supply(
    _ requests: [InputRequest], to task: TaskState, _ method: String
  ) async throws(ClientError) {
    let answers = try await gather(requests, from: .task(id: task.id), method: method)
    let options = CallOptions()
    _ = try await attempt(
      .updateTask(id: task.id, answers: answers), callContext(options), options)
  }

  private func state(from raw: JSON, _ method: String) throws(ClientError) -> TaskState {
    let (state, issues) = (features.taskShape ?? .core).read(raw)
    find(issues, in: method)
    guard let state else {
      throw ClientError(.invalidResult(issues, raw: raw), .init(method: method))
    }
    return state
  }

  private func failure(of task: TaskState, _ method: String) -> ClientError {
    let context = ClientError.Context(method: method)
    if let error = task.error { return ClientError(.rpc(RPCError(reading: error)), context) }
    guard task.status == .completed else { return ClientError(.taskFailed(task), context) }
    let issue = ModelIssue(pointer: "/result", problem: .missing)
    return ClientError(.invalidResult([issue], raw: .null), context)
  }
}
