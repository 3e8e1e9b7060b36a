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
    let state = try await taskState(id, options)
    return try await follow(state, options, method: "tasks/get")
  }

  package func taskState(
    _ id: String, _ options: CallOptions = CallOptions()
  ) async throws(ClientError) -> TaskState {
    let reply = try await attempt(.getTask(id: id), callContext(options), options)
    return try state(from: reply.raw, "tasks/get")
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
  ) async throws(ClientError) -> JSON? {
    tell(.task(task))
    guard options.tasks == .wait else { return nil }
    channel.keepToken(reply.id)
    progressListeners[reply.id] = options.onProgress
    defer {
      channel.dropToken(reply.id)
      progressListeners[reply.id] = nil
    }
    return try await follow(task, options, method: call.method ?? "")
  }

  private func follow(
    _ task: TaskState, _ options: CallOptions, method: String
  ) async throws(ClientError) -> JSON {
    guard let shape = features.taskShape else {
      throw ClientError(.notInEra(features.version), .init(method: "tasks/get"))
    }
    var watch = TaskWatch(shape: shape)
    var state = task
    while true {
      switch watch.next(state) {
      case .poll(let delay): state = try await poll(state, after: delay, options)
      case .ask(let requests): try await supply(requests, to: state, method)
      case .fetchResult: return try await result(of: state, options)
      case .finished(let result): return result
      case .failed: throw failure(of: state, method)
      case .cancelled: throw ClientError(.taskCancelled(state), .init(method: method))
      }
    }
  }

  private func poll(
    _ task: TaskState, after delay: Duration, _ options: CallOptions
  ) async throws(ClientError) -> TaskState {
    await pause(delay)
    if Task.isCancelled { await abandon(task) }
    let state = try await taskState(task.id, options)
    if state != task { tell(.task(state)) }
    return state
  }

  /// Our side gives up: the server is asked to stop, from a task of its own, since this one is cancelled.
  private func abandon(_ task: TaskState) async {
    Task { [self] in
      do throws(ClientError) {
        _ = try await cancelTask(task.id)
      } catch {
        find(.taskNotCancelled(id: task.id, error))
      }
    }
  }

  /// Waits as long as the server does; its requests for input come meanwhile by themselves.
  private func result(
    of task: TaskState, _ options: CallOptions
  ) async throws(ClientError) -> JSON {
    var patient = options
    patient.limits = TimeLimits(idle: nil, total: (options.limits ?? settings.limits).total)
    return try await attempt(.taskResult(id: task.id), callContext(patient), patient).raw
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
