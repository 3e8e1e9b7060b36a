import EventLoop
import JSON
import JSONRPC
import MCPEras
package import MCPProtocol

extension Session {
  /// The user's answer to an input request. False where nobody waits for it any more.
  @discardableResult
  package func answer(_ id: Int, _ answer: InputAnswer) -> Bool {
    guard let item = inputs.take(id) else { return false }
    if case .server(let call) = item.origin {
      channel.answer(call, answer)
    } else if let waiter = inputWaiters.removeValue(forKey: id) {
      waiter.resume(returning: answer)
    } else {
      earlyAnswers[id] = answer
    }
    return true
  }

  /// A request the server sent by itself. What can be answered without the user is.
  func asked(_ id: RPCID, _ request: InputRequest) {
    if let answer = immediateAnswer(to: request) { return channel.answer(id, answer) }
    tell(.input(inputs.add(request, from: .server(id))))
  }

  func withdrawn(_ id: RPCID) {
    if let item = inputs.take(server: id) { tell(.inputWithdrawn(item)) }
  }

  /// The answers to one round, by key. Without requests the server only wants the call again, a little later.
  func answers(
    to round: InputRound, number: Int, of call: ClientCall
  ) async throws(ClientError) -> JSONObject? {
    guard !round.requests.isEmpty else {
      await pause(.milliseconds(min(50 << min(number - 1, 3), 250)))
      return nil
    }
    let origin = InputOrigin.round(number, method: call.method ?? "", name: call.subject)
    return try await gather(round.requests, from: origin, method: call.method)
  }

  /// Puts the requests to the user all at once and waits for every answer.
  func gather(
    _ requests: [InputRequest], from origin: InputOrigin, method: String?
  ) async throws(ClientError) -> JSONObject {
    let unable = requests.filter { channel.refusal(of: $0) != nil }
    guard unable.isEmpty else { throw ClientError(.inputNeeded(unable), .init(method: method)) }
    var answers = JSONObject()
    let items = requests.map { request in
      immediateAnswer(to: request) == nil ? inputs.add(request, from: origin) : Optional.none
    }
    for item in items { if let item { tell(.input(item)) } }
    for (request, item) in zip(requests, items) {
      let answer = await answer(to: item, or: request)
      guard let answer else {
        withdraw(items)
        throw ClientError(channel.end.map { .ended($0) } ?? .cancelled, .init(method: method))
      }
      guard let result = answer.result ?? request.declined else {
        withdraw(items)
        throw ClientError(.inputRefused(request, message: answer.words), .init(method: method))
      }
      answers.members.append(.init(key: request.key, value: result))
    }
    return answers
  }

  private func answer(to item: InputItem?, or request: InputRequest) async -> InputAnswer? {
    guard let item else { return immediateAnswer(to: request) }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if let early = earlyAnswers.removeValue(forKey: item.id) {
          continuation.resume(returning: early)
        } else {
          inputWaiters[item.id] = continuation
        }
      }
    } onCancel: {
      Task { @LoopActor in self.inputWaiters.removeValue(forKey: item.id)?.resume(returning: nil) }
    }
  }

  private func withdraw(_ items: [InputItem?]) {
    for case let item? in items {
      earlyAnswers[item.id] = nil
      if inputs.take(item.id) != nil { tell(.inputWithdrawn(item)) }
    }
  }

  /// The way is gone: nobody waits for any answer.
  func withdrawAll() {
    for item in inputs.takeAll() { tell(.inputWithdrawn(item)) }
    let waiters = inputWaiters.values
    inputWaiters = [:]
    for waiter in waiters { waiter.resume(returning: nil) }
  }

  private func immediateAnswer(to request: InputRequest) -> InputAnswer? {
    guard case .roots = request.kind, settings.features.roots else { return nil }
    return .roots(settings.roots)
  }

  func pause(_ duration: Duration) async {
    // Being cancelled ends the pause; the call that follows notices it.
    try? await clock.sleep(for: duration)
  }
}

extension InputRequest {
  /// Only an elicitation has words for a refusal.
  fileprivate var declined: JSON? {
    if case .elicitation = kind { ElicitationAnswer.cancel.json } else { nil }
  }
}

extension InputAnswer {
  fileprivate var words: String {
    if case .refused(_, let message) = self { message } else { "" }
  }
}

extension ClientCall {
  /// The tool, prompt or resource a call is about.
  var subject: String? {
    switch self {
    case .callTool(let tool): tool.name
    case .getPrompt(let name, _): name
    case .readResource(let uri): uri
    default: nil
    }
  }
}
